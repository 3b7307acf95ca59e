//! Which of its media types an operation sends, and what it gives back.

use super::Plan;
use super::outcomes::Reading;
use super::returned::Returned;
use super::streams::Streamed;
use crate::api::media::Format;
use crate::api::{Encoding, Media, Operation, Property, Shape, StringFormat, Type, TypeId};
use crate::location::Location;
use crate::rust::{Body, BodyField, BodyFormat};

/// What an operation sends and receives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bodies {
    /// The media types of which the caller has a choice; the first is the default.
    pub sent: Vec<Sent>,
    /// Of each documented outcome.
    pub readings: Vec<Reading>,
    pub returned: Returned,
    /// What can be asked for beside what is returned.
    pub stream: Option<Streamed>,
}

/// The request body in one of its media types.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    pub format: BodyFormat,
    /// As the document has it.
    pub media_type: String,
    /// None of what is sent as it is, and of any value.
    pub ty: Option<TypeId>,
    pub encoding: Vec<Encoding>,
    pub location: Location,
}

impl Plan<'_> {
    pub(super) fn choose_bodies(&mut self) {
        for at in 0..self.operations.len() {
            let index = self.operations[at].0;
            let operation = self.operation(index);
            let sent = self.requests(operation);
            let mut readings = self.readings(index);
            let stream = self.streamed(operation, &mut readings);
            let mut returned = self.returned(operation, &readings);
            if let Some(stream) = &stream {
                returned.others.retain(|other| *other != stream.media_type);
            }
            self.leave_untyped(operation, &mut readings, &returned);
            self.operations[at].1 = Bodies {
                sent,
                readings,
                returned,
                stream,
            };
        }
        self.check_envelope();
    }

    pub(super) fn sent(&self, media: &Media) -> Sent {
        let format = self.body_format(media);
        let bytes = format == BodyFormat::Raw;
        Sent {
            format,
            media_type: media.media_type.clone(),
            ty: media.ty.filter(|_| !bytes),
            encoding: media.encoding.clone(),
            location: media.location.clone(),
        }
    }

    fn body_format(&self, media: &Media) -> BodyFormat {
        let shape = media.ty.map(|ty| self.shape(ty));
        let text = matches!(shape, Some(Shape::String(_) | Shape::Any) | None);
        let binary = matches!(shape, Some(Shape::String(StringFormat::Binary)));
        match media.format() {
            Format::Json => BodyFormat::Json,
            Format::Form => BodyFormat::Form,
            Format::Multipart => BodyFormat::Multipart,
            Format::Text | Format::Events if !binary => BodyFormat::Text,
            // Nothing is said but what the value is.
            Format::Any if !text => BodyFormat::Json,
            Format::Bytes if media.essence() == "application/*" && !text => BodyFormat::Json,
            Format::Any
            | Format::Text
            | Format::Bytes
            | Format::Lines
            | Format::Sequence
            | Format::Events => BodyFormat::Raw,
        }
    }

    /// The types that a request carries of it: of parts those of the properties, and of an object where it has a method.
    pub(super) fn sent_types(
        &self,
        operation: &Operation,
        sent: &Sent,
        in_fields: bool,
    ) -> Vec<TypeId> {
        match sent.format {
            BodyFormat::Multipart => {
                let properties = self.part_properties(sent.ty).into_iter();
                properties.map(|property| property.ty).collect()
            }
            _ if in_fields && self.has_field_arguments(sent) => {
                let required = operation.body.as_ref().is_some_and(|body| body.required);
                let mut properties = self.sent_properties(sent);
                properties.retain(|one| !(required && self.is_fixed(sent, one)));
                properties.into_iter().map(|property| property.ty).collect()
            }
            BodyFormat::Text => sent
                .ty
                .into_iter()
                .filter(|ty| self.is_scalar(*ty))
                .collect(),
            _ => sent.ty.into_iter().collect(),
        }
    }

    /// The body as data, once the models have their names.
    pub(super) fn body(&self, sent: &Sent) -> Body {
        let object = sent.ty.map(|id| (id, self.shape(id)));
        let fields = match object {
            Some((id, Shape::Object(object))) if sent.format != BodyFormat::Text => {
                let properties = object.properties.iter();
                properties
                    .map(|property| self.body_field(id, property))
                    .collect()
            }
            _ => Vec::new(),
        };
        Body {
            format: sent.format,
            media_type: sent.media_type.clone(),
            content_type: content_type(sent),
            encoding: self.form_encoding(sent),
            sensitive: sent.ty.is_some_and(|id| self.is_sensitive(id)),
            fields,
        }
    }

    fn body_field(&self, of: TypeId, property: &Property) -> BodyField {
        BodyField {
            wire: property.name.clone(),
            required: property.required,
            ty: self.value_ty(property.ty, Some(self.api.resolved(of))),
            location: property.location.clone(),
        }
    }

    pub(super) fn shape(&self, id: TypeId) -> &Shape {
        &self.api.ty(self.api.resolved(id)).shape
    }

    /// The schema and, where it is an alias, all that it stands for.
    pub(super) fn chain(&self, id: TypeId) -> impl Iterator<Item = &Type> {
        self.chain_ids(id).map(|id| self.api.ty(id))
    }

    pub(super) fn chain_ids(&self, id: TypeId) -> impl Iterator<Item = TypeId> {
        std::iter::successors(Some(id), |id| match self.api.ty(*id).shape {
            Shape::Alias(target) => Some(target),
            _ => None,
        })
    }
}

/// The media type to state, where it is another than the one that such a body has by itself.
fn content_type(sent: &Sent) -> Option<String> {
    let usual = match sent.format {
        BodyFormat::Json => "application/json",
        BodyFormat::Form => "application/x-www-form-urlencoded",
        BodyFormat::Text => "text/plain",
        BodyFormat::Multipart | BodyFormat::Raw => return None,
    };
    let stated = &sent.media_type;
    (stated != usual && !stated.contains('*')).then(|| stated.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::policy::Policy;
    use crate::rust::plan::{Audience, lowered, sharing};
    use std::collections::HashSet;

    #[test]
    fn a_body_is_sent_as_the_document_says() {
        for (media_type, format) in [
            ("application/json", BodyFormat::Json),
            ("application/merge-patch+json", BodyFormat::Json),
            ("application/x-www-form-urlencoded", BodyFormat::Form),
            ("multipart/form-data", BodyFormat::Multipart),
            ("text/plain; charset=utf-8", BodyFormat::Text),
            ("application/pdf", BodyFormat::Raw),
        ] {
            let body = body(&format!("{media_type}: {{schema: {SCHEMA}}}"));
            assert_eq!((body.format, &*body.media_type), (format, media_type));
            let fields = body.fields.iter();
            let fields = fields.map(|f| format!("{} {} {:?}", f.wire, f.required, f.ty));
            let fieldless = matches!(format, BodyFormat::Raw | BodyFormat::Text);
            let expected: &[&str] = if fieldless {
                &[]
            } else {
                &["name true String", "ages false Vec(I64)"]
            };
            assert_eq!(Vec::from_iter(fields), expected);
        }
    }

    #[test]
    fn the_media_type_is_stated_that_a_body_has_not_by_itself() {
        for (media_type, stated) in [
            ("application/json", false),
            ("Application/JSON", false),
            ("application/json; charset=utf-8", true),
            ("application/merge-patch+json", true),
            ("application/*+json", false),
            ("'*/*'", false),
            ("application/x-www-form-urlencoded", false),
            ("text/plain", false),
            ("text/csv", true),
            ("text/*", false),
        ] {
            let body = body(&format!("{media_type}: {{schema: {SCHEMA}}}"));
            let expected = stated.then(|| media_type.to_owned());
            assert_eq!(body.content_type, expected, "{media_type}");
        }
    }

    const SCHEMA: &str = "{type: object, required: [name], properties: {name: {type: string}, \
                          ages: {type: array, items: {type: integer}}}}";

    fn body(content: &str) -> Body {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n\
             paths: {{/a: {{put: {{requestBody: {{content: {{{content}}}}}, responses: {{}}}}}}}}"
        );
        let mut found = Diagnostics::default();
        let (document, api) = lowered(text, &mut found);
        let policy = Policy::default();
        let shared = sharing::shared(api, &HashSet::new());
        let mut plan = Plan::new(&document, &shared, &policy, Audience::Readers, &mut found);
        plan.operations.push((0, Bodies::default()));
        plan.choose_bodies();
        let sent = plan.operations[0].1.sent.remove(0);
        plan.body(&sent)
    }
}
