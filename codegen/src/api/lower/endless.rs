//! Objects that cannot be without another of their kind, and so on without end.

use std::collections::HashSet;

use super::Lowering;
use crate::api::components::components;
use crate::api::{Api, Shape, TypeId};
use crate::diagnostic::Diagnostic;
use crate::document::codes::REPAIRED;

impl Lowering<'_> {
    /// No value has what each of its kind has to have: whoever wrote that meant what may be missing.
    pub(super) fn end_what_is_endless(&mut self, api: &mut Api) {
        for (of, index) in endless(api) {
            let Shape::Object(object) = &mut api.types[of.0].shape else {
                continue;
            };
            let property = &mut object.properties[index];
            property.required = false;
            let name = &property.name;
            let message = format!(
                "`{name}` is required of each such object, without end: it is read as if it were not required"
            );
            let help = format!("leave `{name}` out of `required`, or let it be null");
            let diagnostic = Diagnostic::warning(REPAIRED, message).help(&help);
            self.reporter.at(diagnostic, &property.location);
        }
    }
}

/// The properties, by their objects and their places in these, that lead back to the object by what is required alone.
fn endless(api: &Api) -> Vec<(TypeId, usize)> {
    let needs: Vec<Vec<(usize, TypeId)>> = api.type_ids().map(|id| needs(api, id)).collect();
    let edges = needs
        .iter()
        .map(|needs| needs.iter().map(|(_, of)| *of).collect());
    let edges: Vec<Vec<TypeId>> = edges.collect();
    let roots: Vec<TypeId> = api
        .type_ids()
        .filter(|id| !edges[id.0].is_empty())
        .collect();
    let mut found = Vec::new();
    for circle in components(&roots, &edges) {
        let circle: HashSet<TypeId> = HashSet::from_iter(circle);
        for &of in &circle {
            let within = needs[of.0].iter().filter(|(_, to)| circle.contains(to));
            found.extend(within.map(|(index, _)| (of, *index)));
        }
    }
    found.sort();
    found
}

/// The objects that a value of an object has to have.
fn needs(api: &Api, id: TypeId) -> Vec<(usize, TypeId)> {
    let Shape::Object(object) = &api.ty(id).shape else {
        return Vec::new();
    };
    let properties = object.properties.iter().enumerate();
    let required = properties.filter(|(_, property)| property.required);
    let needed = required.filter_map(|(index, property)| Some((index, needed(api, property.ty)?)));
    needed.collect()
}

/// The object that a schema is, unless null does as well.
fn needed(api: &Api, mut id: TypeId) -> Option<TypeId> {
    loop {
        let ty = api.ty(id);
        match ty.shape {
            _ if ty.nullable => return None,
            Shape::Alias(next) => id = next,
            Shape::Object(_) => return Some(id),
            _ => return None,
        }
    }
}
