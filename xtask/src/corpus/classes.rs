//! What is reported of many documents, in classes: a message without the names in it.

use codegen::Diagnostic;

/// `E0032: the type of … is …`
pub fn of(diagnostic: &Diagnostic) -> String {
    format!("{}: {}", diagnostic.code, of_message(&diagnostic.message))
}

/// The message without what is quoted and counted, but for media types, keywords and versions, which are no names.
pub fn of_message(message: &str) -> String {
    let parts = message.split('`').enumerate();
    let parts = parts.map(|(index, part)| match index % 2 {
        0 => without_counts(part),
        _ if is_media_type(part) || KEYWORDS.contains(&part) => format!("`{part}`"),
        _ => "`…`".to_owned(),
    });
    parts.collect()
}

/// Why a value was not read: a message of serde, without the values in it.
pub fn of_reason(reason: &str) -> String {
    let reason = reason.split(" at line ").next().unwrap_or_default();
    // Quotes within a value are written as they are in Rust, so that the outermost are the value's.
    match (reason.split_once('"'), reason.rsplit_once('"')) {
        (Some((before, _)), Some((_, after))) => of_message(&format!("{before}…{after}")),
        _ => of_message(reason),
    }
}

fn is_media_type(text: &str) -> bool {
    let trees = [
        "application/",
        "multipart/",
        "text/",
        "image/",
        "audio/",
        "video/",
        "*/",
    ];
    trees.iter().any(|tree| text.starts_with(tree))
}

/// What messages quote of the specification. A schema or property that is called so is taken for one of them.
#[rustfmt::skip]
const KEYWORDS: [&str; 75] = [
    "$anchor", "$defs", "$dynamicAnchor", "$dynamicRef", "$id", "$ref", "$schema",
    "additionalProperties", "allOf", "allowEmptyValue", "allowReserved", "anyOf", "array", "boolean", "callbacks",
    "collectionFormat", "const", "consumes", "content", "contentEncoding", "contentMediaType", "cookie", "deepObject",
    "default", "definitions", "dependentRequired", "dependentSchemas", "deprecated", "description", "discriminator",
    "else", "encoding", "enum", "example", "examples", "exclusiveMaximum", "exclusiveMinimum", "explode", "form",
    "format", "formData", "header", "headers", "host", "if", "in", "integer", "items", "label", "links", "mapping",
    "matrix", "not", "null", "nullable", "number", "object", "oneOf", "openapi", "operationId", "parameters",
    "patternProperties", "prefixItems", "produces", "properties", "propertyNames", "readOnly", "requestBody", "required",
    "responses", "security", "servers", "string", "type", "writeOnly",
];

/// `in line 12` as `in line N`; `OpenAPI 3.0` stays.
fn without_counts(text: &str) -> String {
    let word = |word: &str| {
        let digits = word.trim_matches(['(', ',', ')', ':']);
        let is_count = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
        if is_count {
            word.replace(digits, "N")
        } else {
            word.to_owned()
        }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
