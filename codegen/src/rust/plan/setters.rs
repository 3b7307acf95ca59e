//! Setters of the models that requests nest.

use std::collections::HashSet;

use serde_json::Value;

use super::Plan;
use super::operations::maybe_names;
use crate::api::{Object, Shape, TypeId};
use crate::rust::names::Scope;
use crate::rust::signature::ParameterType;
use crate::rust::{Field, FieldContent, Presence, Setter, Ty};

/// What is called on a model besides.
const TAKEN: [&str; 11] = [
    "borrow",
    "clone",
    "default",
    "eq",
    "fmt",
    "into",
    "ne",
    "new",
    "serialize",
    "to_owned",
    "try_into",
];

impl Plan<'_> {
    pub(super) fn setters(&self, id: TypeId, object: &Object, fields: &[Field]) -> Vec<Setter> {
        if !self.sent.contains(&id) {
            return Vec::new();
        }
        let mut scope = Scope::reserving(TAKEN);
        let mut setters = Vec::new();
        let fields = object.properties.iter().zip(fields);
        let set = fields.filter(|(property, field)| {
            let read_only = self.chain(property.ty).any(|ty| ty.read_only);
            let optional = field.presence != Presence::Required;
            // What is required and not set is null, and no default.
            let is_left = field.presence != Presence::Nullable && self.is_only_default(property.ty);
            let is_asked = optional && !read_only && !is_left;
            // What `new` is given is not null then, and can be.
            let is_given = field.argument.is_some() && field.presence != Presence::Nullable;
            !is_given && is_asked
        });
        let set: Vec<_> = set.collect();
        for (property, field) in &set {
            let (ty, boxed) = match self.value_ty(property.ty, Some(id)) {
                Ty::Boxed(ty) => (*ty, true),
                ty => (ty, false),
            };
            let content = FieldContent::of_model(&ty);
            let ty = match ty {
                Ty::Written(_) => ParameterType::Into(ty),
                // A box is around a value that is given as it is.
                ty if boxed => ParameterType::Value(ty),
                ty => self.field_type(property.ty, &ty, content),
            };
            let ty = match ty.optional() {
                ty if self.has_lists(property.ty) => ty,
                ty => ty.perhaps(),
            };
            let plain = field.name.trim_start_matches("r#").trim_end_matches('_');
            setters.push(Setter {
                name: scope.claim_first([field.name.clone(), format!("{plain}_field")]),
                field: field.name.clone(),
                ty: Some(ty),
                maybe: None,
                boxed,
            });
        }
        for (at, (_, field)) in set.iter().enumerate().rev() {
            if field.presence == Presence::OptionalNullable {
                let plain = field.name.trim_start_matches("r#").trim_end_matches('_');
                let names = [format!("{plain}_null"), format!("{plain}_as_null")];
                let null = Setter {
                    name: scope.claim_first(names),
                    field: field.name.clone(),
                    ty: None,
                    maybe: None,
                    boxed: false,
                };
                setters.insert(at + 1, null);
            }
        }
        // Of what can only be null there is no other value.
        let only_null = set.iter().filter(|(one, _)| self.is_only_null(one.ty));
        let only_null: HashSet<&str> = only_null.map(|(_, field)| field.name.as_str()).collect();
        setters.retain(|one| one.ty.is_none() || !only_null.contains(one.field.as_str()));
        for setter in &mut setters {
            if setter.ty.as_ref().is_some_and(|ty| !ty.takes_none()) {
                setter.maybe = Some(scope.claim_first(maybe_names(&setter.name)));
            }
        }
        setters
    }

    /// Whether null is the only value that is listed.
    pub(super) fn is_only_null(&self, id: TypeId) -> bool {
        let mut chain = self.chain(id);
        chain.any(|ty| ty.limits.values == [Value::Null])
    }

    /// Whether the only value is the default, so that there is nothing to set.
    pub(super) fn is_only_default(&self, id: TypeId) -> bool {
        let default = self.chain(id).find_map(|ty| ty.default.as_ref());
        default.is_some_and(|default| match self.shape(id) {
            Shape::Enumeration(values) => values.len() == 1 && default.as_str() == Some(&values[0]),
            _ => self
                .chain(id)
                .any(|ty| ty.limits.values == [default.clone()]),
        })
    }
}
