//! What calls send by themselves: required parameters and properties that can be but one value.

use serde_json::Value;

use super::Plan;
use super::bodies::Sent;
use crate::api::{Operation, Parameter, Property, Shape, TypeId};
use crate::rust::{BodyFormat, Fixed, FixedValue, FixedWhere, Role};

impl Plan<'_> {
    /// Those of the operation's parameters, and those of the body's properties. The order of the document has no meaning here,
    /// and changes nothing.
    pub(super) fn fixed(&self, operation: &Operation, sent: Option<&Sent>) -> Vec<Fixed> {
        let parameters = operation.parameters.iter();
        let parameters = parameters.filter_map(|one| self.fixed_parameter(one));
        let required = operation.body.as_ref().is_some_and(|body| body.required);
        let sent = sent.filter(|_| required);
        let properties = sent.map(|sent| self.sent_properties(sent));
        let of = sent.and_then(|sent| self.sent_object(sent));
        let properties = properties.iter().flatten();
        let properties = properties.filter_map(|one| self.fixed_property(of?, one));
        let mut fixed: Vec<Fixed> = parameters.chain(properties).collect();
        fixed.sort_by(|a, b| (a.at, &a.wire).cmp(&(b.at, &b.wire)));
        fixed
    }

    pub(super) fn fixed_parameter(&self, parameter: &Parameter) -> Option<Fixed> {
        if !parameter.required || parameter.media_type.is_some() {
            return None;
        }
        let (at, wire) = match self.role(parameter) {
            Role::Query(name) => (FixedWhere::Query, name),
            Role::Header(name) => (FixedWhere::Header, name),
            _ => return None,
        };
        Some(Fixed {
            at,
            wire,
            value: self.only_scalar(parameter.ty)?,
            location: parameter.location.clone(),
        })
    }

    /// A property of the object that the body is.
    pub(super) fn fixed_property(&self, of: TypeId, property: &Property) -> Option<Fixed> {
        if !property.required {
            return None;
        }
        let tag = || {
            let is_text = matches!(
                self.shape(property.ty),
                Shape::Enumeration(_) | Shape::String(_)
            );
            let tag = self.tag_of(of, &property.name).filter(|_| is_text)?;
            Some(FixedValue::Text(tag.to_owned()))
        };
        // A flag that has to be set is a consent, which the caller gives.
        let value = self.only_scalar(property.ty);
        let value = value.filter(|value| !matches!(value, FixedValue::Boolean(_)));
        Some(Fixed {
            at: FixedWhere::Body,
            wire: property.name.clone(),
            value: value.or_else(tag)?,
            location: property.location.clone(),
        })
    }

    /// The schema of the object whose properties are arguments.
    pub(super) fn sent_object(&self, sent: &Sent) -> Option<TypeId> {
        let is_made_of_fields = matches!(sent.format, BodyFormat::Json | BodyFormat::Form);
        let id = sent.ty.filter(|_| is_made_of_fields)?;
        Some(self.own_object(id)?.0)
    }

    pub(super) fn is_fixed(&self, sent: &Sent, property: &Property) -> bool {
        let of = self.sent_object(sent);
        of.is_some_and(|of| self.fixed_property(of, property).is_some())
    }

    fn only_scalar(&self, id: TypeId) -> Option<FixedValue> {
        if self.is_nullable(id) {
            return None;
        }
        if let Shape::Enumeration(values) = self.shape(id) {
            let [only] = values.as_slice() else {
                return None;
            };
            return Some(FixedValue::Text(only.clone()));
        }
        let limits = self.chain(id).map(|ty| &ty.limits.values);
        let [only] = limits
            .into_iter()
            .find(|values| !values.is_empty())?
            .as_slice()
        else {
            return None;
        };
        match (self.shape(id), only) {
            (Shape::Boolean, Value::Bool(only)) => Some(FixedValue::Boolean(*only)),
            (Shape::Integer(_), only) => only.as_i64().map(FixedValue::Integer),
            _ => None,
        }
    }
}
