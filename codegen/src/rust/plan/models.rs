//! Models: which there are, in which files, and what sets off lints in them.

use std::collections::BTreeMap;

use super::operations::is_disallowed;
use super::value_types::is_complex;
use super::{Plan, imports};
use crate::api::{Origin, Shape, TypeId};
use crate::policy::TypePolicy;
use crate::rust::names::{Scope, module};
use crate::rust::signature::Lint;
use crate::rust::{Additional, Item, ModelFile, OtherName, Ty};
use crate::threads::share_out;

/// How many arguments a function may have before clippy warns of it.
pub(super) const MOST_ARGUMENTS: usize = 7;

impl Plan<'_> {
    /// One file for each component, with the inline models that belong to it.
    pub(super) fn models(&self) -> Vec<ModelFile> {
        let mut files: BTreeMap<&String, Vec<TypeId>> = BTreeMap::new();
        for (id, owner) in self.names.keys().map(|&id| (id, self.owner(id))) {
            files.entry(owner).or_default().push(id);
        }
        let mut scope = Scope::reserving(["models"]);
        let mut others: BTreeMap<&String, Vec<TypeId>> = BTreeMap::new();
        for &id in self.others.keys() {
            others
                .entry(self.owner(self.api.resolved(id)))
                .or_default()
                .push(id);
        }
        let mut list = Vec::new();
        for (id, name) in &self.literals {
            let items = Vec::from_iter(self.literal(*id, name).map(Item::Struct));
            list.push(ModelFile {
                module: scope.claim(module(name)),
                imports: imports::of_models(&items, &[]),
                allow: file_lints(&items),
                others: Vec::new(),
                features: Vec::new(),
                items,
            });
        }
        let files = files.into_iter().map(|(owner, mut ids)| {
            // The owner first, then its parts in the order of the document.
            ids.sort_by_key(|id| (self.names[id] != *owner, *id));
            let others = others.remove(owner).unwrap_or_default();
            (scope.claim(module(owner)), ids, others)
        });
        let files: Vec<_> = files.collect();
        list.extend(share_out(&files, |(module, ids, others)| {
            let items: Vec<Item> = ids.iter().map(|id| self.item(*id)).collect();
            let others: Vec<OtherName> = others.iter().map(|id| self.other_name(*id)).collect();
            ModelFile {
                module: module.clone(),
                imports: imports::of_models(&items, &others),
                allow: file_lints(&items),
                features: Vec::new(),
                items,
                others,
            }
        }));
        list
    }

    /// The name of the model that an inline model is written beside.
    fn owner(&self, id: TypeId) -> &String {
        let mut owner = id;
        let mut at = id;
        loop {
            at = match self.api.ty(at).origin {
                Origin::Property { of, .. }
                | Origin::Items { of }
                | Origin::Values { of }
                | Origin::Variant { of, .. }
                | Origin::Base { of }
                | Origin::Part { of } => of,
                _ => return &self.names[&owner],
            };
            let model = self.api.resolved(at);
            if self.names.contains_key(&model) {
                owner = model;
            }
        }
    }

    fn other_name(&self, id: TypeId) -> OtherName {
        OtherName {
            of: self.names[&self.api.resolved(id)].clone(),
            item: self.item(id),
        }
    }

    pub(super) fn own_name(&self, id: TypeId) -> String {
        self.model_name(id).cloned().unwrap_or_default()
    }

    fn item(&self, id: TypeId) -> Item {
        let stated = self.sharing.stated.get(&id);
        match stated.unwrap_or(&self.api.ty(id).shape) {
            Shape::Object(object) => Item::Struct(self.structure(id, object)),
            Shape::Enumeration(values) => Item::Enum(self.enumeration(id, values)),
            Shape::Union(union) => Item::Union(self.union(id, union)),
            other => unreachable!("only objects, enumerations and unions are models: {other:?}"),
        }
    }

    /// A list of names that the policy has for a component.
    pub(super) fn stated_names<T: Clone>(
        &self,
        id: TypeId,
        list: fn(&TypePolicy) -> &Vec<T>,
    ) -> Vec<T> {
        let Origin::Component(name) = &self.api.ty(id).origin else {
            return Vec::new();
        };
        let mut types = self.policy.types.iter();
        let policy = types.find(|(known, _)| known.get_ref() == name);
        policy
            .map(|(_, policy)| list(policy).clone())
            .unwrap_or_default()
    }
}

/// Of the types that a file of models names, and of its fields, which are variables where a model is read.
pub(super) fn file_lints(items: &[Item]) -> Vec<Lint> {
    let complex = items.iter().any(|item| match item {
        Item::Struct(item) => {
            // The type that holds them counts as one more around them.
            let held = |values: &Additional| is_complex(&Ty::Vec(Box::new(values.ty.clone())));
            item.fields.iter().any(|field| is_complex(&field.ty))
                || item.additional.as_ref().is_some_and(held)
        }
        Item::Union(item) => item.variants.iter().any(|variant| is_complex(&variant.ty)),
        Item::Enum(_) => false,
    });
    let disallowed = items.iter().any(|item| match item {
        Item::Struct(item) => item.fields.iter().any(|field| is_disallowed(&field.name)),
        _ => false,
    });
    let lints = [
        (complex, Lint::TypeComplexity),
        (disallowed, Lint::DisallowedNames),
    ];
    let set_off = lints.into_iter().filter(|(is_set_off, _)| *is_set_off);
    set_off.map(|(_, lint)| lint).collect()
}
