//! Keywords of a schema that allow every value.

use serde_json::Value;

/// Text that says nothing about values.
pub const ANNOTATIONS: [&str; 7] = [
    "title",
    "description",
    "example",
    "examples",
    "externalDocs",
    "$comment",
    "xml",
];

/// A keyword that allows every value: text, and what is so if nothing is said.
pub fn is_void(keyword: &str, value: &Value) -> bool {
    match keyword {
        "deprecated" | "readOnly" | "writeOnly" | "nullable" | "uniqueItems" => {
            value == &Value::Bool(false)
        }
        "minLength" | "minItems" | "minProperties" => value.as_f64() == Some(0.0),
        "exclusiveMinimum" | "exclusiveMaximum" => value == &Value::Bool(false),
        "additionalProperties" | "items" => match value {
            Value::Object(object) => object.is_empty(),
            value => value == &Value::Bool(true),
        },
        "not" => value == &Value::Bool(false),
        keyword => ANNOTATIONS.contains(&keyword) || keyword.starts_with("x-"),
    }
}
