//! From plain values to the types of `openapiv3`.

use std::borrow::Cow;

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_yaml::{Mapping, Value};

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
        let error = match OpenAPI::deserialize(&*value) {
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

/// Takes a node out of the document, with the operation that it is essential to: a schema becomes one
/// that says nothing.
fn remove(root: &mut Value, at: &str) -> Option<Consequence> {
    let tokens = Vec::from_iter(pointer::tokens(at).map(Cow::into_owned));
    let tokens = Vec::from_iter(tokens.iter().map(String::as_str));
    if let ["paths", path, method, ..] = tokens[..]
        && !is_schema(&tokens)
    {
        // What all operations of a path share is one of its keys, too.
        let item = child(root, &["paths", path])?.as_mapping_mut()?;
        if method == "parameters" {
            child(root, &["paths"])?
                .as_mapping_mut()?
                .shift_remove(path)?;
            return Some(Consequence::LeftOut(path.to_owned()));
        }
        item.shift_remove(method)?;
        return Some(Consequence::LeftOut(format!(
            "{} {path}",
            method.to_uppercase()
        )));
    }
    let (name, outer) = tokens.split_last()?;
    if is_schema(&tokens) {
        let schema = child(root, &tokens)?;
        let differs = schema.as_mapping().is_none_or(|schema| !schema.is_empty());
        *schema = Mapping::new().into();
        return differs.then_some(Consequence::Any);
    }
    child(root, outer)?.as_mapping_mut()?.shift_remove(*name)?;
    Some(Consequence::Dropped((*name).to_owned()))
}

fn child<'v>(root: &'v mut Value, tokens: &[&str]) -> Option<&'v mut Value> {
    tokens.iter().try_fold(root, |value, token| match value {
        Value::Mapping(map) => map.get_mut(*token),
        Value::Sequence(items) => items.get_mut(token.parse::<usize>().ok()?),
        _ => None,
    })
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
