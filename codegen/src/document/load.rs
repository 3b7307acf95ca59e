//! From a file to plain values: reading, YAML and JSON syntax, and which specification it follows.

use std::path::Path;
use std::sync::Arc;

use serde_yaml::Value;

use super::source_map::{Duplicate, SourceMap};
use super::{Reporter, codes};
use crate::diagnostic::{Diagnostic, Diagnostics, Rejected, Source};
use crate::location::Location;

pub fn read(path: &Path, diagnostics: &mut Diagnostics) -> Result<Arc<Source>, Rejected> {
    let name = path.display().to_string();
    let problem = match std::fs::read(path) {
        Ok(bytes) => match text(bytes) {
            Ok(text) => return Ok(Arc::new(Source { name, text })),
            Err(problem) => problem,
        },
        Err(error) => error.to_string(),
    };
    diagnostics.push(
        Diagnostic::error(codes::UNREADABLE, format!("cannot read {name}: {problem}"))
            .help("name an OpenAPI 3 document in YAML or JSON"),
    );
    Err(Rejected)
}

/// The text of a file, without a byte order mark; or why it has none.
pub fn text(bytes: Vec<u8>) -> Result<String, String> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text)),
        Err(_) => Err("it is not UTF-8 text".to_owned()),
    }
}

/// The document as plain values. Duplicate keys are reported all at once.
pub fn parse(file: &SourceMap, diagnostics: &mut Diagnostics) -> Result<Value, Rejected> {
    let parsed = values(&file.source.text);
    // Duplicates are an error of the reader, too, but it stops at the first.
    if !matches!(parsed, Ok((_, Keys::Once))) {
        report_duplicates(file, diagnostics);
        diagnostics.gate()?;
    }
    match parsed {
        Ok((value, _)) => Ok(value),
        Err(error) => {
            diagnostics.push(not_yaml(&error, &file.source));
            Err(Rejected)
        }
    }
}

/// Whether keys that are one as text are in one mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    Once,
    Twice,
}

/// The values of a text without duplicate keys.
fn values(text: &str) -> Result<(Value, Keys), serde_yaml::Error> {
    // JSON is tried first where it may be: it is faster, and YAML has no surrogate pairs.
    if text.trim_start().starts_with('{')
        && let Ok(value) = serde_json::from_str(text)
    {
        return Ok((value, Keys::Once));
    }
    yaml(text)
}

/// The values of YAML, with merged keys, and keys as text.
pub fn yaml(text: &str) -> Result<(Value, Keys), serde_yaml::Error> {
    let mut value = serde_yaml::from_str::<Value>(text)?;
    value.apply_merge()?;
    let keys = text_keys(&mut value);
    Ok((value, keys))
}

/// The versions of the specification that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// Swagger 2.0
    V20,
    V30,
    V31,
}

/// The document's version; what is none that is read is rejected with what it is instead.
pub fn version(value: &Value, reporter: &mut Reporter<'_>) -> Result<Version, Rejected> {
    let diagnostic = match (value.get("openapi"), value.get("swagger")) {
        (Some(version), _) => match version_text(version) {
            text if is_version(&text, "3.0") => return Ok(Version::V30),
            text if is_version(&text, "3.1") => return Ok(Version::V31),
            text => Diagnostic::error(codes::VERSION, format!("OpenAPI {text} is not supported"))
                .help("the generator reads OpenAPI 3.0 and 3.1, written as in `openapi: 3.0.3`"),
        },
        (None, Some(version)) => match version_text(version) {
            text if is_version(&text, "2.0") || text == "2" => return Ok(Version::V20),
            text => Diagnostic::error(codes::VERSION, format!("Swagger {text} is not supported"))
                .help(
                    "of Swagger the generator reads version 2.0, written as in `swagger: \"2.0\"`",
                ),
        },
        (None, None) => Diagnostic::error(codes::NOT_OPENAPI, "this is not an OpenAPI document")
            .help("an OpenAPI document begins with `openapi: 3.0.3`"),
    };
    let named = ["openapi", "swagger"]
        .into_iter()
        .find(|key| value.get(key).is_some());
    let root = Location::default();
    let at = named.map_or(root.clone(), |key| root.key(key));
    reporter.at(diagnostic, &at);
    Err(Rejected)
}

fn is_version(text: &str, minor: &str) -> bool {
    text.strip_prefix(minor)
        .is_some_and(|patch| patch.is_empty() || patch.starts_with('.'))
}

/// Statuses are often written without quotes; the types expect every key to be a text.
fn text_keys(value: &mut Value) -> Keys {
    match value {
        Value::Mapping(map) => {
            let mut inner = Keys::Once;
            if !map.keys().all(Value::is_string) {
                let written = map.len();
                let entries = std::mem::take(map).into_iter();
                *map = entries.map(|(key, value)| (text_key(key), value)).collect();
                if map.len() < written {
                    inner = Keys::Twice;
                }
            }
            map.values_mut().map(text_keys).fold(inner, Keys::or)
        }
        Value::Sequence(items) => items.iter_mut().map(text_keys).fold(Keys::Once, Keys::or),
        _ => Keys::Once,
    }
}

fn text_key(key: Value) -> Value {
    match key {
        Value::Number(number) => Value::String(number.to_string()),
        Value::Bool(value) => Value::String(value.to_string()),
        key => key,
    }
}

impl Keys {
    fn or(self, other: Self) -> Self {
        match self {
            Self::Once => other,
            Self::Twice => self,
        }
    }
}

fn version_text(version: &Value) -> String {
    match version {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => "of an unknown version".to_owned(),
    }
}

fn report_duplicates(file: &SourceMap, diagnostics: &mut Diagnostics) {
    for Duplicate { pointer, key, span } in file.duplicates() {
        diagnostics.push(
            Diagnostic::error(
                codes::DUPLICATE_KEY,
                format!("the key `{key}` is here twice"),
            )
            .help("remove one of them: a mapping holds each key once")
            .location(pointer)
            .span(&file.source, span),
        );
    }
}

pub fn not_yaml(error: &serde_yaml::Error, source: &Arc<Source>) -> Diagnostic {
    let text = error.to_string();
    // The place follows by itself, with the line shown.
    let message = text.split(" at line ").next().unwrap_or(&text);
    let diagnostic = match LIMITS.iter().find(|(limit, ..)| *limit == message) {
        Some((_, message, help)) => Diagnostic::error(codes::LIMIT, *message).help(*help),
        None => Diagnostic::error(codes::NOT_YAML, format!("not YAML: {message}"))
            .help("the document must be YAML 1.2 or JSON"),
    };
    match error.location() {
        Some(location) => {
            let at = location.index().min(source.text.len());
            let at = (0..=at).rev().find(|&at| source.text.is_char_boundary(at));
            let at = at.unwrap_or(0);
            diagnostic.span(source, at..at)
        }
        None => diagnostic.file(source),
    }
}

/// What the reader rejects although it is YAML: its words, ours, and what to do.
const LIMITS: [(&str, &str, &str); 2] = [
    (
        "recursion limit exceeded",
        "the document is nested too deep",
        "move the inner schemas to components/schemas and refer to them there",
    ),
    (
        "repetition limit exceeded",
        "the document's aliases multiply it beyond any use",
        "use `$ref` in place of YAML anchors and aliases",
    ),
];
