//! The words of version 3.0 and of 3.1.

use serde_json::{Map, Value, json};

use super::{is_31, object};
use crate::properties::dice::Dice;
use crate::properties::sites::{self, Kind};

pub fn null_as_alternative(document: &mut Value, dice: &mut Dice) -> bool {
    if !is_31(document) {
        return false;
    }
    let mut schemas = sites::of(document, Kind::Schema);
    schemas.retain(|pointer| {
        let schema = document.pointer(pointer).expect("it is there");
        let types = schema["type"].as_array();
        let null = types.is_some_and(|types| types.len() == 2 && types.contains(&json!("null")));
        null && schema.get("enum").is_none()
    });
    let Some(chosen) = dice.pick(&schemas) else {
        return false;
    };
    let keyword = ["anyOf", "oneOf"][dice.below(2)];
    let schema = object(document, &schemas[chosen]);
    let types = schema["type"].as_array().expect("a list");
    let kind = types
        .iter()
        .find(|kind| **kind != "null")
        .expect("another")
        .clone();
    schema.insert("type".to_owned(), kind);
    let inner = std::mem::take(schema);
    schema.insert(keyword.to_owned(), json!([inner, {"type": "null"}]));
    true
}

pub fn upgraded(document: &mut Value, _: &mut Dice) -> bool {
    let older = document["openapi"]
        .as_str()
        .is_some_and(|version| version.starts_with("3.0"));
    if older {
        upgrade(document);
    }
    older
}

/// Version 3.0 in the words of 3.1.
pub fn upgrade(document: &mut Value) {
    document["openapi"] = json!("3.1.0");
    // What is inside first, since its place may move.
    for site in sites::all(document).into_iter().rev() {
        if site.kind == Kind::Schema {
            upgrade_object(object(document, &site.pointer));
        }
    }
}

/// A schema that is in no document yet.
pub fn upgrade_schema(schema: &mut Value) {
    let mut around = json!({"openapi": "3.0.3", "components": {"schemas": {"It": schema.take()}}});
    upgrade(&mut around);
    *schema = around["components"]["schemas"]["It"].take();
}

fn upgrade_object(schema: &mut Map<String, Value>) {
    if schema.contains_key("$ref") {
        // What stood beside it meant nothing.
        schema.retain(|key, _| key == "$ref");
        return;
    }
    let nullable = schema.remove("nullable") == Some(json!(true));
    if let (true, Some(kind @ Value::String(_))) = (nullable, schema.get("type").cloned()) {
        schema.insert("type".to_owned(), json!([kind, "null"]));
    } else if nullable {
        let whole = std::mem::take(schema);
        schema.insert("anyOf".to_owned(), json!([whole, {"type": "null"}]));
        return;
    }
    for (flag, limit) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        match schema.get(flag) {
            Some(Value::Bool(true)) => {
                if let Some(value) = schema.remove(limit) {
                    schema.insert(flag.to_owned(), value);
                }
            }
            Some(Value::Bool(false)) => {
                schema.remove(flag);
            }
            _ => {}
        }
    }
}
