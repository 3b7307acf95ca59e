//! What the server sends to its users, as data.

use super::Ty;
use crate::location::Location;

/// The feature that the module is behind, unless there is nothing else in the crate.
pub const WEBHOOKS_FEATURE: &str = "webhooks";

/// `src/webhooks.rs`
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Webhooks {
    /// Paths of what is named from outside, sorted.
    pub imports: Vec<String>,
    /// In the order of the document.
    pub payloads: Vec<Payload>,
    /// One type for those that something tells apart.
    pub event: Option<Event>,
    pub signature: Option<SignatureScheme>,
    /// The crate has nothing to call, and so has them always.
    pub alone: bool,
}

/// The body of a webhook: a name for its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Payload {
    pub name: String,
    /// As the document calls the webhook.
    pub wire: String,
    pub docs: String,
    pub ty: Ty,
    /// It comes as JSON.
    pub is_json: bool,
    pub deprecated: bool,
    pub location: Location,
}

/// `Event`, with a variant for each payload that comes as JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The header that tells, in lower case.
    pub header: Option<String>,
    /// The JSON pointer to the value in the body that tells.
    pub member: Option<String>,
    /// By index into [`Webhooks::payloads`], what those are; an empty text is any.
    pub values: Vec<EventKey>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct EventKey {
    pub payload: usize,
    pub header: String,
    pub member: String,
}

/// How the server signs; each is a variant of `Scheme` in `webhooks/signature.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureScheme {
    StandardWebhooks,
    Stripe,
    GitHub,
}

impl SignatureScheme {
    pub fn variant(self) -> &'static str {
        match self {
            Self::StandardWebhooks => "StandardWebhooks",
            Self::Stripe => "Stripe",
            Self::GitHub => "GitHub",
        }
    }
}

impl Webhooks {
    /// The type that `Verifier::verify` gives, if there is that method.
    pub fn verified(&self) -> Option<&str> {
        self.signature?;
        match (&self.event, self.only()) {
            (Some(_), _) => Some("Event"),
            (None, only) => only.map(|payload| payload.name.as_str()),
        }
    }

    /// The variants of `Event`.
    pub fn events(&self) -> impl Iterator<Item = (&Payload, &EventKey)> {
        let values = self.event.iter().flat_map(|event| &event.values);
        values.map(|key| (&self.payloads[key.payload], key))
    }

    /// What `Verifier::verify` reads, where it is clear: the events, or the one payload that there is.
    pub fn only(&self) -> Option<&Payload> {
        match self.payloads.as_slice() {
            [only] if self.event.is_none() && only.is_json => Some(only),
            _ => None,
        }
    }
}
