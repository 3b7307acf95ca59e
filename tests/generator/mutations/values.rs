//! Changes of the values of a document.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::output::MARKER;

/// Changes a node, or several.
pub fn change(document: &mut Value, rng: &mut Rng) {
    let kinds: [fn(&mut Value, &mut Rng); 10] = [
        replace, replace, transplant, transplant, delete, duplicate, rename, swap, plant, refer,
    ];
    kinds[rng.usize(..kinds.len())](document, rng);
}

fn replace(document: &mut Value, rng: &mut Rng) {
    let value = value(rng);
    *node(document, rng) = value;
}

/// Puts a node in place of another.
fn transplant(document: &mut Value, rng: &mut Rng) {
    let value = node(document, rng).clone();
    *node(document, rng) = value;
}

fn delete(document: &mut Value, rng: &mut Rng) {
    let number = rng.usize(..);
    match container(document, rng) {
        Some(Value::Object(object)) => {
            let name = object.keys().nth(number % object.len()).cloned();
            object.remove(&name.unwrap_or_default());
        }
        Some(Value::Array(items)) => drop(items.remove(number % items.len())),
        _ => {}
    }
}

fn duplicate(document: &mut Value, rng: &mut Rng) {
    let number = rng.usize(..);
    let text = text(rng);
    match container(document, rng) {
        Some(Value::Object(object)) => {
            let found = object.iter().nth(number % object.len());
            let (name, value) = found
                .map(|(n, v)| (n.clone(), v.clone()))
                .unwrap_or_default();
            let name = match number % 3 {
                0 => name.to_uppercase(),
                1 => format!("{name}_"),
                _ => text,
            };
            object.insert(name, value);
        }
        Some(Value::Array(items)) => {
            let item = items[number % items.len()].clone();
            items.push(item);
        }
        _ => {}
    }
}

fn rename(document: &mut Value, rng: &mut Rng) {
    let (number, text) = (rng.usize(..), text(rng));
    let keyword = KEYWORDS[rng.usize(..KEYWORDS.len())].to_owned();
    if let Some(Value::Object(object)) = container(document, rng) {
        let name = object.keys().nth(number % object.len()).cloned();
        let name = name.unwrap_or_default();
        let mut letters = Vec::from_iter(name.chars());
        let last = letters.pop();
        let now = match number % 4 {
            0 => text,
            1 => keyword,
            2 => letters.into_iter().collect(),
            _ => last.into_iter().chain(letters).collect(),
        };
        let entries = std::mem::take(object).into_iter();
        let renamed = entries.map(|(key, value)| {
            if key == name {
                (now.clone(), value)
            } else {
                (key, value)
            }
        });
        *object = renamed.collect();
    }
}

fn swap(document: &mut Value, rng: &mut Rng) {
    let (one, other) = (rng.usize(..), rng.usize(..));
    match container(document, rng) {
        Some(Value::Object(object)) => {
            let name = |number: usize| object.keys().nth(number % object.len()).cloned();
            let (one, other) = (
                name(one).unwrap_or_default(),
                name(other).unwrap_or_default(),
            );
            let value = object[&one].take();
            let value = std::mem::replace(&mut object[&other], value);
            object[&one] = value;
        }
        Some(Value::Array(items)) => {
            let count = items.len();
            items.swap(one % count, other % count);
        }
        _ => {}
    }
}

/// Appends to many texts, and names, what would be code if it were printed as it is.
fn plant(document: &mut Value, rng: &mut Rng) {
    match document {
        Value::String(text) if rng.u8(..4) == 0 && !text.starts_with('#') => {
            let hostile = hostile(rng);
            if rng.bool() {
                text.push_str(&hostile)
            } else {
                *text = hostile
            }
        }
        Value::Object(object) => {
            let entries = std::mem::take(object).into_iter();
            let named = entries.map(|(mut key, mut value)| {
                plant(&mut value, rng);
                if rng.u8(..60) == 0 {
                    key.push_str(&hostile(rng));
                }
                (key, value)
            });
            *object = named.collect();
        }
        Value::Array(items) => items.iter_mut().for_each(|item| plant(item, rng)),
        _ => {}
    }
}

/// Puts a reference to something of the document in place of a node, or beside what is in it.
fn refer(document: &mut Value, rng: &mut Rng) {
    let mut pointers = Vec::new();
    pointers_of(document, "#", &mut pointers);
    let found = pointers[rng.usize(..pointers.len())].clone();
    let target = match rng.u8(..12) {
        0 => "#".to_owned(),
        1 => "#/paths".to_owned(),
        2 => found.replace('/', "%2F"),
        3 => format!("{found}/%zz%ff"),
        4 => format!("other.yaml{found}"),
        5 => "../../../../etc/passwd".to_owned(),
        6 => text(rng),
        _ => found,
    };
    let beside = rng.u8(..4) == 0;
    let node = node(document, rng);
    match node {
        Value::Object(object) if beside => drop(object.insert("$ref".to_owned(), target.into())),
        _ => *node = json!({ "$ref": target }),
    }
}

/// A value of any kind.
fn value(rng: &mut Rng) -> Value {
    let keyword = KEYWORDS[rng.usize(..KEYWORDS.len())];
    match rng.u8(..20) {
        0 => Value::Null,
        1 => json!(rng.bool()),
        2 => json!(rng.i64(..)),
        3 => json!(rng.f64() * 1e300),
        4 => json!(-1),
        5 => json!(u64::MAX),
        6 => json!([]),
        7 => json!({}),
        8 => json!([{}, null, [], "", 1]),
        9 => nested(rng.usize(..100), keyword),
        10 => json!({ keyword: value(rng) }),
        11 => json!([value(rng), value(rng)]),
        12 => json!({ "type": TYPES[rng.usize(..TYPES.len())], keyword: value(rng) }),
        13 => json!({ "type": [TYPES[rng.usize(..TYPES.len())], TYPES[rng.usize(..TYPES.len())]] }),
        14 => {
            json!({ "oneOf": [value(rng), value(rng)], "discriminator": { "propertyName": text(rng) } })
        }
        15 => json!({ "enum": [value(rng), text(rng), text(rng)], "default": value(rng) }),
        _ => text(rng).into(),
    }
}

fn nested(depth: usize, keyword: &str) -> Value {
    (0..depth).fold(json!({}), |inner, depth| {
        if depth % 2 == 0 {
            json!({ keyword: inner })
        } else {
            json!([inner])
        }
    })
}

fn text(rng: &mut Rng) -> String {
    match rng.u8(..6) {
        0 => KEYWORDS[rng.usize(..KEYWORDS.len())].to_owned(),
        1 => TYPES[rng.usize(..TYPES.len())].to_owned(),
        2 => TEXTS[rng.usize(..TEXTS.len())].repeat(rng.usize(..2000)),
        3 => hostile(rng),
        _ => TEXTS[rng.usize(..TEXTS.len())].to_owned(),
    }
}

/// What would be code if it were printed as it is.
fn hostile(rng: &mut Rng) -> String {
    HOSTILE[rng.usize(..HOSTILE.len())].replace('@', MARKER)
}

/// Any node but the root.
fn node<'v>(document: &'v mut Value, rng: &mut Rng) -> &'v mut Value {
    let count = count(document, &|_| true);
    let number = if count > 1 { rng.usize(1..count) } else { 0 };
    nth(document, &mut { number }, &|_| true).expect("the number is below the count")
}

/// Any list or object that is not empty.
fn container<'v>(document: &'v mut Value, rng: &mut Rng) -> Option<&'v mut Value> {
    let filled = |value: &Value| match value {
        Value::Object(object) => !object.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    let count = count(document, &filled);
    let mut number = (count > 0).then(|| rng.usize(..count))?;
    nth(document, &mut number, &filled)
}

fn count(value: &Value, counted: &impl Fn(&Value) -> bool) -> usize {
    let inner: usize = match value {
        Value::Object(object) => object.values().map(|value| count(value, counted)).sum(),
        Value::Array(items) => items.iter().map(|value| count(value, counted)).sum(),
        _ => 0,
    };
    usize::from(counted(value)) + inner
}

fn nth<'v>(
    value: &'v mut Value,
    number: &mut usize,
    counted: &impl Fn(&Value) -> bool,
) -> Option<&'v mut Value> {
    if counted(value) {
        if *number == 0 {
            return Some(value);
        }
        *number -= 1;
    }
    match value {
        Value::Object(object) => object
            .values_mut()
            .find_map(|value| nth(value, number, counted)),
        Value::Array(items) => items
            .iter_mut()
            .find_map(|value| nth(value, number, counted)),
        _ => None,
    }
}

fn pointers_of(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(object) => pointers_of_entries(object, at, found),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers_of(item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

fn pointers_of_entries(object: &Map<String, Value>, at: &str, found: &mut Vec<String>) {
    for (name, value) in object {
        let name = name.replace('~', "~0").replace('/', "~1");
        pointers_of(value, &format!("{at}/{name}"), found);
    }
}

const TYPES: [&str; 8] = [
    "string", "integer", "number", "boolean", "array", "object", "null", "file",
];

#[rustfmt::skip]
const KEYWORDS: [&str; 58] = [
    "$ref", "additionalProperties", "allOf", "anyOf", "components", "content", "default", "delete", "description",
    "discriminator", "enum", "example", "examples", "exclusiveMaximum", "explode", "format", "get", "headers", "in",
    "info", "items", "mapping", "maxItems", "maximum", "maxLength", "minimum", "minItems", "name", "not", "nullable",
    "oneOf", "operationId", "parameters", "pattern", "patternProperties", "post", "prefixItems", "properties",
    "propertyName", "readOnly", "requestBody", "required", "responses", "200", "2XX", "default", "schema", "security",
    "servers", "style", "tags", "title", "type", "uniqueItems", "url", "variables", "writeOnly", "x-sensitive",
];

#[rustfmt::skip]
const TEXTS: [&str; 36] = [
    "", " ", "../", "../../x", "/etc/passwd", "C:\\x", "con", "nul.rs", "a.", "self", "Self", "crate", "r#type", "_",
    "String", "Option", "Result", "Vec", "Box", "Client", "Error", "mod", "lib", "\u{202e}", "\u{1b}[31m", "\u{0}",
    "\r\n", "日本", "🎉", "é", "1", "-1", "+1", "{a}", "/{a}/{b}", "date-time",
];

#[rustfmt::skip]
const HOSTILE: [&str; 17] = [
    "*/ pub fn @() {} /*", "\"#; @!(); r#\"", "\"); @!(); (\"", "]] @ [[", ")] @ #[doc(", "\n\npub fn @() {}\n",
    "\r@!()", "\\\"; @!()", "\n```\n@!();\n```\n", "\n    @!();\n", "```rust\n@!();", "{@} {} {0}", "<b>@</b> [`@`] [@](x)",
    "\u{2028}@!()", "\n[dependencies]\n@ = \"1\"\n", "`; @!()", "\u{202e} @ \u{2066}",
];
