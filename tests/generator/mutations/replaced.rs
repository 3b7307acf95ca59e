//! Every node of every case, replaced by what should not be there, is either generated from or rejected with a reason.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use codegen::diagnostic::{Diagnostics, Severity};
use serde_json::json;
use serde_yaml::{Mapping, Value};
use tests::cases::{self, Case};
use tests::sample::Sample;
use tests::workspace;

/// Runs the generator with each node of a case replaced, or those of a sample, and returns what is wrong.
pub fn failures(case: &Case, sample: Sample) -> Vec<String> {
    // What is no YAML, or a bomb, has no nodes to replace.
    let text = if case.name == cases::COMBINED {
        cases::combined(8, &json!({ "type": "string" })).to_string()
    } else {
        workspace::read(&case.schema())
    };
    let Ok(mut document) = serde_yaml::from_str::<Value>(&text) else {
        return Vec::new();
    };
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let schema = folder.path().join("schema.yaml");
    let mut failures = Vec::new();
    let numbers = 1..nodes(&document);
    for number in numbers.filter(|number| sample.has(number + case.name.len())) {
        let value = replacement(number + case.name.len());
        let node = node(&mut document, &mut { number }).expect("there are so many nodes");
        let before = std::mem::replace(node, value.clone());
        let text = serde_yaml::to_string(&document).expect("values can be written");
        *self::node(&mut document, &mut { number }).expect("it is where it was") = before;
        std::fs::write(&schema, text).expect("the document can be written");
        if let Some(problem) = problem(&schema) {
            failures.push(format!(
                "{}, node {number} as {value:?}: {problem}",
                case.name
            ));
        }
    }
    failures
}

/// What is wrong with a run, which must end in files or in errors.
fn problem(schema: &Path) -> Option<&'static str> {
    let run = || {
        let mut diagnostics = Diagnostics::default();
        let generated = codegen::Generator::new(schema).generate(&mut diagnostics);
        let rendered = diagnostics
            .iter()
            .map(|d| d.render(false).len())
            .sum::<usize>();
        let errors = diagnostics.count(Severity::Error);
        (generated.is_ok(), errors > 0 && rendered > 0)
    };
    match catch_unwind(AssertUnwindSafe(run)) {
        Err(_) => Some("the generator panics"),
        Ok((true, true)) => Some("there are errors, and files all the same"),
        Ok((false, false)) => Some("it is rejected without a reason"),
        Ok(_) => None,
    }
}

/// Each kind of value, in turn.
fn replacement(number: usize) -> Value {
    let text = |text: &str| Value::from(text);
    let kinds = [
        Value::Null,
        Value::from(-7),
        Value::from(true),
        text(""),
        text("{x} \u{0}\u{202e} \"#*/ `[x]` \\"),
        text("#/components/schemas/Pet"),
        Value::Sequence(Vec::new()),
        Value::Sequence(vec![Value::Mapping(Mapping::new())]),
        Value::Mapping(Mapping::new()),
        Value::Mapping(Mapping::from_iter([(text("$ref"), text("#"))])),
        Value::Mapping(Mapping::from_iter([(
            text("a/b~{c}"),
            Value::Mapping(Mapping::new()),
        )])),
    ];
    kinds[number % kinds.len()].clone()
}

fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Mapping(map) => map.values().map(nodes).sum(),
        Value::Sequence(items) => items.iter().map(nodes).sum(),
        _ => 0,
    }
}

/// The node of that number, counted in the order of the document.
fn node<'v>(value: &'v mut Value, number: &mut usize) -> Option<&'v mut Value> {
    if *number == 0 {
        return Some(value);
    }
    *number -= 1;
    match value {
        Value::Mapping(map) => map.values_mut().find_map(|value| node(value, number)),
        Value::Sequence(items) => items.iter_mut().find_map(|value| node(value, number)),
        _ => None,
    }
}
