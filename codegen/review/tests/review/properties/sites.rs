//! The objects of a document, by what they are.

use serde_json::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Schema,
    Parameter,
    Header,
    Body,
    Response,
    Operation,
    PathItem,
}

/// One object, and what it is.
#[derive(Debug, Clone)]
pub struct Site {
    pub kind: Kind,
    pub pointer: String,
}

/// All objects of a document; those that are references as well.
pub fn all(document: &Value) -> Vec<Site> {
    let mut found = Vec::new();
    let mut pending = roots(document);
    while let Some(site) = pending.pop() {
        let value = document.pointer(&site.pointer).expect("it is there");
        if !value.is_object() {
            continue;
        }
        if value.get("$ref").is_none() {
            pending.extend(below(&site, value));
        }
        found.push(site);
    }
    found.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    found
}

/// The objects of one kind that are no references.
pub fn of(document: &Value, kind: Kind) -> Vec<String> {
    let plain = |site: &Site| {
        site.kind == kind
            && document
                .pointer(&site.pointer)
                .is_some_and(|v| v.get("$ref").is_none())
    };
    let found = all(document).into_iter().filter(plain);
    found.map(|site| site.pointer).collect()
}

/// The references to objects of any kind.
pub fn references(document: &Value) -> Vec<Site> {
    let mut found = all(document);
    found.retain(|site| {
        let reference = document.pointer(&site.pointer).and_then(|v| v.get("$ref"));
        site.kind != Kind::PathItem && reference.is_some()
    });
    found
}

pub fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The outer pointer and the last key, as it is written in the document.
pub fn split(pointer: &str) -> (&str, String) {
    let (outer, last) = pointer.rsplit_once('/').expect("it is not the root");
    (outer, last.replace("~1", "/").replace("~0", "~"))
}

fn roots(document: &Value) -> Vec<Site> {
    let kinds = [
        ("/components/schemas", Kind::Schema),
        ("/components/parameters", Kind::Parameter),
        ("/components/headers", Kind::Header),
        ("/components/requestBodies", Kind::Body),
        ("/components/responses", Kind::Response),
        ("/paths", Kind::PathItem),
        ("/webhooks", Kind::PathItem),
    ];
    let found = kinds
        .into_iter()
        .flat_map(|(pointer, kind)| members(document, pointer, kind));
    found.collect()
}

fn below(site: &Site, value: &Value) -> Vec<Site> {
    let at = |key: &str| format!("/{key}");
    let mut found = Vec::new();
    let mut one = |key: &str, kind| {
        if value.get(key).is_some_and(Value::is_object) {
            found.push((at(key), kind));
        }
    };
    match site.kind {
        Kind::Schema => {
            for key in ["items", "additionalProperties", "not"] {
                one(key, Kind::Schema);
            }
            for key in ["properties", "allOf", "oneOf", "anyOf"] {
                found.extend(inner(value, &at(key), Kind::Schema));
            }
        }
        Kind::Parameter | Kind::Header => {
            one("schema", Kind::Schema);
            found.extend(media(value));
        }
        Kind::Body => found.extend(media(value)),
        Kind::Response => {
            found.extend(media(value));
            found.extend(inner(value, "/headers", Kind::Header));
        }
        Kind::PathItem => {
            for method in ["get", "put", "post", "delete", "patch"] {
                one(method, Kind::Operation);
            }
            found.extend(inner(value, "/parameters", Kind::Parameter));
        }
        Kind::Operation => {
            one("requestBody", Kind::Body);
            found.extend(inner(value, "/parameters", Kind::Parameter));
            found.extend(inner(value, "/responses", Kind::Response));
            for (callback, _) in inner(value, "/callbacks", Kind::PathItem) {
                found.extend(inner(value, &callback, Kind::PathItem));
            }
        }
    }
    let whole = |(pointer, kind)| Site {
        kind,
        pointer: format!("{}{pointer}", site.pointer),
    };
    found.into_iter().map(whole).collect()
}

fn media(value: &Value) -> Vec<(String, Kind)> {
    let media = inner(value, "/content", Kind::Schema).into_iter();
    let schema = media.map(|(pointer, kind)| (format!("{pointer}/schema"), kind));
    schema
        .filter(|(pointer, _)| value.pointer(pointer).is_some())
        .collect()
}

fn inner(value: &Value, pointer: &str, kind: Kind) -> Vec<(String, Kind)> {
    let sites = members(value, pointer, kind).into_iter();
    sites.map(|site| (site.pointer, site.kind)).collect()
}

fn members(value: &Value, pointer: &str, kind: Kind) -> Vec<Site> {
    let keys: Vec<String> = match value.pointer(pointer) {
        Some(Value::Object(map)) => map
            .keys()
            .filter(|key| !key.starts_with("x-"))
            .cloned()
            .collect(),
        Some(Value::Array(list)) => (0..list.len()).map(|index| index.to_string()).collect(),
        _ => Vec::new(),
    };
    let site = |key: String| Site {
        kind,
        pointer: format!("{pointer}/{}", escaped(&key)),
    };
    keys.into_iter().map(site).collect()
}
