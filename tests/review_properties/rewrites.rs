//! Other spellings of the same document.

use serde_json::{Map, Value, json};

use crate::dice::Dice;
use crate::sites::{self, Kind, Site, escaped};

/// A way to write the same in other words.
pub struct Rewrite {
    pub name: &'static str,
    /// Says whether there was something to rewrite.
    pub apply: fn(&mut Value, &mut Dice) -> bool,
}

pub const ALL: [Rewrite; 12] = [
    Rewrite {
        name: "lists in another order",
        apply: shuffled_lists,
    },
    Rewrite {
        name: "inline, now named",
        apply: named,
    },
    Rewrite {
        name: "named, now inline",
        apply: inlined,
    },
    Rewrite {
        name: "wrapped in allOf",
        apply: wrapped,
    },
    Rewrite {
        name: "split into allOf",
        apply: divided,
    },
    Rewrite {
        name: "allOf merged",
        apply: merged,
    },
    Rewrite {
        name: "null as an alternative",
        apply: null_as_alternative,
    },
    Rewrite {
        name: "version 3.1",
        apply: upgraded,
    },
    Rewrite {
        name: "prefix moved into the paths",
        apply: prefix_moved,
    },
    Rewrite {
        name: "path parameters renamed",
        apply: path_parameters_renamed,
    },
    Rewrite {
        name: "defaults spelled out",
        apply: defaults,
    },
    Rewrite {
        name: "parameters of the path item",
        apply: shared_parameters,
    },
];

fn object<'v>(document: &'v mut Value, pointer: &str) -> &'v mut Map<String, Value> {
    let value = document.pointer_mut(pointer).expect("it is there");
    value.as_object_mut().expect("an object")
}

fn is_31(document: &Value) -> bool {
    document["openapi"]
        .as_str()
        .is_some_and(|version| version.starts_with("3.1"))
}

fn shuffled_lists(document: &mut Value, dice: &mut Dice) -> bool {
    let before = document.clone();
    // What is inside first: the order of the outer list is in its place.
    for site in sites::all(document).into_iter().rev() {
        let keywords: &[&str] = match site.kind {
            Kind::Schema => &["required", "enum", "type", "oneOf", "anyOf"],
            Kind::Operation => &["tags", "parameters", "security"],
            Kind::PathItem => &["parameters"],
            _ => &[],
        };
        let object = object(document, &site.pointer);
        for keyword in keywords {
            if let Some(Value::Array(list)) = object.get_mut(*keyword) {
                dice.shuffle(list);
            }
        }
    }
    if let Some(Value::Array(tags)) = document.get_mut("tags") {
        dice.shuffle(tags);
    }
    *document != before
}

fn component(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Schema => "schemas",
        Kind::Parameter => "parameters",
        Kind::Header => "headers",
        Kind::Body => "requestBodies",
        Kind::Response => "responses",
        Kind::Operation | Kind::PathItem => return None,
    })
}

fn named(document: &mut Value, dice: &mut Dice) -> bool {
    let mut inline: Vec<Site> = sites::all(document);
    inline.retain(|site| {
        let outer =
            site.pointer.matches('/').count() == 3 && site.pointer.starts_with("/components");
        component(site.kind).is_some()
            && !outer
            && document
                .pointer(&site.pointer)
                .is_some_and(|v| v.get("$ref").is_none())
    });
    let Some(chosen) = dice.pick(&inline) else {
        return false;
    };
    let Site { kind, pointer } = &inline[chosen];
    let folder = component(*kind).expect("only such are left");
    let value = document.pointer_mut(pointer).expect("it is there").take();
    let reference = format!("#/components/{folder}/NamedNow");
    *document.pointer_mut(pointer).expect("it is there") = json!({"$ref": reference});
    document["components"][folder]["NamedNow"] = value;
    true
}

fn inlined(document: &mut Value, dice: &mut Dice) -> bool {
    let references = sites::references(document);
    let Some(chosen) = dice.pick(&references) else {
        return false;
    };
    let at = &references[chosen].pointer;
    let Some(target) = target(document, at) else {
        return false;
    };
    // Beside a discriminator a reference is a name as well.
    if sites::split(at)
        .0
        .rsplit_once('/')
        .is_some_and(|(union, _)| {
            document
                .pointer(union)
                .is_some_and(|schema| schema.get("discriminator").is_some())
        })
    {
        return false;
    }
    let value = document.pointer_mut(at).expect("it is there");
    let siblings = value.as_object().is_some_and(|object| object.len() > 1);
    if siblings {
        return false;
    }
    *value = target;
    true
}

pub fn target(document: &Value, at: &str) -> Option<Value> {
    let reference = document.pointer(at)?.get("$ref")?.as_str()?;
    let found = document.pointer(reference.strip_prefix('#')?)?;
    (found.is_object() && found.get("$ref").is_none()).then(|| found.clone())
}

fn wrapped(document: &mut Value, dice: &mut Dice) -> bool {
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

fn divided(document: &mut Value, dice: &mut Dice) -> bool {
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
    // Text for people is of the whole.
    let texts = [
        "title",
        "description",
        "example",
        "deprecated",
        "readOnly",
        "writeOnly",
    ];
    let texts = texts
        .into_iter()
        .filter_map(|key| Some((key.to_owned(), first.remove(key)?)));
    let mut whole: Map<String, Value> = texts.collect();
    whole.insert("allOf".to_owned(), json!([first, second]));
    *schema = whole;
    true
}

fn merged(document: &mut Value, dice: &mut Dice) -> bool {
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

fn null_as_alternative(document: &mut Value, dice: &mut Dice) -> bool {
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

fn upgraded(document: &mut Value, _: &mut Dice) -> bool {
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

fn prefix_moved(document: &mut Value, _: &mut Dice) -> bool {
    let url = document.pointer("/servers/0/url").and_then(Value::as_str);
    let only = document.pointer("/servers/1").is_none();
    let Some((rest, last)) = url.and_then(|url| url.trim_end_matches('/').rsplit_once('/')) else {
        return false;
    };
    if rest.ends_with('/') || !only || !document["paths"].is_object() {
        return false;
    }
    let (rest, last) = (rest.to_owned(), last.to_owned());
    document["servers"][0]["url"] = json!(rest);
    let paths = std::mem::take(document["paths"].as_object_mut().expect("an object"));
    let moved = paths
        .into_iter()
        .map(|(path, item)| match path.starts_with('/') {
            true => (format!("/{last}{path}"), item),
            false => (path, item),
        });
    document["paths"] = Value::Object(moved.collect());
    true
}

fn path_parameters_renamed(document: &mut Value, _: &mut Dice) -> bool {
    let mut found = false;
    let paths: Vec<String> = match document.get("paths") {
        Some(Value::Object(paths)) => paths.keys().cloned().collect(),
        _ => return false,
    };
    let in_a_path = |name: &str| {
        paths
            .iter()
            .any(|path| path.contains(&format!("{{{name}}}")))
    };
    for pointer in sites::of(document, Kind::Parameter) {
        let parameter = object(document, &pointer);
        if parameter.get("in") == Some(&json!("path"))
            && let Some(Value::String(name)) = parameter.get_mut("name")
            && in_a_path(name)
        {
            name.push_str("_new");
            found = true;
        }
    }
    let paths = document["paths"].as_object_mut().expect("an object");
    let renamed = std::mem::take(paths).into_iter();
    *paths = renamed
        .map(|(path, item)| (path.replace('}', "_new}"), item))
        .collect();
    found
}

fn defaults(document: &mut Value, dice: &mut Dice) -> bool {
    let newer = is_31(document);
    let before = document.clone();
    for site in sites::all(document) {
        let value = object(document, &site.pointer);
        if value.contains_key("$ref") {
            continue;
        }
        let kind = value
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let place = value
            .get("in")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let mut state = |key: &str, default: Value| {
            if dice.below(2) == 0 {
                value.entry(key.to_owned()).or_insert(default);
            }
        };
        match site.kind {
            Kind::Schema => {
                for keyword in ["deprecated", "readOnly", "writeOnly"] {
                    state(keyword, json!(false));
                }
                let own: &[(&str, Value)] = match kind.as_str() {
                    "object" => &[
                        ("additionalProperties", json!(true)),
                        ("minProperties", json!(0)),
                    ],
                    "array" => &[("minItems", json!(0)), ("uniqueItems", json!(false))],
                    "string" => &[("minLength", json!(0))],
                    _ => &[],
                };
                for (keyword, default) in own {
                    state(keyword, default.clone());
                }
                if !newer && !kind.is_empty() {
                    state("nullable", json!(false));
                }
                if !newer && matches!(kind.as_str(), "integer" | "number") {
                    state("exclusiveMinimum", json!(false));
                    state("exclusiveMaximum", json!(false));
                }
            }
            Kind::Parameter => {
                state("deprecated", json!(false));
                let (style, explode) = match place.as_str() {
                    "query" | "cookie" => ("form", true),
                    _ => ("simple", false),
                };
                let stated =
                    |key: &str| before.pointer(&format!("{}/{key}", site.pointer)).is_some();
                if !stated("content") && !stated("style") {
                    state("style", json!(style));
                    state("explode", json!(explode));
                }
                if place == "query" {
                    state("allowReserved", json!(false));
                    state("allowEmptyValue", json!(false));
                }
                if place != "path" {
                    state("required", json!(false));
                }
            }
            Kind::Header => {
                for keyword in ["deprecated", "required", "explode"] {
                    state(keyword, json!(false));
                }
                state("style", json!("simple"));
            }
            Kind::Body => state("required", json!(false)),
            Kind::Operation => {
                state("deprecated", json!(false));
                state("parameters", json!([]));
            }
            Kind::Response | Kind::PathItem => {}
        }
    }
    *document != before
}

/// What all operations of a path have is stated once.
fn shared_parameters(document: &mut Value, dice: &mut Dice) -> bool {
    let Some(Value::Object(paths)) = document.get("paths") else {
        return false;
    };
    let single = |item: &Value| {
        let operations =
            item.as_object().into_iter().flatten().filter(|(key, _)| {
                ["get", "put", "post", "delete", "patch"].contains(&key.as_str())
            });
        let keys: Vec<String> = operations.map(|(key, _)| key.clone()).collect();
        match keys.as_slice() {
            [only]
                if item.get("parameters").is_none() && item[only].get("parameters").is_some() =>
            {
                Some(only.clone())
            }
            _ => None,
        }
    };
    let candidates: Vec<(String, String)> = paths
        .iter()
        .filter_map(|(path, item)| Some((format!("/paths/{}", escaped(path)), single(item)?)))
        .collect();
    let Some(chosen) = dice.pick(&candidates) else {
        return false;
    };
    let (path, method) = &candidates[chosen];
    let operation = object(document, &format!("{path}/{method}"));
    let parameters = operation.remove("parameters").expect("it was seen");
    object(document, path).insert("parameters".to_owned(), parameters);
    true
}
