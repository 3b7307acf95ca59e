//! A part of a document: some of its paths, and what they refer to, so that a change is likely to matter.

use std::collections::BTreeSet;

use fastrand::Rng;
use serde_json::{Map, Value};

/// How many paths are kept.
const PATHS: usize = 4;

/// How many components are kept.
const COMPONENTS: usize = 60;

/// The document, without most of it if it is large.
pub fn small(mut document: Value, rng: &mut Rng) -> Value {
    if let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) {
        let names = Vec::from_iter(paths.keys().cloned());
        let chosen = rng.choose_multiple(names.iter(), PATHS);
        let chosen: BTreeSet<&String> = chosen.into_iter().collect();
        paths.retain(|name, _| chosen.contains(name));
    }
    let kept = reached(&document);
    for (group, of) in GROUPS {
        let object = match group {
            "" => Some(&mut document),
            _ => document.get_mut(group),
        };
        if let Some(components) = object
            .and_then(|o| o.get_mut(of))
            .and_then(Value::as_object_mut)
        {
            components.retain(|name, _| kept.contains(&pointer(group, of, name)));
        }
    }
    document
}

/// Where components are, in all versions.
const GROUPS: [(&str, &str); 9] = [
    ("components", "schemas"),
    ("components", "responses"),
    ("components", "parameters"),
    ("components", "requestBodies"),
    ("components", "headers"),
    ("components", "examples"),
    ("", "definitions"),
    ("", "parameters"),
    ("", "responses"),
];

fn pointer(group: &str, of: &str, name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1");
    match group {
        "" => format!("#/{of}/{name}"),
        _ => format!("#/{group}/{of}/{name}"),
    }
}

/// The references that are within reach of the paths, up to a number.
fn reached(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut pending = Vec::from_iter(document.get("paths"));
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(object) => {
                if let Some(reference) = reference(object)
                    && found.len() < COMPONENTS
                    && found.insert(reference.to_owned())
                {
                    pending.extend(document.pointer(&reference[1..]));
                }
                pending.extend(object.values());
            }
            Value::Array(items) => pending.extend(items),
            _ => {}
        }
    }
    found
}

fn reference(object: &Map<String, Value>) -> Option<&str> {
    let reference = object.get("$ref")?.as_str()?;
    reference.starts_with("#/").then_some(reference)
}
