//! The names of the models.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use toml::Spanned;

use super::long_names::{LONGEST, shortened};
use super::{NAME, Plan, key};
use crate::api::{Api, Origin, Shape, TypeId};
use crate::diagnostic::Diagnostic;
use crate::location::FileId;
use crate::lock::Kind;
use crate::policy;
use crate::rust::Decode;
use crate::rust::names::{Scope, pascal};
use crate::rust::reserved::MODEL_TYPES;
use crate::threads::share_out;

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
        self.name_kept(&models, &keys, &mut scope);
        self.name_components(&models, &mut scope);
        self.name_alternatives();
        self.check_renames();
        self.name_literals(&mut scope);
        self.name_inline(&models, &mut scope);
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

    /// As the author calls them, unless that is longer than a line takes and something shorter is free.
    fn name_components(&mut self, models: &[TypeId], scope: &mut Scope) {
        let mut long = Vec::new();
        for id in models {
            let Origin::Component(stated) = &self.api.ty(*id).origin else {
                continue;
            };
            let name = self.component_name(stated);
            if self.names.contains_key(id) {
                continue;
            }
            if name.len() > LONGEST {
                let mut names = shortened(stated);
                names.push(name);
                long.push((*id, names));
            } else {
                let name = scope.claim_first([name.clone(), format!("{name}Model")]);
                self.names.insert(*id, name);
            }
        }
        self.claim_first(long, scope);
    }

    /// By the words of their places; those within an alternative after the union that it is of.
    fn name_inline(&mut self, models: &[TypeId], scope: &mut Scope) {
        let mut by_depth: BTreeMap<usize, Vec<TypeId>> = BTreeMap::new();
        for id in models.iter().filter(|id| !self.names.contains_key(id)) {
            by_depth
                .entry(self.alternatives_around(*id))
                .or_default()
                .push(*id);
        }
        for ids in by_depth.into_values() {
            let suggestions = share_out(&ids, |id| (*id, self.suggestions(*id)));
            self.claim_first(suggestions, scope);
        }
    }

    /// How many alternatives the schema is within, itself included.
    fn alternatives_around(&self, mut id: TypeId) -> usize {
        let mut count = 0;
        loop {
            id = match self.api.ty(id).origin {
                Origin::Variant { of, .. } => {
                    count += 1;
                    of
                }
                Origin::Property { of, .. }
                | Origin::Items { of }
                | Origin::Values { of }
                | Origin::Base { of }
                | Origin::Part { of } => of,
                _ => return count,
            };
        }
    }

    /// Gives each the first of its names that no other of them wants as much, and that is free.
    fn claim_first(&mut self, mut wanting: Vec<(TypeId, Vec<String>)>, scope: &mut Scope) {
        let longest = wanting.iter().map(|(_, names)| names.len()).max();
        for round in 0..longest.unwrap_or_default() {
            let mut wanted_by: HashMap<String, Vec<TypeId>> = HashMap::new();
            for (id, names) in &wanting {
                if let Some(name) = names.get(round) {
                    wanted_by.entry(name.to_lowercase()).or_default().push(*id);
                }
            }
            let owners = wanted_by.into_iter();
            let owners: HashMap<String, Option<TypeId>> = owners
                .map(|(name, ids)| (name, self.foremost(&ids)))
                .collect();
            wanting.retain(|(id, names)| {
                let wanted = names.get(round);
                let own = wanted.filter(|name| owners[&name.to_lowercase()] == Some(*id));
                let name = own.filter(|name| scope.claim_exactly(name));
                if let Some(name) = name {
                    self.names.insert(*id, name.clone());
                }
                name.is_none()
            });
        }
        for (id, names) in wanting {
            let last = names.last().cloned().unwrap_or_else(|| "Value".to_owned());
            self.names.insert(id, scope.claim(last));
        }
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

    /// Where one became several, the name stays with what most places have.
    fn name_kept(
        &mut self,
        models: &[TypeId],
        keys: &HashMap<TypeId, Vec<String>>,
        scope: &mut Scope,
    ) {
        let mut owners: HashMap<String, TypeId> = HashMap::new();
        let mut kept_first = models.to_vec();
        kept_first.sort_by_key(|id| (Reverse(keys[id].len()), *id));
        for id in kept_first {
            let mut kept = keys[&id].iter();
            let kept = kept.find_map(|key| self.kept.kept(Kind::Type, key));
            let Some(kept) = kept.filter(|_| !self.names.contains_key(&id)) else {
                continue;
            };
            let kept = kept.to_owned();
            if scope.claim_exactly(&kept) {
                owners.insert(kept.clone(), id);
                self.names.insert(id, kept);
            } else if let Some(owner) = owners.get(&kept) {
                let (owner, own) = (&keys[owner][0], &keys[&id][0]);
                let message = format!(
                    "the lock calls `{owner}` and `{own}` `{kept}`: the latter is named anew"
                );
                let help = "pin its name in the policy file if it should have another";
                let location = self.api.ty(id).location.clone();
                self.report(Diagnostic::note(NAME, message).help(help), &location);
            }
        }
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
                Origin::Component(name) => Some(self.component_name(name)),
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

    pub(super) fn type_key(&self, id: TypeId) -> String {
        type_key(self.api, id)
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

    pub(super) fn pinned_name(&self, component: &str) -> Option<&'_ Spanned<String>> {
        let mut policies = self.policy.types.iter();
        let policy = policies.find(|(known, _)| known.get_ref() == component);
        policy.and_then(|(_, policy)| policy.name.as_ref())
    }

    /// The name that the policy gives.
    fn pin(&self, id: TypeId) -> Option<Spanned<String>> {
        match &self.api.ty(id).origin {
            Origin::Component(name) => self.pinned_name(name).cloned(),
            _ => self.pinned_place(id).cloned(),
        }
    }

    /// That of a schema without a name of its own, by where it or a copy of it is.
    fn pinned_place(&self, id: TypeId) -> Option<&Spanned<String>> {
        let mut places = self.policy.types.iter();
        let mut places = places
            .by_ref()
            .filter(|(place, _)| is_place(place.get_ref()));
        places.find_map(|(place, policy)| {
            let mut all = std::iter::once(id).chain(self.copies(id));
            let found = all.any(|id| self.type_key(id) == *place.get_ref());
            policy.name.as_ref().filter(|_| found)
        })
    }

    /// Whether what the operation returns is one of several.
    pub(super) fn returns_choice(&self, operation: usize) -> bool {
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

    /// What the policy can name: components, or places.
    fn modeled(&self, places: bool) -> Vec<String> {
        let models = self.api.type_ids().filter(|id| {
            self.is_model(*id) && (self.sent.contains(id) || self.received.contains(id))
        });
        let mut found: Vec<String> = models
            .filter_map(|id| match &self.api.ty(id).origin {
                Origin::Component(name) => (!places).then(|| name.clone()),
                _ => places.then(|| self.type_key(id)),
            })
            .collect();
        found.sort();
        found
    }

    fn check_type_policies(&mut self) {
        for name in self.policy.types.keys() {
            let stated = name.get_ref();
            let place = is_place(stated);
            let mut types = self.api.types.iter().enumerate();
            let used = types.any(|(index, ty)| {
                let known = match &ty.origin {
                    Origin::Component(name) => name == stated,
                    _ => place && self.type_key(TypeId(index)) == *stated,
                };
                known
                    && self.is_model(self.api.resolved(TypeId(index)))
                    && (self.sent.contains(&TypeId(index))
                        || self.received.contains(&TypeId(index)))
            });
            if !used {
                let message = format!("the crate has no model of a schema `{}`", name.get_ref());
                let otherwise =
                    "remove the table, or name a schema that an operation sends or returns";
                let names = self.modeled(place);
                let help = self.meant(stated, &names, otherwise);
                self.policy_error(policy::UNUSED, &message, name.span(), &help);
            }
        }
    }
}

/// Whether the policy names a place rather than a component.
fn is_place(stated: &str) -> bool {
    stated.starts_with("#/")
}

/// By what a schema is known in the lock: its place.
pub(super) fn type_key(api: &Api, id: TypeId) -> String {
    let ty = api.ty(id);
    if let Origin::Base { of } = ty.origin {
        return type_key(api, of) + " by itself";
    }
    if ty.location.file == FileId::default() {
        return format!("#{}", &*ty.location.pointer);
    }
    // In another file: by what it is in the document as one.
    match &ty.origin {
        Origin::Component(name) => format!("#/components/schemas/{name}"),
        Origin::Property { of, name } => type_key(api, *of) + "/properties/" + name,
        Origin::Items { of } => type_key(api, *of) + "/items",
        Origin::Values { of } => type_key(api, *of) + "/additionalProperties",
        Origin::Variant { of, index, .. } => format!("{}/variants/{index}", type_key(api, *of)),
        Origin::Part { of } | Origin::Base { of } => type_key(api, *of),
        Origin::Parameter { operation, name } => {
            format!("{} parameter {name}", key(&api.operations[*operation]))
        }
        Origin::RequestBody { operation } => {
            format!("{} request", key(&api.operations[*operation]))
        }
        Origin::Response { operation, status } => {
            format!("{} response {status}", key(&api.operations[*operation]))
        }
        Origin::Webhook { webhook } => {
            format!("webhook {}", api.webhooks[*webhook].name)
        }
    }
}
