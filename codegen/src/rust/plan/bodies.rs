//! Which of its media types an operation sends, and what it gives back.

use super::outcomes::{Reading, Returned};
use super::{Plan, UNSUPPORTED, key};
use crate::api::media::Format;
use crate::api::{Operation, Shape, Type, TypeId};
use crate::diagnostic::Diagnostic;

/// What an operation sends and receives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bodies {
    pub sent: Option<BodyKind>,
    /// Of each documented outcome.
    pub readings: Vec<Reading>,
    pub returned: Returned,
}

#[derive(Debug, Clone, PartialEq)]
pub enum BodyKind {
    Json(Option<TypeId>),
    Form(Option<TypeId>),
    Raw(String),
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

    fn sent(&mut self, operation: &Operation) -> Option<BodyKind> {
        let body = operation.body.as_ref()?;
        let media = body.preferred()?;
        if body.content.len() > 1 {
            let message = format!(
                "of several request media types `{}` is sent",
                media.media_type
            );
            self.report(Diagnostic::note(UNSUPPORTED, message), &body.location);
        }
        match media.format() {
            Format::Json => Some(BodyKind::Json(media.ty)),
            Format::Form => Some(BodyKind::Form(media.ty)),
            Format::Multipart => {
                let message = format!("a request body of `{}` is not supported", media.essence());
                let help = format!(
                    "to generate the crate without the operation, add `skip = [\"{}\"]` to the policy file",
                    key(operation)
                );
                let diagnostic = Diagnostic::error(UNSUPPORTED, message).help(help);
                self.report(diagnostic, &media.location);
                None
            }
            Format::Any | Format::Text | Format::Bytes => {
                Some(BodyKind::Raw(media.essence().to_owned()))
            }
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
