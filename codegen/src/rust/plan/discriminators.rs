//! What tells the variants of a union apart.

use std::collections::BTreeSet;

use super::Plan;
use crate::api::{Object, Shape, TypeId, Union};

impl Plan<'_> {
    /// The property that tells the variants apart, and its values for each: as the document states
    /// it, or else a property that every variant requires with values of its own.
    pub(super) fn discriminator(&self, union: &Union) -> (Option<String>, Vec<Vec<String>>) {
        if let Some(property) = &union.discriminator {
            let tags = union.variants.iter().map(|variant| {
                if variant.tags.is_empty() {
                    self.listed(variant.ty, property).unwrap_or_default()
                } else {
                    variant.tags.clone()
                }
            });
            return (Some(property.clone()), tags.collect());
        }
        let first = union
            .variants
            .first()
            .and_then(|variant| self.object(variant.ty));
        let candidates = first.into_iter().flat_map(|object| &object.properties);
        for property in candidates.filter(|property| property.required) {
            let tags: Option<Vec<Vec<String>>> = union
                .variants
                .iter()
                .map(|variant| self.listed(variant.ty, &property.name))
                .collect();
            if let Some(tags) = tags.filter(|tags| are_disjoint(tags)) {
                return (Some(property.name.clone()), tags);
            }
        }
        (None, vec![Vec::new(); union.variants.len()])
    }

    /// How many properties a value of the schema must have.
    pub(super) fn required_count(&self, id: TypeId) -> usize {
        let object = self.object(id);
        object.map_or(0, |object| {
            object.properties.iter().filter(|p| p.required).count()
        })
    }

    /// The values that a variant lists for a property that it requires.
    fn listed(&self, id: TypeId, name: &str) -> Option<Vec<String>> {
        let object = self.object(id)?;
        let property = object
            .properties
            .iter()
            .find(|p| p.name == name && p.required)?;
        match self.shape(property.ty) {
            Shape::Enumeration(values) => Some(values.clone()),
            _ => None,
        }
    }

    fn object(&self, id: TypeId) -> Option<&Object> {
        match self.shape(id) {
            Shape::Object(object) => Some(object),
            _ => None,
        }
    }
}

fn are_disjoint(lists: &[Vec<String>]) -> bool {
    let mut seen = BTreeSet::new();
    lists.iter().flatten().all(|value| seen.insert(value))
}
