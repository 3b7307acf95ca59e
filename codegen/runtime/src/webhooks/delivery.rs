//! What a webhook is about, and how its body is read.

// Where nothing tells webhooks apart, each is read as what it is known to be.
#![allow(dead_code)]

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::WebhookError;
use crate::runtime::HeaderMap;
use crate::runtime::decode::{self, Failure};

/// What tells the webhooks of a service apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Discriminator {
    /// A header.
    pub(super) header: Option<&'static str>,
    /// A value in the body, as a JSON pointer.
    pub(super) member: Option<&'static str>,
    /// The values of sensitive properties aren't shown, nor are names below them.
    pub(super) sensitive: &'static [&'static str],
}

/// What a webhook has in the header and in the body; an empty text is any.
pub(super) type Values = (&'static str, &'static str);

/// A webhook that came.
pub(super) struct Delivery<'b> {
    discriminator: &'static Discriminator,
    body: &'b str,
    header: String,
    member: String,
}

/// A webhook that this version of the crate doesn't know.
#[derive(Clone, PartialEq)]
pub struct UnknownEvent {
    name: String,
    body: Value,
}

impl<'b> Delivery<'b> {
    pub(super) fn of(
        discriminator: &'static Discriminator,
        headers: &HeaderMap,
        body: &'b [u8],
    ) -> Result<Self, WebhookError> {
        let body = text(body)?;
        let header = discriminator.header.and_then(|name| headers.get(name)?.to_str().ok());
        let member = match discriminator.member {
            None => String::new(),
            Some(pointer) => {
                let value: Value = read(body, discriminator.sensitive)?;
                let member = value.pointer(pointer).and_then(Value::as_str);
                member.unwrap_or_default().to_owned()
            }
        };
        Ok(Self {
            discriminator,
            body,
            header: header.unwrap_or_default().to_owned(),
            member,
        })
    }

    /// Which of the webhooks it is. What is written in other words, as `pull-request` for `pull_request`, is the same where
    /// nothing is closer.
    pub(super) fn which(&self, known: &[Values]) -> Option<usize> {
        let find = |same: fn(&str, &str) -> bool| {
            let fits = |known: &str, own: &str| known.is_empty() || same(known, own);
            let is = |(header, member): &Values| {
                fits(header, &self.header) && fits(member, &self.member)
            };
            // The one that states more.
            let (mut both, mut one) = (known.iter(), known.iter());
            let full = |of: &&Values| !of.0.is_empty() && !of.1.is_empty();
            both.position(|of| full(&of) && is(of))
                .or_else(|| one.position(is))
        };
        find(|one, other| one == other).or_else(|| find(same_words))
    }

    pub(super) fn payload<T: DeserializeOwned>(&self) -> Result<T, WebhookError> {
        read(self.body, self.discriminator.sensitive)
    }

    pub(super) fn unknown(&self) -> Result<UnknownEvent, WebhookError> {
        let names = [self.header.as_str(), self.member.as_str()];
        let names = names.into_iter().filter(|name| !name.is_empty());
        Ok(UnknownEvent {
            name: names.collect::<Vec<_>>().join("."),
            body: self.payload()?,
        })
    }
}

impl UnknownEvent {
    /// What the service calls it, as far as it says so.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The body.
    pub fn body(&self) -> &Value {
        &self.body
    }
}

/// The body may hold anything.
impl fmt::Debug for UnknownEvent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("UnknownEvent")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Reads the body, by what it means where it isn't what the service's description states.
pub(super) fn payload<T: DeserializeOwned>(
    body: &[u8],
    sensitive: &[&str],
) -> Result<T, WebhookError> {
    read(text(body)?, sensitive)
}

fn read<T: DeserializeOwned>(body: &str, sensitive: &[&str]) -> Result<T, WebhookError> {
    match decode::value(body, None, sensitive, false) {
        Ok((value, _)) => Ok(value),
        Err(Failure::Unreadable { path, reason }) => Err(WebhookError::Unreadable { path, reason }),
        Err(Failure::Rejected) => Err(unreadable("it isn't a webhook")),
    }
}

fn text(body: &[u8]) -> Result<&str, WebhookError> {
    std::str::from_utf8(body).map_err(|_| unreadable("it isn't UTF-8"))
}

fn unreadable(reason: &str) -> WebhookError {
    WebhookError::Unreadable {
        path: ".".to_owned(),
        reason: reason.to_owned(),
    }
}

fn same_words(one: &str, other: &str) -> bool {
    let letters = |text: &'_ str| {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        letters
    };
    letters(one) == letters(other)
}
