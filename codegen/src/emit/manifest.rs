//! `Cargo.toml` and `rustfmt.toml`.
//!
//! The dependencies and the Rust version are those of the runtime, read from its own manifest, so
//! that there is one place to change a version.

use std::sync::LazyLock;

use toml::{Table, Value};

use crate::rust::{ALL_FEATURE, Crate, Dependency, Package, WEBHOOKS_FEATURE};

/// Keeps `cargo fmt` of a surrounding workspace away: the generator has formatted the files.
pub const RUSTFMT: &str = "disable_all_formatting = true\n";

static WORKSPACE: LazyLock<Table> = LazyLock::new(|| parsed(include_str!("../../../Cargo.toml")));
static RUNTIME: LazyLock<Table> =
    LazyLock::new(|| parsed(include_str!("../../runtime/Cargo.toml")));

pub fn manifest(sdk: &Crate) -> String {
    let (workspace, runtime) = (&*WORKSPACE, &*RUNTIME);
    let sections = [
        package(&sdk.package, workspace, rust_version()),
        library(&sdk.own_files),
        features(sdk, runtime),
        dependencies(sdk, runtime, workspace),
        of_targets(runtime, workspace),
        "[dev-dependencies]\ntokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n"
            .to_owned(),
        examples(sdk),
    ];
    let sections = sections.into_iter().filter(|section| !section.is_empty());
    sections.collect::<Vec<_>>().join("\n")
}

/// The Rust version that the crate needs at least.
pub fn rust_version() -> &'static str {
    let version = &RUNTIME["package"]["rust-version"];
    version.as_str().unwrap_or_default()
}

/// The version requirement of a dependency.
pub fn requirement(name: &str) -> &'static str {
    let stated = &WORKSPACE["workspace"]["dependencies"][name];
    let version = stated.get("version").unwrap_or(stated);
    version.as_str().unwrap_or_default()
}

fn package(package: &Package, workspace: &Table, rust_version: &str) -> String {
    let shared = &workspace["workspace"]["package"];
    let text = |value: &str| Value::from(value);
    let list = |values: &[String]| Value::from(values.to_vec());
    let entries = [
        ("name", text(&package.name)),
        ("version", text(&package.version)),
        ("edition", shared["edition"].clone()),
        ("rust-version", text(rust_version)),
        ("description", text(&package.description)),
        ("license", text(&package.license)),
        ("repository", text(&package.repository)),
        ("homepage", text(&package.homepage)),
        ("documentation", text(&package.documentation)),
        ("readme", text("README.md")),
        ("keywords", list(&package.keywords)),
        ("categories", list(&package.categories)),
    ];
    let mut section = "[package]\n".to_owned();
    for (key, value) in entries {
        let empty = value.as_str() == Some("") || value.as_array().is_some_and(Vec::is_empty);
        if !empty {
            section.push_str(&format!("{key} = {}\n", inline(&value)));
        }
    }
    section
}

/// What is generated has no tests within, so that `cargo test` need not compile all of it once more; files of somebody's own
/// may have.
fn library(own_files: &[String]) -> String {
    let is_module = |path: &String| path.starts_with("src/") && path.ends_with(".rs");
    if own_files.iter().any(is_module) {
        String::new()
    } else {
        "[lib]\ntest = false\n".to_owned()
    }
}

/// Those of the runtime, and those of the resources, which are on by default.
fn features(sdk: &Crate, runtime: &Table) -> String {
    let mut section = "[features]\n".to_owned();
    for (name, value) in runtime["features"].as_table().into_iter().flatten() {
        let mut value = value.clone();
        if name == WEBHOOKS_FEATURE {
            match (&sdk.webhooks, value.as_array_mut()) {
                (None, _) => continue,
                (Some(webhooks), Some(list)) if webhooks.signature.is_none() => list.clear(),
                _ => {}
            }
        }
        let alone = sdk.webhooks.as_ref().is_some_and(|one| one.alone);
        if let (Some(list), "default", true) = (value.as_array_mut(), name.as_str(), alone) {
            list.push(WEBHOOKS_FEATURE.into());
        }
        if let (Some(list), "default", false) =
            (value.as_array_mut(), name.as_str(), sdk.features.is_empty())
        {
            list.insert(0, ALL_FEATURE.into());
        }
        section.push_str(&format!("{name} = {}\n", inline(&value)));
    }
    if !sdk.features.is_empty() {
        let names = sdk.features.iter().map(|feature| feature.name.as_str());
        let names: Vec<String> = names
            .map(|name| format!("    {},\n", inline(&name.into())))
            .collect();
        section.push_str(&format!("{ALL_FEATURE} = [\n{}]\n", names.concat()));
        let each = sdk
            .features
            .iter()
            .map(|feature| format!("{} = []\n", feature.name));
        section.extend(each);
    }
    section
}

/// The examples that need a feature.
fn examples(sdk: &Crate) -> String {
    let mut sections = Vec::new();
    let all = sdk.shown_with_access();
    for resource in &sdk.resources {
        let Some(feature) = &resource.feature else {
            continue;
        };
        let shown = all.iter().filter(|(access, _)| {
            *access == resource.access || access.starts_with(&format!("{}.", resource.access))
        });
        for (_, method) in shown {
            sections.push(format!(
                "[[example]]\nname = {}\nrequired-features = [{}]\n",
                inline(&method.example.name.as_str().into()),
                inline(&feature.as_str().into())
            ));
        }
    }
    sections.join("\n")
}

fn dependencies(sdk: &Crate, runtime: &Table, workspace: &Table) -> String {
    let shared = &workspace["workspace"]["dependencies"];
    let mut lines: Vec<String> = sdk.dependencies.iter().map(added).collect();
    let verifies = sdk
        .webhooks
        .as_ref()
        .is_some_and(|one| one.signature.is_some());
    for (name, own) in runtime["dependencies"].as_table().into_iter().flatten() {
        if !verifies && of_webhooks(runtime, name) {
            continue;
        }
        lines.push(merged(name, own, &shared[name.as_str()]));
    }
    lines.sort();
    format!("[dependencies]\n{}", lines.concat())
}

/// What is needed on some targets only.
fn of_targets(runtime: &Table, workspace: &Table) -> String {
    let shared = &workspace["workspace"]["dependencies"];
    let everywhere = runtime["dependencies"].as_table();
    let line = |name: &String, own: &Value| {
        let mut shared = shared[name.as_str()].clone();
        // Its features are added to those that it has everywhere.
        if let Some(table) = shared.as_table_mut()
            && everywhere.is_some_and(|table| table.contains_key(name))
        {
            table.remove("features");
        }
        merged(name, own, &shared)
    };
    let targets = runtime["target"].as_table().into_iter().flatten();
    let sections = targets.map(|(target, stated)| {
        let stated = stated["dependencies"].as_table().into_iter().flatten();
        let lines: Vec<String> = stated.map(|(name, own)| line(name, own)).collect();
        format!("[target.'{target}'.dependencies]\n{}", lines.concat())
    });
    sections.collect::<Vec<_>>().join("\n")
}

/// What the runtime states of a dependency, with what the workspace does.
fn merged(name: &str, own: &Value, shared: &Value) -> String {
    let mut merged = Table::new();
    match shared {
        Value::Table(table) => merged.extend(table.clone()),
        version => drop(merged.insert("version".to_owned(), version.clone())),
    }
    if let Some(Value::Array(more)) = own.get("features") {
        let features = merged
            .entry("features")
            .or_insert_with(|| Value::Array(Vec::new()));
        features
            .as_array_mut()
            .expect("features are a list")
            .extend(more.clone());
    }
    if let Some(optional) = own.get("optional") {
        merged.insert("optional".to_owned(), optional.clone());
    }
    format!("{name} = {}\n", dependency(&merged))
}

/// Whether the dependency is there for signatures alone.
fn of_webhooks(runtime: &Table, name: &str) -> bool {
    let named = runtime["features"][WEBHOOKS_FEATURE].as_array();
    let mut named = named.into_iter().flatten().filter_map(Value::as_str);
    named.any(|named| named.strip_prefix("dep:") == Some(name))
}

/// A dependency of this crate alone.
fn added(added: &Dependency) -> String {
    let mut settings = Table::new();
    settings.insert("version".to_owned(), added.version.clone().into());
    if !added.features.is_empty() {
        settings.insert("features".to_owned(), added.features.clone().into());
    }
    format!("{} = {}\n", added.name, dependency(&settings))
}

fn dependency(settings: &Table) -> String {
    let keys = ["version", "default-features", "features", "optional"];
    match settings.len() {
        1 => inline(&settings["version"]),
        _ => {
            let stated = keys
                .iter()
                .filter_map(|key| Some((key, settings.get(*key)?)));
            let parts: Vec<String> = stated
                .map(|(key, value)| format!("{key} = {}", inline(value)))
                .collect();
            format!("{{ {} }}", parts.join(", "))
        }
    }
}

fn inline(value: &Value) -> String {
    value.to_string()
}

fn parsed(text: &str) -> Table {
    text.parse()
        .expect("the manifests of this workspace are TOML")
}
