//! Whatever the documents hold, the review ends, and ends in a report or in a reason.

use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::prelude::*;
use serde_json::{Value, json};
use tests::sample::Sample;

use crate::properties::compared;
use crate::properties::dice::Dice;
use crate::properties::documents::{documents, known_values};

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn broken_documents_are_reviewed(document in documents(), seed: u64) {
        let mut dice = Dice::new(seed);
        for _ in 0..4 {
            prop_assert_eq!(problem(&document, &broken(&document, &mut dice)), None);
        }
    }
}

#[test]
fn known_documents_are_reviewed_when_broken() {
    let sample = Sample::of_run();
    for (index, (name, document)) in known_values().into_iter().enumerate() {
        let mut dice = Dice::new(index as u64);
        for _ in (0..3).filter(|round| sample.has(index + round)) {
            let other = broken(&document, &mut dice);
            assert_eq!(problem(&document, &other), None, "{name}: {other}");
        }
    }
}

#[test]
fn references_in_a_circle_end() {
    let schemas = [
        json!({"A": {"$ref": "#/components/schemas/A"}}),
        json!({"A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}}),
        json!({"A": {"allOf": [{"$ref": "#/components/schemas/A"}, {"type": "object"}]}}),
        json!({
            "A": {"allOf": [{"$ref": "#/components/schemas/B"}], "properties": {"a": {"$ref": "#/components/schemas/A"}}},
            "B": {"allOf": [{"$ref": "#/components/schemas/A"}], "maxProperties": 3},
        }),
        json!({"A": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]}}),
        json!({"A": {"anyOf": [{"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "string"}]}, {"type": "integer"}]}}),
        json!({"A": {"not": {"$ref": "#/components/schemas/A"}, "items": {"$ref": "#/components/schemas/A"}}}),
        json!({"A": {"additionalProperties": {"allOf": [{"$ref": "#/components/schemas/A"}]}}}),
        json!({"A": {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/A/properties/a"}}}}),
        json!({"A": {"$ref": "#/components"}}),
        json!({"A": {"$ref": "#"}}),
    ];
    for (base, head) in schemas.iter().zip(schemas.iter().cycle().skip(1)) {
        let problem = problem(&around(base), &around(head));
        assert_eq!(problem, None, "{base} and {head}");
    }
}

#[test]
fn other_references_in_a_circle_end() {
    for kind in [
        "parameters",
        "headers",
        "requestBodies",
        "responses",
        "pathItems",
        "callbacks",
    ] {
        let mut document = around(&json!({"A": {"type": "string"}}));
        let reference = format!("#/components/{kind}/X");
        document["components"][kind]["X"] = json!({"$ref": reference});
        let operation = &mut document["paths"]["/a"]["get"];
        let target = json!({"$ref": reference});
        match kind {
            "parameters" => operation["parameters"] = json!([target]),
            "headers" => operation["responses"]["200"]["headers"] = json!({"X": target}),
            "requestBodies" => operation["requestBody"] = target,
            "responses" => operation["responses"]["400"] = target,
            "pathItems" => document["paths"]["/x"] = target,
            _ => operation["callbacks"] = json!({"x": target}),
        }
        let plain = around(&json!({"A": {"type": "string"}}));
        assert_eq!(problem(&document, &plain), None, "{kind}");
        assert_eq!(problem(&plain, &document), None, "{kind}");
    }
}

/// A document around schemas, which sends and reads `A`.
fn around(schemas: &Value) -> Value {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/A"}}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Circles", "version": "1.0.0"},
        "paths": {"/a": {"get": {
            "requestBody": {"content": content},
            "responses": {"200": {"description": "Fine", "content": content}},
        }}},
        "components": {"schemas": schemas},
    })
}

fn problem(base: &Value, head: &Value) -> Option<String> {
    let (base, head) = (compared::yaml(base), compared::yaml(head));
    [(&base, &head), (&head, &base)]
        .into_iter()
        .find_map(|(base, head)| {
            let run = || {
                compared::texts(base, head)
                    .map(|report| (compared::flaw(&report), compared::faces(&report)))
            };
            match catch_unwind(AssertUnwindSafe(run)) {
                Err(_) => Some("the review panics".to_owned()),
                Ok(None) => Some("two documents are rejected".to_owned()),
                Ok(Some((flaw, _))) => flaw,
            }
        })
}

/// A few nodes cut, replaced, or doubled elsewhere.
fn broken(document: &Value, dice: &mut Dice) -> Value {
    let mut other = document.clone();
    for _ in 0..=dice.below(3) {
        let mut places = Vec::new();
        collect(&other, String::new(), &mut places);
        let from = places[dice.below(places.len())].clone();
        let value = match dice.below(3) {
            0 => None,
            1 => {
                let kinds = [
                    Value::Null,
                    json!(-7),
                    json!(true),
                    json!("a/b~{c}"),
                    json!([]),
                    json!([{}]),
                    json!({}),
                    json!({"$ref": "#/components/schemas/Pet"}),
                    json!({"$ref": "#"}),
                ];
                Some(kinds[dice.below(kinds.len())].clone())
            }
            _ => other.pointer(&places[dice.below(places.len())]).cloned(),
        };
        put(&mut other, &from, value);
    }
    other
}

fn put(document: &mut Value, pointer: &str, value: Option<Value>) {
    let (outer, key) = crate::properties::sites::split(pointer);
    match (document.pointer_mut(outer), value) {
        (Some(Value::Object(map)), Some(value)) => {
            map.insert(key, value);
        }
        (Some(Value::Object(map)), None) => {
            map.remove(&key);
        }
        (Some(Value::Array(list)), Some(value)) => {
            if let Some(at) = key
                .parse()
                .ok()
                .and_then(|index: usize| list.get_mut(index))
            {
                *at = value;
            }
        }
        (Some(Value::Array(list)), None) => {
            list.pop();
        }
        _ => {}
    }
}

fn collect(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                collect(
                    value,
                    format!("{pointer}/{}", crate::properties::sites::escaped(key)),
                    found,
                );
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                collect(value, format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
    if !pointer.is_empty() {
        found.push(pointer);
    }
}
