//! `allOf`: schemas wrapped in it, split into it, merged out of it.

use serde_json::{Map, Value, json};

use super::object;
use crate::properties::dice::Dice;
use crate::properties::sites::{self, Kind, Site};

pub fn wrapped(document: &mut Value, dice: &mut Dice) -> bool {
    let schemas = sites::all(document)
        .into_iter()
        .filter(|site| site.kind == Kind::Schema);
    let schemas: Vec<Site> = schemas.collect();
    let Some(chosen) = dice.pick(&schemas) else {
        return false;
    };
    let value = document
        .pointer_mut(&schemas[chosen].pointer)
        .expect("it is there");
    *value = json!({"allOf": [value.take()]});
    true
}

/// What says something of the properties that are stated beside it, or stands for the whole.
const WHOLE: [&str; 8] = [
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "nullable",
    "enum",
    "discriminator",
];

pub fn divided(document: &mut Value, dice: &mut Dice) -> bool {
    let mut schemas = sites::of(document, Kind::Schema);
    schemas.retain(|pointer| {
        let schema = document.pointer(pointer).expect("it is there");
        schema["type"] == "object"
            && schema.get("properties").is_some()
            && WHOLE.iter().all(|keyword| schema.get(keyword).is_none())
    });
    let Some(chosen) = dice.pick(&schemas) else {
        return false;
    };
    let schema = object(document, &schemas[chosen]);
    let mut first = schema.clone();
    let mut second = Map::from_iter([("type".to_owned(), json!("object"))]);
    let all = schema["properties"].as_object().expect("an object").clone();
    let (one, two): (Map<_, _>, Map<_, _>) = all.into_iter().partition(|_| dice.below(2) == 0);
    let names = |map: &Map<String, Value>| map.keys().cloned().collect::<Vec<_>>();
    let required: Vec<Value> = schema
        .get("required")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let (ours, theirs): (Vec<_>, Vec<_>) = required
        .into_iter()
        .partition(|name| !names(&two).iter().any(|other| name == other));
    first.remove("required");
    for (part, properties, required) in [(&mut first, one, ours), (&mut second, two, theirs)] {
        part.insert("properties".to_owned(), properties.into());
        if !required.is_empty() {
            part.insert("required".to_owned(), required.into());
        }
    }
    // Text for people is of the whole, as is what references are seen from.
    let kept = [
        "title",
        "description",
        "example",
        "deprecated",
        "readOnly",
        "writeOnly",
        "$id",
        "$defs",
    ];
    let kept = kept
        .into_iter()
        .filter_map(|key| Some((key.to_owned(), first.remove(key)?)));
    let mut whole: Map<String, Value> = kept.collect();
    whole.insert("allOf".to_owned(), json!([first, second]));
    *schema = whole;
    true
}

pub fn merged(document: &mut Value, dice: &mut Dice) -> bool {
    let mut schemas = sites::of(document, Kind::Schema);
    schemas.retain(|pointer| {
        merge(document, document.pointer(pointer).expect("it is there")).is_some()
    });
    let Some(chosen) = dice.pick(&schemas) else {
        return false;
    };
    let pointer = &schemas[chosen];
    let merged = merge(document, document.pointer(pointer).expect("it is there"));
    *document.pointer_mut(pointer).expect("it is there") = merged.expect("it was tried");
    true
}

/// The members in one, if they do not contradict each other.
fn merge(document: &Value, schema: &Value) -> Option<Value> {
    let mut whole = schema.as_object()?.clone();
    let Value::Array(members) = whole.remove("allOf")? else {
        return None;
    };
    for member in members {
        let member = match member.get("$ref") {
            Some(_) => document
                .pointer(member["$ref"].as_str()?.strip_prefix('#')?)?
                .clone(),
            None => member,
        };
        if WHOLE.iter().any(|keyword| member.get(keyword).is_some()) || member.get("$ref").is_some()
        {
            return None;
        }
        for (key, value) in member.as_object()? {
            match (whole.get_mut(key), value) {
                (None, value) => {
                    whole.insert(key.clone(), value.clone());
                }
                (Some(Value::Object(old)), Value::Object(new)) if key == "properties" => {
                    for (name, schema) in new {
                        if old.insert(name.clone(), schema.clone()).is_some() {
                            return None;
                        }
                    }
                }
                (Some(Value::Array(old)), Value::Array(new)) if key == "required" => {
                    old.extend(new.iter().cloned());
                }
                (Some(old), new) if old == new => {}
                _ => return None,
            }
        }
    }
    Some(whole.into())
}
