//! Which schemas an API's schemas are made of: the one place that walks from schema to schema.

use std::collections::{HashMap, HashSet};

use super::{Additional, Api, Shape, StringFormat, TypeId};

impl Api {
    pub fn type_ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.types.len()).map(TypeId)
    }

    /// The bodies of webhooks.
    pub fn webhook_types(&self) -> impl Iterator<Item = TypeId> + use<'_> {
        let bodies = self.webhooks.iter().filter_map(|one| one.body.as_ref());
        bodies.flat_map(|body| body.content.iter().filter_map(|media| media.ty))
    }

    /// The schemas that a schema is directly made of.
    pub fn children(&self, id: TypeId) -> Vec<TypeId> {
        match &self.ty(id).shape {
            Shape::Alias(id) | Shape::Array(id) | Shape::Map(id) => vec![*id],
            Shape::Tuple(items) => items.clone(),
            Shape::Object(object) => {
                let additional = match object.additional {
                    Additional::Of(values) => Some(values),
                    Additional::Any | Additional::Forbidden => None,
                };
                let properties = object.properties.iter().map(|p| p.ty);
                properties.chain(additional).collect()
            }
            Shape::Union(union) => union.variants.iter().map(|v| v.ty).collect(),
            _ => Vec::new(),
        }
    }

    /// The schemas themselves and all that they are made of.
    pub fn reachable(&self, from: impl IntoIterator<Item = TypeId>) -> HashSet<TypeId> {
        closure(from, |id| self.children(id))
    }

    /// The schemas themselves and all that are made of one of them.
    pub fn reaching(&self, to: impl IntoIterator<Item = TypeId>) -> HashSet<TypeId> {
        self.reaching_through(to, |_| true)
    }

    /// The schemas whose values must not be seen, or hold one that must not and has no name of its own.
    pub fn sensitive(&self) -> HashSet<TypeId> {
        let hidden = self.type_ids().filter(|id| {
            let ty = self.ty(*id);
            let is_password = |format: &StringFormat| format.name() == "password";
            ty.sensitive || matches!(&ty.shape, Shape::String(format) if is_password(format))
        });
        self.reaching_through(hidden, |shape| !matches!(shape, Shape::Object(_)))
    }

    fn reaching_through(
        &self,
        to: impl IntoIterator<Item = TypeId>,
        passes: impl Fn(&Shape) -> bool,
    ) -> HashSet<TypeId> {
        let mut parents: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
        for id in self.type_ids().filter(|id| passes(&self.ty(*id).shape)) {
            for child in self.children(id) {
                parents.entry(child).or_default().push(id);
            }
        }
        closure(to, |id| parents.get(&id).cloned().unwrap_or_default())
    }
}

fn closure(
    start: impl IntoIterator<Item = TypeId>,
    next: impl Fn(TypeId) -> Vec<TypeId>,
) -> HashSet<TypeId> {
    let mut pending: Vec<TypeId> = start.into_iter().collect();
    let mut found = HashSet::new();
    while let Some(id) = pending.pop() {
        if found.insert(id) {
            pending.extend(next(id));
        }
    }
    found
}
