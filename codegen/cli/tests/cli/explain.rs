//! `cargo sdk explain`

use std::collections::BTreeSet;

use cargo_sdk::explain::{Example, Explanation, HEAD, TABLE};
use insta::assert_snapshot;
use tests::place::Place;
use tests::workspace;

use crate::SDK;

const PETS: &str = "\
openapi: 3.0.3
info: { title: Pets, version: \"1\" }
paths:
  /pets:
    get: { responses: { \"200\": { description: Fine } } }
    post: { responses: { \"200\": { description: Fine } } }
";

#[test]
fn every_code_is_explained() {
    let mut codes = BTreeSet::new();
    for folder in ["codegen/src", "codegen/review/src", "codegen/cli/src"] {
        for file in workspace::files(&workspace::root().join(folder)) {
            let text = workspace::read(&file);
            let stated = text.split(": Code = Code(\"").skip(1);
            codes.extend(stated.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        }
    }
    let explained: Vec<String> = TABLE.iter().map(|one| one.code.to_string()).collect();
    let unique: BTreeSet<String> = explained.iter().cloned().collect();
    assert_eq!(unique.len(), explained.len());
    assert_eq!(codes, unique);
}

#[test]
fn the_wrong_example_gives_the_code_and_the_right_one_does_not() {
    let mut failures = Vec::new();
    for one in &TABLE {
        let mark = format!("[{}]", one.code);
        let (wrong, right) = (run(one, one.wrong), run(one, one.right));
        if !wrong.contains(&mark) {
            failures.push(format!("{} wrong:\n{wrong}", one.code));
        }
        let is_rejected = right.contains("error[") || right.contains("error:");
        if right.contains(&mark) || is_rejected {
            failures.push(format!("{} right:\n{right}", one.code));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What is printed of an example.
fn run(one: &Explanation, text: &str) -> String {
    let place = Place::empty(SDK);
    place.write("pets.yaml", PETS);
    let (file, text) = match one.example {
        Example::Document => ("pets.yaml", format!("{HEAD}{text}")),
        Example::Whole => ("pets.yaml", text.to_owned()),
        Example::Overlay => ("overlay.yaml", text.to_owned()),
        Example::Policy => ("pets.toml", text.to_owned()),
        Example::Lock => ("pets.lock", text.to_owned()),
        Example::Review => ("review.toml", text.to_owned()),
        Example::Command => return place.run(text).stderr,
    };
    place.write(file, &text);
    let command = match one.example {
        Example::Review => "diff pets.yaml pets.yaml --review review.toml",
        Example::Overlay => "generate pets.yaml --out pets --verbose --overlay overlay.yaml",
        _ => "generate pets.yaml --out pets --verbose",
    };
    place.run(command).stderr
}

#[test]
fn a_code_is_printed_with_both() {
    let place = Place::empty(SDK);
    assert_snapshot!(place.run("explain e0104").screen());
    assert_snapshot!("unknown", place.run("explain E9").screen());
    let list = place.run("explain").stdout;
    assert_eq!(list.lines().count(), TABLE.len());
    assert!(list.starts_with("E0001  a file cannot be read\n"), "{list}");
}

#[test]
fn programs_read_what_is_wrong() {
    let place = Place::empty(SDK);
    place.write("pets.yaml", &PETS.replace("  /pets:", "  /pets/{id}:"));
    let run = place.run("generate pets.yaml --out pets --format json");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_snapshot!("json", run.stdout);
    let run = place.run("check pets.yaml --out pets --format sarif");
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let mut sarif: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].take();
    assert_eq!(rules.as_array().map(Vec::len), Some(TABLE.len()));
    let result = &sarif["runs"][0]["results"][0];
    let index = result["ruleIndex"].as_u64().expect("it is a number");
    assert_eq!(rules[index as usize]["id"], result["ruleId"]);
    assert_snapshot!("sarif", format!("{sarif:#}"));
    place.write("pets/README.md", "");
    let run = place.run("check pets.yaml --out pets --format json");
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("generate pets.yaml"), "{}", run.stderr);
    // What stops everything is said the same way.
    let run = place.run("generate pest.yaml --out pets --format json");
    assert_eq!(run.code, Some(2));
    assert!(run.stdout.contains("E0001"), "{}", run.stdout);
}
