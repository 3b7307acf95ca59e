//! Bodies of several parts: their properties as arguments of the method.

use super::bodies::Sent;
use super::encodings::stated;
use super::operations::parameter_type;
use super::value_types::without_decimals;
use super::{Plan, UNSUPPORTED};
use crate::api::{self, Encoding, Operation, Property, Shape, TypeId};
use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;
use crate::rust::docs::code;
use crate::rust::names::{Scope, snake_names};
use crate::rust::signature::ParameterType;
use crate::rust::{Argument, BodyFormat, FieldContent, Multipart, Part, PartContent, Role, Ty};

/// How deep alternatives are within alternatives.
pub(super) const NESTING: usize = 4;

/// The names of what sends any part, and of what properties are called that have a name that is taken.
const ANY_PART: &str = "part";
const TAKEN: &str = "field";

impl Plan<'_> {
    /// The properties that are parts, if the body is an object of known ones or one of several.
    pub(super) fn part_properties(&self, ty: Option<TypeId>) -> Vec<Property> {
        let all = ty.and_then(|ty| self.properties_within(ty, NESTING));
        let mut all = all.unwrap_or_default();
        all.retain(|property| {
            !is_placeholder(&property.name) && !self.chain(property.ty).any(|ty| ty.read_only)
        });
        all
    }

    /// Whether the properties of the body are arguments, and not the body itself.
    pub(super) fn has_part_arguments(&self, sent: &Sent) -> bool {
        sent.format == BodyFormat::Multipart && !self.part_properties(sent.ty).is_empty()
    }

    /// Says what becomes of properties whose names stand for any.
    pub(super) fn note_placeholders(&mut self, sent: &Sent) {
        let parts = sent.ty.filter(|_| sent.format == BodyFormat::Multipart);
        let all = parts.and_then(|ty| self.properties_within(ty, NESTING));
        for property in all.into_iter().flatten() {
            if is_placeholder(&property.name) {
                let message = format!(
                    "`{}` stands for any name: `part` sends such parts",
                    property.name
                );
                let diagnostic = Diagnostic::note(UNSUPPORTED, message);
                self.report(diagnostic, &property.location);
            }
        }
    }

    /// Says which properties an encoding is about that there are not (OpenAPI 3.0.3, 4.7.14.1).
    pub(super) fn check_encoding(&mut self, sent: &Sent) {
        let at = sent.location.key("encoding");
        if !matches!(sent.format, BodyFormat::Form | BodyFormat::Multipart) {
            if !sent.encoding.is_empty() {
                let message = "`encoding` is about forms and parts: it is ignored";
                self.report(Diagnostic::note(UNSUPPORTED, message), &at);
            }
            return;
        }
        let all = sent.ty.and_then(|ty| self.properties_within(ty, NESTING));
        let all = all.unwrap_or_default();
        let known = |name: &String| all.iter().any(|property| property.name == *name);
        let stated = sent.encoding.iter().map(|encoding| &encoding.property);
        let unknown: Vec<&String> = stated
            .filter(|name| !all.is_empty() && !known(name))
            .collect();
        for name in unknown {
            let message = format!("`encoding` is about `{name}`, which is no property of the body");
            let names = all.iter().map(|property| property.name.as_str());
            let help = match nearest(name, names) {
                Some(name) => format!("did you mean `{name}`?"),
                None => "it has no effect".to_owned(),
            };
            let warning = Diagnostic::warning(UNSUPPORTED, message).help(help);
            self.report(warning, &at.key(name));
        }
    }

    /// Of alternatives those of each; what not all of them require is none that is required.
    pub(super) fn properties_within(&self, id: TypeId, depth: usize) -> Option<Vec<Property>> {
        match self.shape(id) {
            Shape::Object(object) => Some(object.properties.clone()),
            Shape::Union(union) => {
                let depth = depth.checked_sub(1)?;
                let variants = union.variants.iter();
                let variants = variants.map(|variant| self.properties_within(variant.ty, depth));
                let variants: Vec<Vec<Property>> = variants.collect::<Option<_>>()?;
                let mut all: Vec<Property> = Vec::new();
                for property in variants.iter().flatten() {
                    let same = |other: &&mut Property| other.name == property.name;
                    if all.iter_mut().find(same).is_none() {
                        let required = variants.iter().all(|own| requires(own, &property.name));
                        all.push(Property {
                            required,
                            ..property.clone()
                        });
                    }
                }
                Some(all)
            }
            _ => None,
        }
    }

    /// The arguments that are parts: those that are required, and those that are set on the request.
    pub(super) fn part_arguments(
        &self,
        sent: &Sent,
        body: &api::Body,
        scope: &mut Scope,
    ) -> (Vec<Argument>, Vec<Argument>) {
        let any = scope.claim_first([ANY_PART, "any_part"].map(str::to_owned));
        let (mut required, mut optional) = (Vec::new(), Vec::new());
        let properties = self.part_properties(sent.ty);
        let names = snake_names(properties.iter().map(|property| property.name.as_str()));
        for (property, name) in properties.into_iter().zip(names) {
            if !property.required && self.is_only_default(property.ty) {
                continue;
            }
            let nullable = self.chain(property.ty).any(|ty| ty.nullable);
            let is_required = body.required && property.required && !nullable;
            let argument = self.part_argument(sent, &property, name, is_required, scope);
            if nullable {
                optional.push(self.option(argument).perhaps());
            } else if is_required {
                required.push(argument);
            } else {
                optional.push(self.option_of_body(argument, &property).perhaps());
            }
        }
        optional.push(self.option(Argument {
            name: any,
            docs: self.any_part_docs(sent),
            ty: ParameterType::Part,
            role: Role::AnyPart,
            deprecated: false,
            maybe: None,
            allow: Vec::new(),
            location: sent.location.clone(),
        }));
        (required, optional)
    }

    /// What is said of parts of any name, under a name that stands for them.
    fn any_part_docs(&self, sent: &Sent) -> String {
        let all = sent.ty.and_then(|ty| self.properties_within(ty, NESTING));
        let mut all = all.into_iter().flatten();
        let said = all
            .find(|property| is_placeholder(&property.name))
            .map(|property| {
                let ty = match self.shape(property.ty) {
                    Shape::Array(items) if self.api.ty(property.ty).docs.description.is_empty() => {
                        *items
                    }
                    _ => property.ty,
                };
                self.part_docs(ty, &self.encoding_of(sent, &property))
            });
        let said = said.unwrap_or_default();
        format!("Adds a part of another name. {said}")
            .trim_end()
            .to_owned()
    }

    fn part_argument(
        &self,
        sent: &Sent,
        property: &Property,
        name: String,
        is_required: bool,
        scope: &mut Scope,
    ) -> Argument {
        let encoding = self.encoding_of(sent, property);
        // A text whose media type is JSON's is JSON as it is.
        let content = self.part_content(property.ty, &stated(sent, &property.name));
        let part = Part {
            wire: property.name.clone(),
            content,
            content_type: part_type(content, &encoding),
            headers: encoding.headers.clone(),
        };
        let stem = name.trim_start_matches("r#").trim_end_matches('_');
        let names = [name.clone(), format!("{stem}_{TAKEN}")];
        Argument {
            name: if is_required {
                scope.claim_argument(names)
            } else {
                scope.claim_first(names)
            },
            docs: self.part_docs(property.ty, &encoding),
            ty: self.part_type(property.ty, content),
            role: Role::Part(part),
            deprecated: self
                .chain(property.ty)
                .any(|ty| ty.deprecated && ty.location == property.location),
            maybe: None,
            allow: Vec::new(),
            location: property.location.clone(),
        }
    }

    /// What is said of the property, and the media types that a file may have.
    fn part_docs(&self, ty: TypeId, encoding: &Encoding) -> String {
        let docs = self.argument_docs("", ty);
        let stated = encoding.content_type.as_deref().unwrap_or_default();
        let types = stated.split(',').map(|name| code(name.trim()));
        let types: Vec<String> = types.collect();
        if types.len() < 2 {
            return docs;
        }
        let sentence = format!("Content types: {}.", types.join(", "));
        if docs.is_empty() {
            sentence
        } else {
            format!("{docs} {sentence}")
        }
    }

    fn part_type(&self, id: TypeId, content: PartContent) -> ParameterType {
        let (mut id, mut ty) = (id, self.value_ty(id, None));
        if let PartContent::List(_) = content {
            id = self.api.list_among(id).unwrap_or(id);
            ty = self.value_ty(id, None);
        }
        let ty = match content {
            PartContent::File => ParameterType::File,
            PartContent::Files => ParameterType::FileList,
            // The caller writes what the crate cannot.
            PartContent::Text if !self.is_scalar(id) => ParameterType::Text,
            // As in a query.
            PartContent::Text => parameter_type(ty, &Role::Query(String::new())),
            PartContent::List(style) => parameter_type(ty, &Role::QueryList(String::new(), style)),
            PartContent::Json | PartContent::JsonItems => self.json_type(id, without_decimals(ty)),
            PartContent::Object(_) => ParameterType::Reference(without_decimals(ty)),
        };
        self.taken(id, ty)
    }

    /// As a property of a body of JSON.
    fn json_type(&self, id: TypeId, ty: Ty) -> ParameterType {
        match ty {
            Ty::Model(_) | Ty::Vec(_) | Ty::Map(_) => {
                self.field_type(id, &ty, FieldContent::of_model(&ty))
            }
            ty => ParameterType::Reference(ty),
        }
    }

    /// That the body has parts, where no argument is all of it.
    pub(super) fn multipart(
        &self,
        sent: Option<&Sent>,
        operation: &Operation,
    ) -> Option<Multipart> {
        let (sent, body) = (sent?, operation.body.as_ref()?);
        (sent.format == BodyFormat::Multipart).then(|| Multipart {
            media_type: media_type(sent),
            required: body.required && self.has_part_arguments(sent),
            location: sent.location.clone(),
        })
    }
}

/// Without a boundary, which is each request's own.
fn media_type(sent: &Sent) -> String {
    let essence = sent.media_type.split(';').next().unwrap_or_default().trim();
    if essence.contains('*') {
        "multipart/form-data".to_owned()
    } else {
        essence.to_owned()
    }
}

fn requires(properties: &[Property], name: &str) -> bool {
    properties
        .iter()
        .any(|property| property.name == name && property.required)
}

/// A name that stands for any: Cloudflare's `<any part name>`.
fn is_placeholder(name: &str) -> bool {
    name.starts_with('<') && name.ends_with('>')
}

/// The media type to state: the only one that is documented, other than what such a part has anyway.
fn part_type(content: PartContent, encoding: &Encoding) -> Option<String> {
    let stated = encoding.content_type.as_deref()?.trim();
    let usual = match content {
        PartContent::Text | PartContent::List(_) | PartContent::Object(_) => "text/plain",
        PartContent::File | PartContent::Files => "application/octet-stream",
        PartContent::Json | PartContent::JsonItems => "application/json",
    };
    let one = !stated.is_empty() && !stated.contains([',', '*']);
    (one && stated != usual).then(|| stated.to_owned())
}
