//! Bodies of JSON and forms: the properties of an object as arguments of the method.

use std::collections::HashSet;

use super::bodies::Sent;
use super::facts::with_facts;
use super::operations::IDEMPOTENCY_KEY;
use super::value_types::without_decimals;
use super::{Audience, Plan};
use crate::api::{self, Additional, Object, Operation, Property, Shape, TypeId};
use crate::rust::names::{Scope, names_beside, snake};
use crate::rust::signature::ParameterType;
use crate::rust::{Argument, BodyFormat, FieldContent, FieldsBody, Role, SentField, Ty};

/// How many required properties are arguments in a row.
pub(super) const MOST_POSITIONAL: usize = 3;

/// What properties are called that have a name that is taken.
const TAKEN: &str = "field";

impl Plan<'_> {
    /// The properties that a request may send, where the body is an object of known ones.
    pub(super) fn sent_properties(&self, sent: &Sent) -> Vec<Property> {
        let (BodyFormat::Json | BodyFormat::Form, Some(id)) = (sent.format, sent.ty) else {
            return Vec::new();
        };
        let Some((_, object)) = self.own_object(id) else {
            return Vec::new();
        };
        let writable = |p: &&Property| !self.chain(p.ty).any(|ty| ty.read_only);
        object.properties.iter().filter(writable).cloned().collect()
    }

    /// The object that the schema states, whatever other schemas of the same meaning say of its properties.
    pub(super) fn own_object(&self, mut id: TypeId) -> Option<(TypeId, &Object)> {
        let mut passed = HashSet::new();
        while passed.insert(id) {
            let stated = self.sharing.stated.get(&id);
            match stated.unwrap_or(&self.api.ty(id).shape) {
                Shape::Alias(of) => id = *of,
                Shape::Object(object) => return Some((id, object)),
                _ => return None,
            }
        }
        None
    }

    /// Whether the body says by which key the service recognizes a repeated request.
    pub(super) fn sends_idempotency_key(&self, sent: &Sent) -> bool {
        let properties = self.sent_properties(sent);
        let mut names = properties.iter().map(|property| snake(&property.name));
        names.any(|name| name == IDEMPOTENCY_KEY)
    }

    /// Whether the properties of the body are arguments, and not the body itself.
    pub(super) fn has_field_arguments(&self, sent: &Sent) -> bool {
        !self.sent_properties(sent).is_empty() || self.has_only_read(sent)
    }

    /// Whether a request may send none of the properties that the body has, so that there is nothing to ask for.
    fn has_only_read(&self, sent: &Sent) -> bool {
        let (BodyFormat::Json | BodyFormat::Form, Some(id)) = (sent.format, sent.ty) else {
            return false;
        };
        let Shape::Object(object) = self.shape(id) else {
            return false;
        };
        let read_only = |p: &Property| self.chain(p.ty).any(|ty| ty.read_only);
        let additional = matches!(object.additional, Additional::Of(_));
        !object.properties.is_empty() && object.properties.iter().all(read_only) && !additional
    }

    /// The arguments that are properties: those that are required, and those that are set on the request.
    pub(super) fn field_arguments(
        &self,
        sent: &Sent,
        body: &api::Body,
        scope: &mut Scope,
    ) -> (Vec<Argument>, Vec<Argument>) {
        let (mut required, mut optional, mut nullable) = (Vec::new(), Vec::new(), Vec::new());
        let literal = self.literal_name(sent).filter(|_| body.required);
        let properties = self.sent_properties(sent);
        let given = sent.ty.map(|id| self.field_names_of(self.api.resolved(id)));
        let wires = properties.iter().map(|property| property.name.as_str());
        let names = names_beside(wires, &given.unwrap_or_default());
        for (property, name) in properties.into_iter().zip(names) {
            let is_required = body.required && property.required;
            let is_fixed = is_required && self.is_fixed(sent, &property);
            let is_given = is_required && literal.is_some();
            if is_fixed || is_given || (!property.required && self.is_only_default(property.ty)) {
                continue;
            }
            let argument = self.field_argument(sent, &property, name, is_required, scope);
            if is_required {
                required.push(argument);
                continue;
            }
            if self.is_only_null(property.ty) {
                nullable.push((optional.len(), property.name, Some(argument)));
                continue;
            }
            if self.is_nullable(property.ty) {
                nullable.push((optional.len(), property.name.clone(), None));
            }
            let option = self.option_of_body(argument, &property);
            optional.push(if self.has_lists(property.ty) {
                option
            } else {
                option.perhaps()
            });
        }
        // Behind the names of all properties.
        for (index, wire, alone) in nullable.into_iter().rev() {
            let (of, docs, at) = match &alone {
                Some(argument) => (argument, argument.docs.clone(), index),
                None => (&optional[index], String::new(), index + 1),
            };
            let null = self.null_argument(of, docs, wire, scope);
            optional.insert(at, null);
        }
        required.extend(literal.map(|name| self.literal_argument(sent, body, name, scope)));
        (required, optional)
    }

    /// A property of a body that may be missing.
    pub(super) fn option_of_body(&self, argument: Argument, property: &Property) -> Argument {
        let mut option = self.option(argument);
        if property.required && self.audience == Audience::Readers {
            option.docs = with_facts(option.docs, "Required if a body is sent.");
        }
        option
    }

    fn field_argument(
        &self,
        sent: &Sent,
        property: &Property,
        name: String,
        is_required: bool,
        scope: &mut Scope,
    ) -> Argument {
        let stem = name.trim_start_matches("r#").trim_end_matches('_');
        let long = format!("{stem}_{TAKEN}");
        let (ty, content) = self.field_content(sent, property, is_required);
        let names = [name, long];
        Argument {
            name: if is_required {
                scope.claim_argument(names)
            } else {
                scope.claim_first(names)
            },
            docs: self.argument_docs("", property.ty),
            ty: self.field_type(property.ty, &ty, content),
            role: Role::Field(SentField {
                wire: property.name.clone(),
                content,
                ty,
            }),
            deprecated: self
                .chain(property.ty)
                .any(|ty| ty.deprecated && ty.location == property.location),
            maybe: None,
            allow: Vec::new(),
            location: property.location.clone(),
        }
    }

    /// What a property is made into, and how it is sent.
    pub(super) fn field_content(
        &self,
        sent: &Sent,
        property: &Property,
        is_required: bool,
    ) -> (Ty, FieldContent) {
        let ty = self.value_ty(property.ty, None);
        let is_null =
            is_required && self.is_nullable(property.ty) && sent.format == BodyFormat::Json;
        let ty = match ty {
            ty if is_null && has_decimals(&ty) => Ty::Option(Box::new(ty)),
            ty => ty,
        };
        let content = match &ty {
            ty if has_decimals(ty) => FieldContent::Exact,
            _ if is_null => FieldContent::Nullable,
            Ty::Vec(_) => FieldContent::List,
            Ty::Map(_) => FieldContent::Map,
            _ if is_required => FieldContent::Given,
            _ => FieldContent::Optional,
        };
        (ty, content)
    }

    /// What sends null in place of a value.
    fn null_argument(
        &self,
        of: &Argument,
        docs: String,
        wire: String,
        scope: &mut Scope,
    ) -> Argument {
        let stem = of.name.trim_start_matches("r#").trim_end_matches('_');
        let names = [format!("{stem}_null"), format!("{stem}_as_null")];
        self.option(Argument {
            name: scope.claim_first(names),
            docs,
            ty: ParameterType::Value(Ty::Unit),
            role: Role::Field(SentField {
                wire,
                content: FieldContent::Null,
                ty: Ty::Unit,
            }),
            ..of.clone()
        })
    }

    pub(super) fn field_type(&self, id: TypeId, ty: &Ty, content: FieldContent) -> ParameterType {
        let ty = ty.clone();
        match (content, ty) {
            (FieldContent::Exact, ty) => ParameterType::Value(ty),
            (FieldContent::Nullable, Ty::Value) => ParameterType::Into(Ty::Value),
            (FieldContent::Nullable, ty) => ParameterType::Nullable(ty),
            (_, Ty::Vec(item)) if self.is_converted(&item, self.content_of(id)) => {
                ParameterType::ListInto(*item)
            }
            (_, Ty::Vec(item)) => ParameterType::List(*item),
            (_, Ty::Map(value)) if self.is_converted(&value, self.content_of(id)) => {
                ParameterType::PairsInto(*value)
            }
            (_, Ty::Map(value)) => ParameterType::Pairs(*value),
            // So that what is parsed where it is given is known to be one.
            (_, Ty::Written(ty)) if matches!(*ty, Ty::Date | Ty::Timestamp) => {
                ParameterType::Value(*ty)
            }
            (_, Ty::Value) => ParameterType::Into(Ty::Value),
            // So that `10` is one.
            (_, Ty::F64) => ParameterType::Into(Ty::F64),
            (_, ty) if self.is_converted(&ty, Some(id)) => ParameterType::Into(ty),
            (_, ty) => ParameterType::Value(ty),
        }
    }

    /// What a list or a map is of.
    pub(super) fn content_of(&self, id: TypeId) -> Option<TypeId> {
        match self.shape(id) {
            Shape::Array(item) | Shape::Map(item) => Some(*item),
            _ => None,
        }
    }

    /// Whether it is a list whose items may be lists, so that an `Option` of one may be a list of one item as well.
    pub(super) fn has_lists(&self, id: TypeId) -> bool {
        let Shape::Array(item) = self.shape(id) else {
            return false;
        };
        match self.shape(*item) {
            Shape::Any => true,
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                variants.any(|variant| matches!(self.shape(variant.ty), Shape::Array(_)))
            }
            _ => false,
        }
    }

    /// Whether a value becomes one of the type by itself: a text or a number, or one of several types.
    pub(super) fn is_converted(&self, ty: &Ty, id: Option<TypeId>) -> bool {
        match ty {
            // A float is made of an integer as well.
            Ty::String | Ty::Written(_) | Ty::Value | Ty::F64 => true,
            Ty::Model(_) => id.is_some_and(|id| {
                matches!(self.shape(id), Shape::Enumeration(_) | Shape::Union(_))
            }),
            _ => false,
        }
    }

    /// That the body is made of properties, where no argument is all of it.
    pub(super) fn fields_body(
        &self,
        sent: Option<&Sent>,
        operation: &Operation,
    ) -> Option<FieldsBody> {
        let (sent, body) = (sent?, operation.body.as_ref()?);
        self.has_field_arguments(sent).then(|| FieldsBody {
            body: self.body(sent),
            required: body.required,
            location: sent.location.clone(),
        })
    }
}

/// Whether it is made of numbers that no JSON number of Rust's can hold.
fn has_decimals(ty: &Ty) -> bool {
    without_decimals(ty.clone()) != *ty
}
