//! From plain values to the types of `openapiv3`.

use std::borrow::Cow;

use openapiv3::{OpenAPI, ReferenceOr};
use serde::Deserialize;
use serde_yaml::{Mapping, Value};

use super::bundle::at_mut;
use super::fault::{Consequence, Fault};
use super::origins::Origins;
use super::{Reporter, codes, pointer};
use crate::diagnostic::Rejected;
use crate::left_out::LeftOut;
use crate::location::Trail;

/// Parses the whole document, without the smallest nodes that fail by themselves.
pub fn parse(
    value: &mut Value,
    origins: &Origins,
    left_out: &mut Vec<LeftOut>,
    reporter: &mut Reporter<'_>,
) -> Result<OpenAPI, Rejected> {
    loop {
        let error = match whole(value) {
            Ok(openapi) => return Ok(openapi),
            Err(error) => error.to_string(),
        };
        let mut progress = false;
        for (at, message) in narrow(value) {
            let help = "hold it against the specification: https://spec.openapis.org/oas/v3.0.3";
            let message = format!("it cannot be read: {message}");
            let trail = Trail::from(&at);
            let fault = Fault::new(codes::INVALID, message, help.to_owned(), &trail);
            if let Some(consequence) = remove(value, &at) {
                progress = true;
                if let Consequence::LeftOut(operation) = &consequence {
                    left_out.push(LeftOut {
                        operation: operation.clone(),
                        reason: fault.message.clone(),
                        location: fault.location(origins),
                    });
                }
                fault.settle(&consequence, origins, reporter);
            }
        }
        if !progress {
            let help = "hold it against the specification: https://spec.openapis.org/oas/v3.0.3";
            let message = format!("the document cannot be read: {error}");
            let fault = Fault::new(codes::INVALID, message, help.to_owned(), &Trail::ROOT);
            fault.reject(origins, reporter);
            return Err(Rejected);
        }
    }
}

/// The types of the paths are read one by one, since those of `openapiv3` would first copy all that is below `paths`.
fn whole(value: &mut Value) -> Result<OpenAPI, serde_yaml::Error> {
    let slot = value.get_mut("paths").and_then(Value::as_mapping_mut);
    let Some(paths) = slot.map(std::mem::take) else {
        return OpenAPI::deserialize(&*value);
    };
    let openapi = OpenAPI::deserialize(&*value);
    let read = openapi.and_then(|mut openapi| {
        for (path, item) in &paths {
            let path = path.as_str().unwrap_or_default();
            if path.starts_with("x-") {
                let extension = serde_json::Value::deserialize(item)?;
                openapi.paths.extensions.insert(path.to_owned(), extension);
            } else {
                let item = ReferenceOr::deserialize(item)?;
                openapi.paths.paths.insert(path.to_owned(), item);
            }
        }
        Ok(openapi)
    });
    value["paths"] = paths.into();
    read
}

/// Takes a node out of the document, with the operation that it is essential to: a schema becomes one
/// that says nothing.
fn remove(root: &mut Value, at: &str) -> Option<Consequence> {
    let tokens = Vec::from_iter(pointer::tokens(at));
    let tokens = Vec::from_iter(tokens.iter().map(AsRef::as_ref));
    if is_schema(&tokens) {
        let schema = at_mut(root, at)?;
        let differs = schema.as_mapping().is_none_or(|schema| !schema.is_empty());
        *schema = Mapping::new().into();
        return differs.then_some(Consequence::Any);
    }
    let (outer, name, consequence) = match tokens[..] {
        // What all operations of a path share is one of its keys, too.
        ["paths", path, "parameters", ..] => (
            "/paths".to_owned(),
            path,
            Consequence::LeftOut(path.to_owned()),
        ),
        ["paths", path, method, ..] => {
            let operation = format!("{} {path}", method.to_uppercase());
            (
                pointer::join("/paths", path),
                method,
                Consequence::LeftOut(operation),
            )
        }
        [.., name] => {
            let outer = pointer::parent(at)?.to_owned();
            (outer, name, Consequence::Dropped(name.to_owned()))
        }
        [] => return None,
    };
    at_mut(root, &outer)?.as_mapping_mut()?.shift_remove(name)?;
    Some(consequence)
}

fn is_schema(tokens: &[&str]) -> bool {
    matches!(
        tokens,
        [.., "schemas" | "properties", _] | [.., "schema" | "items"]
    )
}

/// The schemas, parameters, responses and operations that do not parse, but for those that only
/// fail for what is in them.
fn narrow(root: &Value) -> Vec<(String, String)> {
    let mut failures: Vec<(String, String)> = Vec::new();
    visit(root, String::new(), &mut |at, value| {
        if let Some(error) = fails(at, value) {
            // What is around a node was visited before it, and nothing else since that is left.
            let is_around = |outer: &str| {
                at.strip_prefix(outer)
                    .is_some_and(|rest| rest.starts_with('/'))
            };
            if failures.last().is_some_and(|(last, _)| is_around(last)) {
                failures.pop();
            }
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
