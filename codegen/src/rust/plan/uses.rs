//! What operations and unions have schemas for, which distinguishes those that are alike.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::api::{Api, Shape, TypeId};

/// What operations have a schema for.
pub(super) struct Uses {
    /// How many bodies it is, by [`TypeId`].
    pub(super) bodies: Vec<usize>,
    /// The objects that only are what is sent, whose properties are arguments: nobody sees their names.
    pub(super) unseen: HashSet<TypeId>,
}

impl Uses {
    pub(super) fn of(api: &Api) -> Self {
        let mut bodies = vec![0; api.types.len()];
        let mut unseen = HashSet::new();
        let operations = || api.operations.iter();
        let sent = operations().flat_map(|one| one.body.iter().flat_map(|body| &body.content));
        for id in sent.filter_map(|media| media.ty) {
            bodies[id.0] += 1;
            unseen.extend(has_properties(api, id).then(|| api.resolved(id)));
        }
        let received = operations().flat_map(|one| &one.outcomes);
        let received = received.filter_map(|outcome| outcome.body.as_ref()?.ty);
        for id in received {
            bodies[id.0] += 1;
            unseen.remove(&api.resolved(id));
        }
        let parts = api.type_ids().flat_map(|id| match api.ty(id).shape {
            Shape::Alias(_) => Vec::new(),
            _ => api.children(id),
        });
        for id in parts.chain(api.webhook_types()) {
            unseen.remove(&api.resolved(id));
        }
        Self { bodies, unseen }
    }
}

fn has_properties(api: &Api, id: TypeId) -> bool {
    let shape = &api.ty(api.resolved(id)).shape;
    matches!(shape, Shape::Object(object) if !object.properties.is_empty())
}

/// By which texts of which properties unions know an alternative.
pub(super) type Tags = BTreeSet<(String, Vec<String>)>;

/// The schemas that are alternatives of unions.
pub(super) fn alternatives(api: &Api) -> HashSet<TypeId> {
    let unions = api.types.iter().filter_map(|ty| match &ty.shape {
        Shape::Union(union) => Some(union),
        _ => None,
    });
    let variants = unions.flat_map(|union| &union.variants);
    variants.map(|variant| api.resolved(variant.ty)).collect()
}

/// For each alternative by what unions know it, as the document states it.
pub(super) fn tags(api: &Api) -> HashMap<TypeId, Tags> {
    let mut tags: HashMap<TypeId, Tags> = HashMap::new();
    for ty in &api.types {
        let Shape::Union(union) = &ty.shape else {
            continue;
        };
        let Some(property) = &union.discriminator else {
            continue;
        };
        for variant in union.variants.iter().filter(|one| !one.tags.is_empty()) {
            let own = tags.entry(api.resolved(variant.ty)).or_default();
            own.insert((property.clone(), variant.tags.clone()));
        }
    }
    tags
}
