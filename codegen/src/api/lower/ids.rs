//! Ids that paths have as integers and responses as texts.

use std::collections::{HashMap, HashSet};

use crate::api::{Api, Operation, Place, Shape, StringFormat, TypeId};
use crate::path_template;

/// What is read as a text goes into a path as it is: a caller would have to make a number of it. A path has a text anyway.
pub(super) fn are_read_as_texts(api: &mut Api) {
    let texts = read_as_texts(api);
    let mut found = Vec::new();
    for (at, operation) in api.operations.iter().enumerate() {
        for (index, parameter) in operation.parameters.iter().enumerate() {
            let is_integer =
                || matches!(api.ty(api.resolved(parameter.ty)).shape, Shape::Integer(_));
            if parameter.place == Place::Path
                && is_integer()
                && resource(&operation.path, &parameter.name)
                    .is_some_and(|path| texts.contains(&path))
            {
                found.push((at, index, parameter.ty));
            }
        }
    }
    for (at, index, stated) in found {
        let mut ty = api.ty(stated).clone();
        ty.shape = Shape::String(StringFormat::Plain);
        ty.limits = Default::default();
        api.types.push(ty);
        api.operations[at].parameters[index].ty = TypeId(api.types.len() - 1);
    }
}

/// The paths that end in an id which all responses of them that have it have as a text.
fn read_as_texts(api: &Api) -> HashSet<String> {
    let mut are_texts: HashMap<String, bool> = HashMap::new();
    for operation in &api.operations {
        let name = path_template::names(&operation.path).pop();
        let Some(name) = name.filter(|_| operation.path.ends_with('}')) else {
            continue;
        };
        for is_text in reads(api, operation, path_template::variable(name)) {
            let path = path_template::anonymous(&operation.path);
            *are_texts.entry(path).or_insert(true) &= is_text;
        }
    }
    let texts = are_texts.into_iter().filter(|(_, are_texts)| *are_texts);
    texts.map(|(path, _)| path).collect()
}

/// Whether each success that has the id has it as a text.
fn reads(api: &Api, operation: &Operation, name: &str) -> Vec<bool> {
    let outcomes = operation.outcomes.iter();
    let successes = outcomes.filter(|outcome| operation.is_success(outcome.status));
    let types = successes.filter_map(|outcome| outcome.body.as_ref()?.ty);
    let id = name.to_ascii_lowercase().ends_with("id").then_some("id");
    let read = types.filter_map(|ty| {
        let Shape::Object(object) = &api.ty(api.resolved(ty)).shape else {
            return None;
        };
        let named = |name: &str| object.properties.iter().find(|p| p.name == name);
        let property = named(name).or_else(|| named(id?))?;
        Some(matches!(
            api.ty(api.resolved(property.ty)).shape,
            Shape::String(_)
        ))
    });
    read.collect()
}

/// The path up to a parameter, where that is a segment by itself.
fn resource(path: &str, name: &str) -> Option<String> {
    let placeholder = format!("{{{name}}}");
    let end = path.find(&placeholder)? + placeholder.len();
    let (before, after) = path.split_at(end);
    (after.is_empty() || after.starts_with('/')).then(|| path_template::anonymous(before))
}
