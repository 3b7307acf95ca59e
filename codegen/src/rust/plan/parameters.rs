//! Where a parameter goes, and in which style it is written there.

use super::{Plan, UNSUPPORTED};
use crate::api::{Operation, Parameter, Place, Shape, Style, TypeId};
use crate::diagnostic::Diagnostic;
use crate::rust::signature::ParameterType;
use crate::rust::{Form, ListStyle, ObjectStyle, Role, Styled, Ty};

impl Plan<'_> {
    pub(super) fn role(&self, parameter: &Parameter) -> Role {
        let form = self.form(parameter);
        let plain = !is_reserved(parameter) && parameter.separator.is_none();
        if parameter.place == Place::Query && form != Form::Json && plain {
            return self.query_role(parameter, form);
        }
        let name = parameter.name.clone();
        match (parameter.place, form) {
            (Place::Path, Form::Text) if parameter.style == Style::Simple => Role::Path(name),
            (Place::Header, Form::Text) => Role::Header(name),
            (Place::Cookie, Form::Text) => Role::Cookie(name),
            (place, form) => Role::Styled(Styled {
                name,
                place,
                style: parameter.style,
                explode: parameter.explode && matches!(form, Form::List | Form::Value),
                reserved: is_reserved(parameter) && form != Form::Json,
                separator: parameter.separator.clone().filter(|_| form == Form::List),
                form,
            }),
        }
    }

    fn query_role(&self, parameter: &Parameter, form: Form) -> Role {
        let name = parameter.name.clone();
        match form {
            Form::List => Role::QueryList(name, list_style(parameter.style, parameter.explode)),
            Form::Value => {
                Role::QueryObject(name, object_style(parameter.style, parameter.explode))
            }
            Form::Text | Form::Json => Role::Query(name),
        }
    }

    /// What is written of the parameter's values.
    fn form(&self, parameter: &Parameter) -> Form {
        if parameter.is_json() {
            return Form::Json;
        }
        let in_query = parameter.place == Place::Query;
        match self.shape(parameter.ty) {
            _ if parameter.media_type.is_some() => Form::Text,
            Shape::Array(items) if self.is_scalar(*items) => Form::List,
            Shape::Array(_) | Shape::Tuple(_) | Shape::Object(_) | Shape::Map(_) => Form::Value,
            Shape::Any if in_query => Form::Value,
            Shape::Union(union) if in_query && !self.is_text(union) => Form::Value,
            Shape::Union(_) if !self.has_text(parameter.ty) => Form::Value,
            _ => Form::Text,
        }
    }

    /// Whether each value has one text, of whatever type it is.
    pub(super) fn has_text(&self, id: TypeId) -> bool {
        match self.shape(id) {
            Shape::Union(union) => union.variants.iter().all(|one| self.is_scalar(one.ty)),
            _ => self.is_scalar(id),
        }
    }

    /// Whether the value has one text.
    pub(super) fn is_scalar(&self, id: TypeId) -> bool {
        match self.shape(id) {
            Shape::Union(union) => self.is_text(union),
            shape => matches!(
                shape,
                Shape::Boolean
                    | Shape::Integer(_)
                    | Shape::Number(_)
                    | Shape::String(_)
                    | Shape::Enumeration(_)
            ),
        }
    }

    /// An enumeration is made of a text, too, and one of several types of each.
    pub(super) fn taken(&self, id: TypeId, ty: ParameterType) -> ParameterType {
        match (ty, self.shape(id)) {
            (ParameterType::Value(ty @ Ty::Model(_)), _)
            | (ParameterType::Reference(ty @ Ty::Model(_)), _)
                if self.is_made(id) =>
            {
                ParameterType::Into(ty)
            }
            (ParameterType::List(ty @ Ty::Model(_)), Shape::Array(item)) if self.is_made(*item) => {
                ParameterType::ListInto(ty)
            }
            (ty, _) => ty,
        }
    }

    /// Whether what is given becomes a value of it.
    pub(super) fn is_made(&self, id: TypeId) -> bool {
        matches!(self.shape(id), Shape::Enumeration(_) | Shape::Union(_))
    }

    pub(super) fn is_enumeration(&self, id: TypeId) -> bool {
        matches!(self.shape(id), Shape::Enumeration(_))
    }

    /// Reports what is known of the values of parameters and not used.
    pub(super) fn check_parameters(&mut self) {
        for at in 0..self.operations.len() {
            for parameter in &self.operation(self.operations[at].0).parameters {
                self.check_parameter(parameter);
            }
        }
    }

    fn check_parameter(&mut self, parameter: &Parameter) {
        let Some(media_type) = &parameter.media_type else {
            return;
        };
        if parameter.is_json() || self.has_text(parameter.ty) {
            return;
        }
        let message = format!(
            "the value of `{}` is taken as text of `{media_type}`",
            parameter.name
        );
        let help = "lists and objects are written by the caller here, as the service expects them";
        let diagnostic = Diagnostic::warning(UNSUPPORTED, message).help(help);
        self.report(diagnostic, &parameter.location);
    }
}

/// The header that every request has a setter for, which reads the response without a body as well.
const SET_ON_ALL: &str = "if-none-match";

/// The parameters that are arguments, in the order of those: path, query, header, cookie.
pub(super) fn in_order(operation: &Operation) -> Vec<&Parameter> {
    let places = [Place::Path, Place::Query, Place::Header, Place::Cookie];
    let is_set_on_all = |one: &&Parameter| {
        let is_of_header = one.place == Place::Header && !one.required;
        is_of_header && one.name.eq_ignore_ascii_case(SET_ON_ALL)
    };
    let parameters = operation.parameters.iter();
    let mut parameters: Vec<&Parameter> = parameters.filter(|one| !is_set_on_all(one)).collect();
    parameters.sort_by_key(|parameter| {
        let place = places.iter().position(|place| *place == parameter.place);
        let path_order = operation.path.find(&format!("{{{}}}", parameter.name));
        (place, path_order)
    });
    parameters
}

/// The header by which a service recognizes a repeated call; names of headers have no case.
pub(super) fn is_idempotency_key(parameter: &Parameter) -> bool {
    parameter.place == Place::Header && parameter.name.eq_ignore_ascii_case("idempotency-key")
}

/// The other styles of a query have delimiters of their own.
fn is_reserved(parameter: &Parameter) -> bool {
    parameter.reserved && parameter.style == Style::Form
}

pub(super) fn list_style(style: Style, explode: bool) -> ListStyle {
    match (style, explode) {
        (Style::DeepObject, _) => ListStyle::Brackets,
        (_, true) => ListStyle::Exploded,
        (Style::SpaceDelimited, false) => ListStyle::Space,
        (Style::PipeDelimited, false) => ListStyle::Pipe,
        (_, false) => ListStyle::Comma,
    }
}

pub(super) fn object_style(style: Style, explode: bool) -> ObjectStyle {
    match (style, explode) {
        (Style::DeepObject, _) => ObjectStyle::DeepObject,
        (_, true) => ObjectStyle::Exploded,
        (Style::SpaceDelimited, false) => ObjectStyle::Space,
        (Style::PipeDelimited, false) => ObjectStyle::Pipe,
        (_, false) => ObjectStyle::Comma,
    }
}
