//! What broke, and whether the review says so.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use toml::Table;

use crate::tools::{Result, Unable};

/// An error of the compiler.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Broken {
    pub path: String,
    pub line: u64,
    pub message: String,
}

/// A breaking change of the crate's items.
#[derive(Debug, PartialEq, Eq)]
pub struct Predicted {
    pub item: String,
    pub before: String,
    pub after: String,
}

/// What programs call the crate of the revision.
pub fn crate_name(generated: &str) -> Result<String> {
    Ok(name_of(&parsed(generated)?).replace('-', "_"))
}

fn parsed(generated: &str) -> Result<Table> {
    let wrong = |error| Unable(format!("generated/Cargo.toml of the revision: {error}"));
    generated.parse().map_err(wrong)
}

fn name_of(manifest: &Table) -> &str {
    let package = manifest.get("package");
    let name = package.and_then(|package| package.get("name"));
    name.and_then(toml::Value::as_str).unwrap_or_default()
}

/// The manifest of a package that uses the crate of today, with what the crate of the revision uses.
pub fn manifest(generated: &str, root: &Path) -> Result<String> {
    let old = parsed(generated)?;
    let mut dependencies = Table::new();
    for table in ["dependencies", "dev-dependencies"] {
        for (name, value) in old
            .get(table)
            .and_then(toml::Value::as_table)
            .into_iter()
            .flatten()
        {
            let mut value = value.clone();
            if let Some(settings) = value.as_table_mut() {
                settings.remove("optional");
            }
            dependencies.insert(name.clone(), value);
        }
    }
    let mut own = Table::new();
    own.insert(
        "features".into(),
        vec!["blocking", "testing", "tracing"].into(),
    );
    own.insert(
        "path".into(),
        root.join("generated").display().to_string().into(),
    );
    dependencies.insert(name_of(&old).to_owned(), own.into());
    let package = Table::from_iter([
        ("name".to_owned(), "old-code".into()),
        ("edition".to_owned(), "2024".into()),
    ]);
    let manifest = Table::from_iter([
        ("package".to_owned(), package.into()),
        ("dependencies".to_owned(), dependencies.into()),
        ("workspace".to_owned(), Table::new().into()),
    ]);
    Ok(manifest.to_string())
}

/// The errors that `cargo check` gave as JSON, each once.
pub fn broken(messages: &str, names: &BTreeMap<String, String>) -> Vec<Broken> {
    let mut found = BTreeSet::new();
    for line in messages.lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let message = &message["message"];
        let spans = message["spans"].as_array().into_iter().flatten();
        let primary = spans.into_iter().find(|span| span["is_primary"] == true);
        let (Some("error"), Some(span)) = (message["level"].as_str(), primary) else {
            continue;
        };
        let file = span["file_name"].as_str().unwrap_or_default();
        if let Some(path) = names.get(file) {
            found.insert(Broken {
                path: path.clone(),
                line: span["line_start"].as_u64().unwrap_or_default(),
                message: message["message"]
                    .as_str()
                    .unwrap_or_default()
                    .replace('\n', " "),
            });
        }
    }
    found.into_iter().collect()
}

/// The items whose change is a breaking one.
pub fn predicted(report: &Value) -> Vec<Predicted> {
    let changes = report["changes"].as_array().into_iter().flatten();
    let items =
        changes.flat_map(|change| change["crate"]["items"].as_array().into_iter().flatten());
    let breaking = items.filter(|item| item["bump"] == "major");
    let text = |value: &Value| value.as_str().unwrap_or("nothing").to_owned();
    let predicted = breaking.map(|item| Predicted {
        item: text(&item["item"]),
        before: text(&item["before"]),
        after: text(&item["after"]),
    });
    // All changes of an edit have the same.
    let mut distinct = Vec::new();
    for one in predicted {
        if !distinct.contains(&one) {
            distinct.push(one);
        }
    }
    distinct
}

/// The prediction that an error is of: one that has a name which the compiler names.
pub fn cause<'p>(broken: &Broken, predicted: &'p [Predicted]) -> Option<&'p Predicted> {
    let quoted: Vec<&str> = broken.message.split('`').skip(1).step_by(2).collect();
    let words = quoted
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let words: BTreeSet<&str> = words.filter(|word| !word.is_empty()).collect();
    let is_named = |one: &&Predicted| {
        let own = one.item.rsplit("::").next().unwrap_or_default();
        words.contains(own)
    };
    predicted.iter().find(is_named)
}

/// A line for each error, and one for each prediction that no code met.
pub fn table(broken: &[Broken], predicted: &[Predicted]) -> String {
    let mut text =
        String::from("| where | the compiler says | the review predicts |\n|---|---|---|\n");
    let shown = |one: &Predicted| format!("`{}`: {} becomes {}", one.item, one.before, one.after);
    let mut met = Vec::new();
    for one in broken {
        let cause = cause(one, predicted);
        met.extend(cause);
        let prediction = cause.map_or_else(|| "**nothing**".to_owned(), shown);
        text += &format!(
            "| {}:{} | {} | {prediction} |\n",
            one.path, one.line, one.message
        );
    }
    for one in predicted.iter().filter(|one| !met.contains(one)) {
        text += &format!("| | | {} (nothing of it is used) |\n", shown(one));
    }
    if broken.is_empty() && predicted.is_empty() {
        text += "| nothing broke | | nothing |\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_broke_stands_beside_what_was_predicted() {
        let names = BTreeMap::from([("examples/a.rs".to_owned(), "README.md".to_owned())]);
        let error = |message: &str| {
            let span = r#"{"is_primary":true,"file_name":"examples/a.rs","line_start":7}"#;
            format!(r#"{{"message":{{"level":"error","message":"{message}","spans":[{span}]}}}}"#)
        };
        let messages = [
            error("no method named `paygo` found"),
            error("expected `u8`"),
        ];
        let broken = broken(&messages.join("\n"), &names);
        let report = serde_json::json!({"changes": [{"crate": {"items": [
            {"bump": "major", "item": "resources::usage::Usage::paygo", "before": "pub fn paygo", "after": null},
            {"bump": "major", "item": "models::A::b", "before": "pub b: u8", "after": null},
            {"bump": "minor", "item": "models::A::c", "before": null, "after": "pub c: u8"}
        ]}}]});
        let table = table(&broken, &predicted(&report));
        assert_eq!(
            table.lines().skip(2).collect::<Vec<_>>(),
            [
                "| README.md:7 | expected `u8` | **nothing** |",
                "| README.md:7 | no method named `paygo` found | `resources::usage::Usage::paygo`: pub fn paygo becomes nothing |",
                "| | | `models::A::b`: pub b: u8 becomes nothing (nothing of it is used) |",
            ]
        );
    }
}
