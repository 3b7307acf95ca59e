//! Which of its media types an operation sends, and what it gives back.

use super::{Plan, UNSUPPORTED, key};
use crate::api::{Body, Media, Operation, Property, Response, Shape, Status, Type, TypeId};
use crate::diagnostic::Diagnostic;
use crate::policy;
use crate::rust::{Data, Decode, ErrorBody};

/// The chosen representation of an operation's bodies.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Representation {
    pub body: Option<BodyKind>,
    pub output: Option<TypeId>,
    pub decode: Option<Decode>,
    /// Where the output is stated.
    pub output_pointer: String,
    pub data: Option<Data>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum BodyKind {
    Json(Option<TypeId>),
    Form(Option<TypeId>),
    Raw(String),
}

impl Plan<'_> {
    pub(super) fn choose_representations(&mut self) {
        for at in 0..self.operations.len() {
            let operation = self.operation(self.operations[at].0);
            let body = self.body_kind(operation);
            let (output, decode) = self.output(operation);
            self.operations[at].1 = Representation {
                body,
                output,
                decode: Some(decode),
                output_pointer: output_pointer(operation),
                data: self.data(operation).filter(|_| decode == Decode::Enveloped),
            };
        }
        self.check_envelope();
    }

    fn check_envelope(&mut self) {
        let Some(envelope) = &self.policy.envelope else {
            return;
        };
        let used = |(_, r): &(usize, Representation)| r.decode == Some(Decode::Enveloped);
        if !self.operations.iter().any(used) {
            let (success, data) = (&envelope.success, envelope.data.get_ref());
            let message = format!("no response has both `{success}` and `{data}`");
            let help = "correct the names, or remove the table";
            self.policy_error(policy::UNUSED, &message, envelope.data.span(), help);
        }
    }

    fn body_kind(&mut self, operation: &Operation) -> Option<BodyKind> {
        let body = operation.body.as_ref()?;
        let media = chosen(body)?;
        if body.content.len() > 1 {
            let message = format!(
                "of several request media types `{}` is sent",
                media.media_type
            );
            self.report(Diagnostic::note(UNSUPPORTED, message), &body.location);
        }
        match essence(&media.media_type) {
            name if is_json(name) => Some(BodyKind::Json(media.ty)),
            "application/x-www-form-urlencoded" => Some(BodyKind::Form(media.ty)),
            name if is_multipart(media) => {
                let message = format!("a request body of `{name}` is not supported");
                let help = format!(
                    "to generate the crate without the operation, add `skip = [\"{}\"]` to the policy file",
                    key(operation)
                );
                let diagnostic = Diagnostic::error(UNSUPPORTED, message).help(help);
                self.report(diagnostic, &media.location);
                None
            }
            name => Some(BodyKind::Raw(name.to_owned())),
        }
    }

    /// What a caller gets: the one type that the success responses agree on.
    fn output(&mut self, operation: &Operation) -> (Option<TypeId>, Decode) {
        let mut outputs: Vec<(Option<TypeId>, Decode)> = Vec::new();
        for response in successes(operation) {
            let media = preferred(&response.content);
            let output = media.map_or((None, Decode::Empty), |m| self.media_output(m));
            if !outputs.iter().any(|known| self.same(known, &output)) {
                outputs.push(output);
            }
        }
        let empty = outputs.iter().any(|(_, decode)| *decode == Decode::Empty);
        outputs.retain(|(_, decode)| *decode != Decode::Empty);
        match outputs.as_slice() {
            [] => (None, Decode::Empty),
            [one] if !empty => *one,
            [(ty, Decode::Json)] => (*ty, Decode::OptionalJson),
            [one] => *one,
            _ => {
                let message = "the success responses have different types";
                let help = "the method returns any JSON value";
                let diagnostic = Diagnostic::warning(UNSUPPORTED, message).help(help);
                self.report(diagnostic, &operation.location);
                (None, Decode::Json)
            }
        }
    }

    fn media_output(&self, media: &Media) -> (Option<TypeId>, Decode) {
        match essence(&media.media_type) {
            name if is_json(name) || (name == "*/*" && media.ty.is_some()) => {
                match media.ty.and_then(|ty| self.enveloped(ty)) {
                    Some(data) => (Some(data.ty), Decode::Enveloped),
                    None => (media.ty, Decode::Json),
                }
            }
            name if name.starts_with("text/") => (None, Decode::Text),
            _ => (None, Decode::Bytes),
        }
    }

    /// The data of an envelope, if the schema is one.
    fn enveloped(&self, id: TypeId) -> Option<&Property> {
        let envelope = self.policy.envelope.as_ref()?;
        let Shape::Object(object) = &self.shape(id) else {
            return None;
        };
        let property = |name: &str| object.properties.iter().find(|p| p.name == name);
        property(&envelope.success)?;
        property(envelope.data.get_ref())
    }

    /// Of several answers, the one that may go without its data.
    fn data(&self, operation: &Operation) -> Option<Data> {
        let types = successes(operation)
            .into_iter()
            .filter_map(|response| preferred(&response.content)?.ty);
        let found = types.filter_map(|ty| self.enveloped(ty));
        let property = found.min_by_key(|property| property.required)?;
        Some(Data {
            required: property.required,
            pointer: property.location.pointer.to_string(),
        })
    }

    fn same(&self, one: &(Option<TypeId>, Decode), two: &(Option<TypeId>, Decode)) -> bool {
        let resolved = |id: Option<TypeId>| id.map(|id| self.api.resolved(id));
        one.1 == two.1 && resolved(one.0) == resolved(two.0)
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

/// The representation that is sent, of those that a body has.
pub(super) fn chosen(body: &Body) -> Option<&Media> {
    preferred(&body.content)
}

fn preferred(content: &[Media]) -> Option<&Media> {
    let rank = |media: &&Media| preference(&media.media_type);
    content.iter().min_by_key(rank)
}

/// The responses that a call which went well may have.
fn successes(operation: &Operation) -> Vec<&Response> {
    let stated = operation.responses.iter();
    let successes: Vec<_> = stated.clone().filter(|r| r.status.is_success()).collect();
    match successes.is_empty() {
        true => stated.filter(|r| r.status == Status::Default).collect(),
        false => successes,
    }
}

/// The responses to calls that failed, as far as they have a body.
pub(super) fn error_bodies(operation: &Operation) -> Vec<ErrorBody> {
    let is_success = |r: &Response| successes(operation).iter().any(|s| s.status == r.status);
    let failures = operation.responses.iter().filter(|r| !is_success(r));
    let described = failures.filter(|r| r.content.iter().any(|media| media.ty.is_some()));
    let body = |response: &Response| ErrorBody {
        status: match response.status {
            Status::Code(code) => code.to_string(),
            Status::Range(hundreds) => format!("{hundreds}XX"),
            Status::Default => "default".to_owned(),
        },
        pointer: response.location.pointer.to_string(),
    };
    described.map(body).collect()
}

/// The one answer that is read, or else all responses.
fn output_pointer(operation: &Operation) -> String {
    match successes(operation).as_slice() {
        [one] => match preferred(&one.content) {
            Some(media) => media.location.pointer.to_string(),
            None => one.location.pointer.to_string(),
        },
        _ => operation.location.key("responses").pointer.to_string(),
    }
}

pub(super) fn is_multipart(media: &Media) -> bool {
    essence(&media.media_type).starts_with("multipart/")
}

/// The media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

fn is_json(name: &str) -> bool {
    matches!(name, "application/json" | "text/json") || name.ends_with("+json")
}

/// What is chosen among several, the lowest first.
fn preference(media_type: &str) -> u8 {
    match essence(media_type) {
        "application/json" => 0,
        name if is_json(name) => 1,
        "*/*" => 2,
        "application/x-www-form-urlencoded" => 3,
        name if name.starts_with("text/") => 5,
        name if name.starts_with("multipart/") => 6,
        _ => 4,
    }
}
