//! Which of its media types an operation sends, and what it gives back.

use super::outcomes::Reading;
use super::returned::Returned;
use super::{Plan, UNSUPPORTED};
use crate::api::media::Format;
use crate::api::{Operation, Property, Shape, Type, TypeId};
use crate::diagnostic::Diagnostic;
use crate::rust::{Body, BodyField, BodyFormat};

/// What an operation sends and receives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bodies {
    pub sent: Option<Sent>,
    /// Of each documented outcome.
    pub readings: Vec<Reading>,
    pub returned: Returned,
}

/// The request body, with the one of its media types that is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    pub format: BodyFormat,
    media_type: String,
    /// None of what is sent as it is, and of any value.
    pub ty: Option<TypeId>,
}

impl Plan<'_> {
    pub(super) fn choose_bodies(&mut self) {
        for at in 0..self.operations.len() {
            let operation = self.operation(self.operations[at].0);
            let sent = self.sent(operation);
            let mut readings = self.readings(operation);
            let returned = self.returned(operation, &readings);
            self.leave_untyped(operation, &mut readings, &returned);
            self.operations[at].1 = Bodies {
                sent,
                readings,
                returned,
            };
        }
        self.check_envelope();
    }

    fn sent(&mut self, operation: &Operation) -> Option<Sent> {
        let body = operation.body.as_ref()?;
        let media = body.preferred()?;
        if body.content.len() > 1 {
            let message = format!(
                "of several request media types `{}` is sent",
                media.media_type
            );
            self.report(Diagnostic::note(UNSUPPORTED, message), &body.location);
        }
        let format = match media.format() {
            Format::Json => BodyFormat::Json,
            Format::Form => BodyFormat::Form,
            Format::Multipart => BodyFormat::Multipart,
            Format::Any | Format::Text | Format::Bytes => BodyFormat::Raw,
        };
        Some(Sent {
            format,
            media_type: media.media_type.clone(),
            ty: media.ty.filter(|_| format != BodyFormat::Raw),
        })
    }

    /// The body as data, once the models have their names.
    pub(super) fn body(&self, sent: &Sent) -> Body {
        let object = sent.ty.map(|id| (id, self.shape(id)));
        let fields = match object {
            Some((id, Shape::Object(object))) => {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::policy::Policy;
    use crate::rust::plan::{Audience, lowered};

    #[test]
    fn a_body_is_sent_as_the_document_says() {
        for (media_type, format) in [
            ("application/json", BodyFormat::Json),
            ("application/merge-patch+json", BodyFormat::Json),
            ("application/x-www-form-urlencoded", BodyFormat::Form),
            ("multipart/form-data", BodyFormat::Multipart),
            ("text/plain; charset=utf-8", BodyFormat::Raw),
            ("application/pdf", BodyFormat::Raw),
        ] {
            let body = body(&format!("{media_type}: {{schema: {SCHEMA}}}"));
            assert_eq!((body.format, &*body.media_type), (format, media_type));
            assert!(body.is_repeatable());
            let fields = body.fields.iter();
            let fields = fields.map(|f| format!("{} {} {:?}", f.wire, f.required, f.ty));
            let expected: &[&str] = if format == BodyFormat::Raw {
                &[]
            } else {
                &["name true String", "ages false Vec(I64)"]
            };
            assert_eq!(Vec::from_iter(fields), expected);
        }
    }

    #[test]
    fn of_several_media_types_json_is_sent() {
        let body = body("text/plain: {}, application/a+json: {}, application/json: {}");
        assert_eq!(body.media_type, "application/json");
        assert_eq!(body.fields, []);
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
        let mut plan = Plan::new(&document, &api, &policy, Audience::Readers, &mut found);
        plan.operations.push((0, Bodies::default()));
        plan.choose_bodies();
        let sent = plan.operations[0].1.sent.clone().expect("a body is sent");
        plan.body(&sent)
    }
}
