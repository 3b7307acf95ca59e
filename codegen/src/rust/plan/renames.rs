//! Names that the policy has for fields, values, alternatives and parameters.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use toml::Spanned;

use super::{Plan, key};
use crate::api::value_names::without_type;
use crate::api::{Operation, Origin, Shape, TypeId};
use crate::naming::rules::Pattern;
use crate::policy::{self, TypePolicy};
use crate::rust::names::{pascal, snake};

/// By what the document calls something, what the crate calls it.
pub(super) type Renames = BTreeMap<String, String>;

/// A table of the policy.
type Table = IndexMap<Spanned<String>, Spanned<String>>;

impl Plan<'_> {
    /// Those that the policy says, and those that the lock keeps.
    pub(super) fn field_names_of(&self, id: TypeId) -> Renames {
        let mut names = self.stated_field_names(id);
        self.keep_members(id, &mut names);
        names
    }

    pub(super) fn stated_field_names(&self, id: TypeId) -> Renames {
        self.renames(id, |policy| &policy.fields)
    }

    /// Those that the policy says, and else the document, without the name of the type before all of them.
    pub(super) fn value_names_of(&self, id: TypeId) -> Renames {
        let said = &self.api.ty(self.api.resolved(id)).value_names;
        let names = said.iter();
        let names = names.map(|(value, name)| (value.clone(), pascal(name)));
        let mut names = without_type(names.collect(), &self.own_name(id));
        names.extend(self.renames(id, |policy| &policy.values));
        names
    }

    /// By the names that were inferred.
    pub(super) fn variant_names_of(&self, id: TypeId) -> Renames {
        self.renames(id, |policy| &policy.variants)
    }

    fn renames(&self, id: TypeId, table: fn(&TypePolicy) -> &Table) -> Renames {
        let mut found = Renames::new();
        for (stated, policy) in &self.policy.types {
            let table = table(policy);
            if !table.is_empty() && self.is_stated(id, stated.get_ref()) {
                let names = table.iter();
                found.extend(
                    names.map(|(wire, name)| (wire.get_ref().clone(), name.get_ref().clone())),
                );
            }
        }
        found
    }

    /// Whether the policy names the schema, or one that means the same.
    fn is_stated(&self, id: TypeId, stated: &str) -> bool {
        let mut all =
            std::iter::once(id).chain(self.sharing.members.get(&id).into_iter().flatten().copied());
        all.any(|id| match &self.api.ty(id).origin {
            Origin::Component(name) => name == stated,
            _ => self.type_key(id) == stated,
        })
    }

    /// What the policy calls a parameter, where it does.
    pub(super) fn parameter_name(&self, operation: &Operation, wire: &str) -> Option<String> {
        let stated = self
            .policy
            .parameters
            .iter()
            .filter(|(of, _)| names(of.get_ref(), operation));
        let named = stated.filter_map(|(of, table)| {
            let (_, name) = table.iter().find(|(known, _)| known.get_ref() == wire)?;
            Some((
                Pattern::of(of.get_ref()).map(|pattern| pattern.weight()),
                name,
            ))
        });
        // What names one operation says more than what names several.
        let best = named.max_by_key(|(weight, _)| (weight.is_none(), *weight));
        best.map(|(_, name)| name.get_ref().clone())
    }

    pub(super) fn check_renames(&mut self) {
        let policy = self.policy;
        for (stated, table) in &policy.types {
            let ids = self
                .api
                .type_ids()
                .filter(|id| self.api.resolved(*id) == *id);
            let Some(id) = ids
                .into_iter()
                .find(|id| self.is_model(*id) && self.is_stated(*id, stated.get_ref()))
            else {
                continue;
            };
            let (fields, values) = match &self.api.ty(id).shape {
                Shape::Object(object) => {
                    let names = object.properties.iter();
                    (
                        names.map(|property| property.name.clone()).collect(),
                        Vec::new(),
                    )
                }
                Shape::Enumeration(values) => (Vec::new(), values.clone()),
                _ => (Vec::new(), Vec::new()),
            };
            let variants = self.alternatives.get(&id).cloned().unwrap_or_default();
            self.check_table(&table.fields, &fields, "property", snake);
            self.check_table(&table.values, &values, "value", pascal);
            self.check_table(&table.variants, &variants, "alternative", pascal);
        }
        for (stated, table) in &policy.parameters {
            let hit = self
                .operations
                .iter()
                .map(|(index, _)| self.operation(*index));
            let hit = hit.filter(|operation| names(stated.get_ref(), operation));
            let parameters = hit.flat_map(|operation| &operation.parameters);
            let mut known: Vec<String> =
                parameters.map(|parameter| parameter.name.clone()).collect();
            known.sort();
            known.dedup();
            self.check_table(table, &known, "parameter", snake);
        }
    }

    /// What is renamed is there, and no two have one name.
    fn check_table(
        &mut self,
        table: &Table,
        known: &[String],
        what: &str,
        spelled: fn(&str) -> String,
    ) {
        for (wire, name) in table {
            if !known.contains(wire.get_ref()) {
                let message = format!("there is no {what} `{}`", wire.get_ref());
                let help = self.meant(wire.get_ref(), known, "remove the line");
                self.policy_error(policy::UNUSED, &message, wire.span(), &help);
                continue;
            }
            let stated = name.get_ref();
            let current = |other: &String| {
                let mut lines = table.iter();
                let line = lines.find(|(wire, _)| wire.get_ref() == other);
                line.map_or_else(|| spelled(other), |(_, name)| name.get_ref().clone())
            };
            let taken = known
                .iter()
                .find(|other| *other != wire.get_ref() && current(other) == *stated);
            if spelled(stated) != *stated {
                let message = format!("`{stated}` cannot be what the {what} is called");
                let help = format!("as in `{}`", spelled(stated));
                self.policy_error(policy::INVALID, &message, name.span(), &help);
            } else if let Some(other) = taken {
                let message = format!("`{stated}` is the name of the {what} `{other}`");
                let help = "give it another name, or name the other here, too";
                self.policy_error(policy::INVALID, &message, name.span(), help);
            }
        }
    }
}

/// Whether a key of the policy is about the operation.
fn names(stated: &str, operation: &Operation) -> bool {
    match Pattern::of(stated) {
        Some(pattern) => pattern.matches(&operation.method, &operation.path),
        None => key(operation) == stated,
    }
}
