//! The names of the models.

use std::collections::HashMap;

use super::Plan;
use super::outcome_words::status_word;
use crate::api::{Object, Origin, Shape, TypeId};
use crate::policy;
use crate::rust::Decode;
use crate::rust::names::{Scope, pascal};
use crate::rust::reserved::MODEL_TYPES;

/// How many alternatives are held against one to name it.
const MOST_SIBLINGS: usize = 100;

impl Plan<'_> {
    /// Components first, so that no inline schema takes a component's name.
    pub(super) fn name_types(&mut self) {
        self.check_type_policies();
        let mut scope = Scope::reserving(MODEL_TYPES);
        let mut models: Vec<TypeId> = self.api.type_ids().collect();
        models.retain(|id| {
            self.is_model(*id) && (self.sent.contains(id) || self.received.contains(id))
        });
        let is_component = |id: &TypeId| matches!(self.api.ty(*id).origin, Origin::Component(_));
        let (components, inline): (Vec<TypeId>, Vec<TypeId>) =
            models.into_iter().partition(is_component);
        let mut natural = HashMap::new();
        for id in components.into_iter().chain(inline) {
            let name = self.natural_name(id, &mut natural);
            let name = scope.claim_first([name.clone(), format!("{name}Model")]);
            self.names.insert(id, name);
        }
        self.claim_former_names(&mut scope);
    }

    /// A name of the past goes on working only if no other model has it now.
    fn claim_former_names(&mut self, scope: &mut Scope) {
        let policy = self.policy;
        let mut ids: Vec<TypeId> = self.names.keys().copied().collect();
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
        let policy = self
            .policy
            .types
            .iter()
            .find(|(known, _)| known.get_ref() == name);
        match policy.and_then(|(_, policy)| policy.name.as_ref()) {
            Some(renamed) => pascal(renamed),
            None => pascal(name),
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
                    && self.is_model(TypeId(index))
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
