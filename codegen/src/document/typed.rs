//! From plain values to the types of `openapiv3`.

use std::borrow::Cow;

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_yaml::Value;

use super::origins::Origins;
use super::{Reporter, codes, pointer};
use crate::diagnostic::{Diagnostic, Rejected};

/// Parses the whole document; a failure is reported at the smallest nodes that fail by themselves.
pub fn parse(
    value: &Value,
    origins: &Origins,
    reporter: &mut Reporter<'_>,
) -> Result<OpenAPI, Rejected> {
    OpenAPI::deserialize(value).map_err(|error| {
        let mut failures = narrow(value);
        if failures.is_empty() {
            failures.push((String::new(), error.to_string()));
        }
        for (at, message) in failures {
            let diagnostic =
                Diagnostic::error(codes::INVALID, format!("cannot be read: {message}")).help(
                    "hold it against the specification: https://spec.openapis.org/oas/v3.0.3",
                );
            reporter.at(diagnostic, &origins.location(&at));
        }
        Rejected
    })
}

/// The schemas, parameters, responses and operations that do not parse, but for those that only
/// fail for what is in them.
fn narrow(root: &Value) -> Vec<(String, String)> {
    let mut failures: Vec<(String, String)> = Vec::new();
    visit(root, String::new(), &mut |at, value| {
        if let Some(error) = fails(at, value) {
            failures.retain(|(outer, _)| !at.starts_with(&format!("{outer}/")));
            failures.push((at.to_owned(), error));
        }
    });
    failures
}

fn visit(value: &Value, at: String, found: &mut impl FnMut(&str, &Value)) {
    found(&at, value);
    match value {
        Value::Mapping(map) => {
            for (key, value) in map {
                if let Some(key) = key.as_str() {
                    visit(value, pointer::join(&at, key), found);
                }
            }
        }
        Value::Sequence(items) => {
            for (index, value) in items.iter().enumerate() {
                visit(value, pointer::join(&at, index.to_string()), found);
            }
        }
        _ => {}
    }
}

/// Why a node of known type does not parse, if it does not.
fn fails(at: &str, value: &Value) -> Option<String> {
    let mut tokens: Vec<Cow<'_, str>> = pointer::tokens(at).collect();
    let last = tokens.pop()?;
    let parent = tokens.last().map_or("", |token| token);
    match (parent, last.as_ref()) {
        ("schemas" | "properties", _) | (_, "schema" | "items") => {
            error::<openapiv3::Schema>(value)
        }
        ("parameters", _) => error::<openapiv3::Parameter>(value),
        ("responses", _) => error::<openapiv3::Response>(value),
        ("securitySchemes", _) => error::<openapiv3::SecurityScheme>(value),
        (_, "get" | "put" | "post" | "delete" | "patch" | "head" | "options" | "trace") => {
            error::<openapiv3::Operation>(value)
        }
        _ => None,
    }
}

fn error<'v, T: Deserialize<'v>>(value: &'v Value) -> Option<String> {
    if value.get("$ref").is_some() {
        return None;
    }
    T::deserialize(value).err().map(|error| error.to_string())
}
