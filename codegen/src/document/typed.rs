//! From plain values to the types of `openapiv3`.

use std::borrow::Cow;

use openapiv3::{OpenAPI, ReferenceOr};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_yaml::{Mapping, Value};

use super::bundle::at_mut;
use super::effective;
use super::fault::{Consequence, Fault};
use super::member::is_reference;
use super::origins::Origins;
use super::path_item::PathItem;
use super::{Reporter, codes, pointer};
use crate::diagnostic::Rejected;
use crate::left_out::LeftOut;
use crate::location::Trail;
use crate::threads::share_out;

/// The paths of a document, each with what is there.
pub type Paths = Vec<(String, ReferenceOr<PathItem>)>;

/// Parses the whole document, without the smallest nodes that fail by themselves.
pub fn parse(
    value: &mut Value,
    origins: &Origins,
    left_out: &mut Vec<LeftOut>,
    reporter: &mut Reporter<'_>,
) -> Result<(OpenAPI, Paths), Rejected> {
    loop {
        let error = match whole(value) {
            Ok(read) => return Ok(read),
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

/// The types of paths and of schemas are read one by one, since those of `openapiv3` would first copy all that is around them.
fn whole(value: &mut Value) -> Result<(OpenAPI, Paths), serde_yaml::Error> {
    let mut parts = APART.map(|at| {
        let part = at_mut(value, at).and_then(Value::as_mapping_mut);
        part.map(std::mem::take)
    });
    let read = OpenAPI::deserialize(&*value).and_then(|mut openapi| {
        let [paths, schemas, responses, ..] = &parts;
        let paths = read_paths(paths.iter().flatten(), &mut openapi)?;
        let schemas = Vec::from_iter(schemas.iter().flatten());
        let read = share_out(&schemas, |(name, schema)| {
            reference_or(schema).map(|schema| (text(name), schema))
        });
        if let Some(components) = &mut openapi.components {
            components.schemas = read.into_iter().collect::<Result<_, _>>()?;
            let read = responses.iter().flatten().map(|(name, response)| {
                let response = reference_or(&effective::of_response(response));
                response.map(|response| (text(name), response))
            });
            components.responses = read.collect::<Result<_, _>>()?;
        }
        Ok((openapi, paths))
    });
    for (at, part) in APART.into_iter().zip(&mut parts) {
        if let (Some(slot), Some(part)) = (at_mut(value, at), part.take()) {
            *slot = part.into();
        }
    }
    read
}

/// The parts of a document that are nearly all of it, and those that have no effect on the crate or hold such.
const APART: [&str; 5] = [
    "/paths",
    "/components/schemas",
    "/components/responses",
    effective::COMPONENTS[0],
    effective::COMPONENTS[1],
];

fn read_paths<'v>(
    paths: impl Iterator<Item = (&'v Value, &'v Value)>,
    openapi: &mut OpenAPI,
) -> Result<Paths, serde_yaml::Error> {
    let is_extension = |path: &Value| path.as_str().is_some_and(|path| path.starts_with("x-"));
    let (extensions, paths): (Vec<_>, Vec<_>) = paths.partition(|(path, _)| is_extension(path));
    for (name, extension) in extensions {
        let extension = serde_json::Value::deserialize(extension)?;
        openapi.paths.extensions.insert(text(name), extension);
    }
    let read = share_out(&paths, |(path, item)| {
        let item = effective::of_item(item);
        reference_or(&item).map(|item| (text(path), item))
    });
    read.into_iter().collect()
}

fn text(key: &Value) -> String {
    key.as_str().unwrap_or_default().to_owned()
}

/// As `openapiv3` reads it, which would copy it first.
fn reference_or<T: DeserializeOwned>(value: &Value) -> Result<ReferenceOr<T>, serde_yaml::Error> {
    if is_reference(value) {
        ReferenceOr::deserialize(value)
    } else {
        T::deserialize(value).map(ReferenceOr::Item)
    }
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

/// Why a node of known type does not parse, if it does not. What is no mapping has one of these names by chance, such as what a
/// link passes on.
fn fails(at: &str, value: &Value) -> Option<String> {
    if !value.is_mapping() {
        return None;
    }
    let mut tokens: Vec<Cow<'_, str>> = pointer::tokens(at).collect();
    let last = tokens.pop()?;
    let parent = tokens.last().map_or("", |token| token);
    match (parent, last.as_ref()) {
        ("schemas" | "properties", _) | (_, "schema" | "items") => {
            error::<openapiv3::Schema>(value)
        }
        ("parameters", _) => error::<openapiv3::Parameter>(value),
        ("responses", _) => error::<openapiv3::Response>(&effective::of_response(value)),
        ("securitySchemes", _) => error::<openapiv3::SecurityScheme>(value),
        (_, "get" | "put" | "post" | "delete" | "patch" | "head" | "options" | "trace") => {
            error::<openapiv3::Operation>(&effective::of_operation(value))
        }
        _ => None,
    }
}

fn error<T: DeserializeOwned>(value: &Value) -> Option<String> {
    if value.get("$ref").is_some() {
        return None;
    }
    T::deserialize(value).err().map(|error| error.to_string())
}
