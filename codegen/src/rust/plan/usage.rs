//! Which types requests carry, and which responses do.

use std::collections::{HashMap, HashSet};

use super::Plan;
use super::representation::BodyKind;
use crate::api::{Api, Operation, Shape, TypeId};

impl Plan<'_> {
    pub(super) fn find_usage(&mut self) {
        let mut sent = Vec::new();
        let mut received = Vec::new();
        for (index, representation) in &self.operations {
            sent.extend(self.operation(*index).parameters.iter().map(|p| p.ty));
            if let Some(BodyKind::Json(ty) | BodyKind::Form(ty)) = representation.body {
                sent.extend(ty);
            }
            received.extend(representation.output);
        }
        self.find_deprecated();
        self.sent = reachable(self.api, sent);
        self.received = reachable(self.api, received);
    }

    /// Whether a call of the operation names something that is deprecated.
    pub(super) fn call_is_deprecated(&self, operation: &Operation) -> bool {
        let bodies = operation.body.iter().flat_map(|body| body.content.iter());
        let mut types = operation
            .parameters
            .iter()
            .map(|p| p.ty)
            .chain(bodies.filter_map(|m| m.ty));
        operation.deprecated
            || operation.parameters.iter().any(|p| p.deprecated)
            || types.any(|id| self.deprecated_within.contains(&id))
    }

    /// The schemas that are deprecated or made of what is.
    fn find_deprecated(&mut self) {
        let mut parents: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
        let ids = || (0..self.api.types.len()).map(TypeId);
        for id in ids() {
            for child in children(self.api, id) {
                parents.entry(child).or_default().push(id);
            }
        }
        let mut pending: Vec<TypeId> = ids().filter(|id| self.api.ty(*id).deprecated).collect();
        while let Some(id) = pending.pop() {
            if self.deprecated_within.insert(id) {
                pending.extend(parents.get(&id).into_iter().flatten());
            }
        }
    }
}

/// The schemas themselves and all that they are made of.
fn reachable(api: &Api, mut pending: Vec<TypeId>) -> HashSet<TypeId> {
    let mut found = HashSet::new();
    while let Some(id) = pending.pop() {
        if found.insert(id) {
            pending.extend(children(api, id));
        }
    }
    found
}

/// The schemas that a schema is directly made of.
pub(super) fn children(api: &Api, id: TypeId) -> Vec<TypeId> {
    match &api.ty(id).shape {
        Shape::Alias(id) | Shape::Array(id) | Shape::Map(id) => vec![*id],
        Shape::Object(object) => object.properties.iter().map(|p| p.ty).collect(),
        Shape::Union(union) => union.variants.iter().map(|v| v.ty).collect(),
        _ => Vec::new(),
    }
}
