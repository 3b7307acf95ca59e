//! What `new` of a model is given.

use super::Plan;
use crate::api::{Object, Property, Shape, TypeId};
use crate::rust::signature::ParameterType;
use crate::rust::{FieldContent, Implied, Ty};

impl Plan<'_> {
    /// The properties that `new` is given: what a request cannot do without, but for what can only have one value. Where that is
    /// nothing, what has to be said and may be null is what the value is about, if it is one property.
    pub(super) fn given_to_new<'o>(&self, of: TypeId, object: &'o Object) -> Vec<&'o str> {
        let of = self.api.resolved(of);
        let is_open = |p: &&Property| self.implied(of, p).is_none();
        let properties = || object.properties.iter().filter(is_open);
        let name = |property: &'o Property| property.name.as_str();
        let given = properties().filter(|p| self.is_argument(of, p));
        let given: Vec<&str> = given.map(name).collect();
        if !given.is_empty() {
            return given;
        }
        let is_stated =
            |p: &&Property| p.required && self.is_sent_with(of, p) && !self.is_only_null(p.ty);
        let mut stated = properties().filter(is_stated);
        let only = stated.next().filter(|_| stated.next().is_none());
        only.map(name).into_iter().collect()
    }

    /// How `new` takes a value: as a setter does, but for `None`.
    pub(super) fn constructor_parameter(&self, id: TypeId, ty: &Ty) -> ParameterType {
        match ty {
            Ty::Boxed(inner) if self.is_converted(inner, Some(id)) => {
                ParameterType::Into((**inner).clone())
            }
            Ty::Written(_) | Ty::Boxed(_) => ParameterType::Into(ty.clone()),
            ty => self.field_type(id, ty, FieldContent::of_model(ty)),
        }
    }

    /// Whether one of several types that a value may be is a scalar.
    pub(super) fn takes_scalars(&self, id: TypeId) -> bool {
        let Shape::Union(union) = self.shape(id) else {
            return false;
        };
        let mut variants = union.variants.iter();
        variants.any(|variant| self.scalar_kind(variant.ty).is_some())
    }

    /// What an enumeration of one value calls that, where it is a type of its own.
    pub(super) fn only_variant(&self, id: TypeId) -> Option<String> {
        let of = self.api.resolved(id);
        let Shape::Enumeration(values) = self.shape(id) else {
            return None;
        };
        let [only] = values.as_slice() else {
            return None;
        };
        let is_enum = matches!(self.value_ty(id, None), Ty::Model(_)) && self.is_model(of);
        let variants =
            is_enum.then(|| self.enumeration(of, std::slice::from_ref(only)).variants)?;
        variants.into_iter().next().map(|variant| variant.name)
    }

    /// What alone can stand for a property: the only value of its enumeration, or the text by which a union knows the model.
    pub(super) fn implied(&self, of: TypeId, property: &Property) -> Option<Implied> {
        if let Some(variant) = self.only_variant(property.ty) {
            return Some(Implied::Variant(variant));
        }
        let tag = self.tag_of(of, &property.name)?;
        match (self.shape(property.ty), self.value_ty(property.ty, None)) {
            (Shape::Enumeration(values), Ty::Model(_)) => {
                let id = self.api.resolved(property.ty);
                let mut variants = self.enumeration(id, values).variants.into_iter();
                let variant = variants.find(|variant| variant.wire == tag)?;
                Some(Implied::Variant(variant.name))
            }
            (Shape::String(_), Ty::String) => Some(Implied::Text(tag.to_owned())),
            _ => None,
        }
    }

    /// Whether a request cannot do without the property.
    pub(super) fn is_argument(&self, of: TypeId, property: &Property) -> bool {
        let nullable = self.chain(property.ty).any(|ty| ty.nullable);
        property.required && !nullable && self.is_sent_with(of, property)
    }

    fn is_sent_with(&self, of: TypeId, property: &Property) -> bool {
        let mut facts = self.chain(property.ty);
        self.sent.contains(&of) && !facts.any(|ty| ty.read_only)
    }
}
