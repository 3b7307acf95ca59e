//! The names of the models.

use std::cmp::Reverse;
use std::collections::HashMap;

use toml::Spanned;

use super::outcome_words::status_word;
use super::{Plan, key};
use crate::api::{Object, Origin, Shape, TypeId};
use crate::location::FileId;
use crate::lock::Kind;
use crate::policy;
use crate::rust::Decode;
use crate::rust::names::{Scope, pascal};
use crate::rust::reserved::MODEL_TYPES;

/// How many alternatives are held against one to name it.
const MOST_SIBLINGS: usize = 100;

impl Plan<'_> {
    /// Those that the policy names, then those that have a name already; of the others components first, so that no inline
    /// schema takes a component's name.
    pub(super) fn name_types(&mut self) {
        self.check_type_policies();
        let mut scope = Scope::reserving(MODEL_TYPES);
        let mut models: Vec<TypeId> = self.api.type_ids().collect();
        models.retain(|id| {
            self.is_model(*id) && (self.sent.contains(id) || self.received.contains(id))
        });
        let others = self.other_names();
        models.extend(others.iter().copied());
        let keys = self.type_keys(&models);
        self.name_pinned(&models, &keys, &mut scope);
        // Where one became several, the name stays with what most places have.
        let mut kept_first = models.clone();
        kept_first.sort_by_key(|id| (Reverse(keys[id].len()), *id));
        for id in &kept_first {
            let mut kept = keys[id].iter();
            let kept = kept.find_map(|key| self.kept.kept(Kind::Type, key));
            if let Some(kept) = kept.filter(|_| !self.names.contains_key(id))
                && scope.claim_exactly(kept)
            {
                self.names.insert(*id, kept.to_owned());
            }
        }
        let is_component = |id: &TypeId| matches!(self.api.ty(*id).origin, Origin::Component(_));
        let (components, inline): (Vec<TypeId>, Vec<TypeId>) =
            models.iter().partition(|id| is_component(id));
        let mut natural = HashMap::new();
        for id in components.into_iter().chain(inline) {
            if !self.names.contains_key(&id) {
                let name = self.natural_name(id, &mut natural);
                let name = scope.claim_first([name.clone(), format!("{name}Model")]);
                self.names.insert(id, name);
            }
        }
        for id in &models {
            if self.pin(*id).is_some() {
                continue;
            }
            for key in &keys[id] {
                self.kept.record(Kind::Type, key, &self.names[id]);
            }
        }
        for id in others {
            let first = self.names[&self.api.resolved(id)].clone();
            let name = self.names.remove(&id).unwrap_or_default();
            self.first_names.insert(name.clone(), first);
            self.others.insert(id, name);
        }
        self.claim_former_names(&mut scope);
    }

    /// Components that mean the same as another, and are more names of it.
    fn other_names(&self) -> Vec<TypeId> {
        let mut others = Vec::new();
        for (one, members) in &self.sharing.members {
            let first = &self.api.ty(*one).origin;
            let is_used = |id: &&TypeId| self.sent.contains(id) || self.received.contains(id);
            for id in members.iter().filter(is_used) {
                let own = &self.api.ty(*id).origin;
                // A schema of its own was made of the first component.
                if matches!(own, Origin::Component(_)) && own != first {
                    others.push(*id);
                }
            }
        }
        others
    }

    /// A name of the policy is another's only if the policy names that one, too.
    fn name_pinned(
        &mut self,
        models: &[TypeId],
        keys: &HashMap<TypeId, Vec<String>>,
        scope: &mut Scope,
    ) {
        let mut owners: HashMap<String, &str> = HashMap::new();
        for id in models.iter().filter(|id| self.pin(**id).is_none()) {
            let mut kept = keys[id].iter();
            let kept = kept.find_map(|key| self.kept.kept(Kind::Type, key));
            let kept = kept.map(str::to_owned);
            let own = match &self.api.ty(*id).origin {
                Origin::Component(name) => Some(pascal(name)),
                _ => None,
            };
            if let Some(name) = kept.or(own) {
                owners.entry(name).or_insert(&keys[id][0]);
            }
        }
        for id in models {
            let Some(pin) = self.pin(*id) else { continue };
            let name = pascal(pin.get_ref());
            let owner = owners.insert(name.clone(), &keys[id][0]);
            if scope.claim_exactly(&name) && owner.is_none() {
                self.names.insert(*id, name);
                continue;
            }
            let (message, help) = match owner {
                Some(owner) => (
                    format!(
                        "`{name}` is the name of `{owner}`, and cannot be that of `{}`",
                        keys[id][0]
                    ),
                    "give it another name, or name the other schema, too",
                ),
                None => (
                    format!("`{name}` is a name of Rust or of the crate itself"),
                    "give it another name",
                ),
            };
            self.policy_error(policy::INVALID, &message, pin.span(), help);
        }
    }

    /// What the lock calls each: the places in the document, which are the same as long as those stay.
    fn type_keys(&self, models: &[TypeId]) -> HashMap<TypeId, Vec<String>> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut keys = HashMap::new();
        for id in models {
            let mut places = Vec::new();
            for place in std::iter::once(*id).chain(self.copies(*id)) {
                let key = self.type_key(place);
                if places.contains(&key) {
                    continue;
                }
                let count = seen.entry(key.clone()).or_default();
                *count += 1;
                places.push(match count {
                    1 => key,
                    count => format!("{key} ({count})"),
                });
            }
            keys.insert(*id, places);
        }
        keys
    }

    /// The schemas that are written out elsewhere and lead to this one.
    pub(super) fn copies(&self, id: TypeId) -> impl Iterator<Item = TypeId> {
        let members = self.sharing.members.get(&id).into_iter().flatten();
        let is_component = |id: &TypeId| matches!(self.api.ty(*id).origin, Origin::Component(_));
        members.copied().filter(move |id| !is_component(id))
    }

    fn type_key(&self, id: TypeId) -> String {
        let ty = self.api.ty(id);
        if let Origin::Base { of } = ty.origin {
            return self.type_key(of) + " by itself";
        }
        if ty.location.file == FileId::default() {
            return format!("#{}", &*ty.location.pointer);
        }
        // In another file: by what it is in the document as one.
        match &ty.origin {
            Origin::Component(name) => format!("#/components/schemas/{name}"),
            Origin::Property { of, name } => self.type_key(*of) + "/properties/" + name,
            Origin::Items { of } => self.type_key(*of) + "/items",
            Origin::Values { of } => self.type_key(*of) + "/additionalProperties",
            Origin::Variant { of, index, .. } => format!("{}/variants/{index}", self.type_key(*of)),
            Origin::Part { of } | Origin::Base { of } => self.type_key(*of),
            Origin::Parameter { operation, name } => {
                format!("{} parameter {name}", key(self.operation(*operation)))
            }
            Origin::RequestBody { operation } => {
                format!("{} request", key(self.operation(*operation)))
            }
            Origin::Response { operation, status } => {
                format!("{} response {status}", key(self.operation(*operation)))
            }
        }
    }

    /// What a model is called where the schema stands for it.
    pub(super) fn model_name(&self, id: TypeId) -> Option<&String> {
        self.chain_ids(id)
            .find_map(|id| self.others.get(&id).or_else(|| self.names.get(&id)))
    }

    /// A name of the past goes on working only if no other model has it now.
    fn claim_former_names(&mut self, scope: &mut Scope) {
        let policy = self.policy;
        let mut ids: Vec<TypeId> = self
            .names
            .keys()
            .chain(self.others.keys())
            .copied()
            .collect();
        ids.sort();
        for id in ids {
            let names = self.stated_names(id, |policy| &policy.former);
            for name in &names {
                let fine = pascal(name.get_ref()) == *name.get_ref();
                if !fine || scope.claim(name.get_ref().clone()) != *name.get_ref() {
                    let message =
                        format!("`{}` cannot be the former name of a model", name.get_ref());
                    let help = "write a name in PascalCase that no model of the crate has";
                    policy.report(
                        policy::INVALID,
                        &message,
                        Some(name.span()),
                        help,
                        self.diagnostics,
                    );
                }
            }
            let names: Vec<String> = names.into_iter().map(|name| name.into_inner()).collect();
            self.former.insert(id, names);
        }
    }

    /// Whether the schema becomes a type of the crate.
    pub(super) fn is_model(&self, id: TypeId) -> bool {
        match &self.api.ty(id).shape {
            Shape::Object(_) | Shape::Enumeration(_) => true,
            Shape::Union(union) => !self.is_text(union),
            _ => false,
        }
    }

    /// A choice between strings is a string.
    pub(super) fn is_text(&self, union: &crate::api::Union) -> bool {
        union.variants.iter().all(|variant| {
            matches!(
                self.shape(variant.ty),
                Shape::String(_) | Shape::Enumeration(_)
            )
        })
    }

    /// The name that the schema's place suggests.
    fn natural_name(&self, id: TypeId, known: &mut HashMap<TypeId, String>) -> String {
        if let Some(name) = known.get(&id) {
            return name.clone();
        }
        let ty = self.api.ty(id);
        let name = match &ty.origin {
            Origin::Component(name) => self.component_name(name),
            Origin::Property { of, name } => self.natural_name(*of, known) + &pascal(name),
            Origin::Items { of } => self.natural_name(*of, known) + "Item",
            Origin::Values { of } => self.natural_name(*of, known) + "Value",
            Origin::Part { of } => self.natural_name(*of, known),
            Origin::Base { of } => self.natural_name(*of, known) + "Base",
            Origin::Variant { of, index, .. } => {
                self.natural_name(*of, known) + &self.variant_suffix(id, *index)
            }
            Origin::Parameter { operation, name } => {
                self.operation_name(*operation) + &pascal(name)
            }
            Origin::RequestBody { operation } => self.operation_name(*operation) + "Body",
            Origin::Response { operation, status } => {
                let name = || self.operation_name(*operation);
                match self.failure_name(id) {
                    Some(name) => name,
                    None if self.returns_choice(*operation) => name() + &status_word(*status),
                    None => name() + "Response",
                }
            }
        };
        known.insert(id, name.clone());
        name
    }

    /// What distinguishes an inline variant from the others: its title, or the first property that it
    /// requires and not all others do, or that only it has; its number would change when another
    /// variant is put before it.
    pub(super) fn variant_suffix(&self, id: TypeId, index: usize) -> String {
        let ty = self.api.ty(id);
        if let Origin::Variant {
            named: Some(name), ..
        } = &ty.origin
        {
            return pascal(name);
        }
        if !ty.docs.title.is_empty() {
            return pascal(&ty.docs.title);
        }
        match self.telling_property(id) {
            Some(name) => format!("With{}", pascal(name)),
            None => format!("Variant{}", index + 1),
        }
    }

    fn telling_property(&self, id: TypeId) -> Option<&str> {
        let own = self.object(id)?;
        let others = self.siblings(id);
        let has = |object: &Object, name: &str, required: bool| {
            let mut properties = object.properties.iter();
            properties.any(|p| p.name == name && (p.required || !required))
        };
        let required = || own.properties.iter().filter(|p| p.required);
        let distinctive = required().find(|p| !others.iter().all(|o| has(o, &p.name, true)));
        let only = || {
            let mut properties = own.properties.iter();
            properties.find(|p| !others.iter().any(|o| has(o, &p.name, false)))
        };
        let property = distinctive.or_else(only).or_else(|| required().next());
        property.map(|property| property.name.as_str())
    }

    /// The other objects that a value may be in place of this one.
    fn siblings(&self, id: TypeId) -> Vec<&Object> {
        let Origin::Variant { of, .. } = self.api.ty(id).origin else {
            return Vec::new();
        };
        let Shape::Union(union) = self.shape(of) else {
            return Vec::new();
        };
        let others = union.variants.iter().filter(|variant| variant.ty != id);
        let others = others.take(MOST_SIBLINGS);
        others
            .filter_map(|variant| self.object(variant.ty))
            .collect()
    }

    fn component_name(&self, name: &str) -> String {
        match self.pinned_name(name) {
            Some(renamed) => pascal(renamed.get_ref()),
            None => pascal(name),
        }
    }

    fn pinned_name(&self, component: &str) -> Option<&'_ Spanned<String>> {
        let mut policies = self.policy.types.iter();
        let policy = policies.find(|(known, _)| known.get_ref() == component);
        policy.and_then(|(_, policy)| policy.name.as_ref())
    }

    /// The name that the policy gives.
    fn pin(&self, id: TypeId) -> Option<Spanned<String>> {
        match &self.api.ty(id).origin {
            Origin::Component(name) => self.pinned_name(name).cloned(),
            _ => None,
        }
    }

    /// Whether what the operation returns is one of several.
    fn returns_choice(&self, operation: usize) -> bool {
        let position = self
            .operations
            .binary_search_by_key(&operation, |(index, _)| *index);
        position.is_ok_and(|at| self.operations[at].1.returned.decode == Decode::Outcomes)
    }

    pub(super) fn operation_name(&self, operation: usize) -> String {
        self.operation_names
            .get(&operation)
            .cloned()
            .unwrap_or_default()
    }

    fn check_type_policies(&mut self) {
        for name in self.policy.types.keys() {
            let known =
                |origin: &Origin| matches!(origin, Origin::Component(n) if n == name.get_ref());
            let mut types = self.api.types.iter().enumerate();
            let used = types.any(|(index, ty)| {
                known(&ty.origin)
                    && self.is_model(self.api.resolved(TypeId(index)))
                    && (self.sent.contains(&TypeId(index))
                        || self.received.contains(&TypeId(index)))
            });
            if !used {
                let message = format!("the crate has no model of a schema `{}`", name.get_ref());
                let help = "remove the table, or name a schema that an operation sends or returns";
                self.policy_error(policy::UNUSED, &message, name.span(), help);
            }
        }
    }
}
