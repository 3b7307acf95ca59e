//! The members of an envelope: whether the call succeeded, what else the service says, and where the data is.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::decode::{Decoded, Failure};
use super::integer;
use super::message::Message;
use super::reason;
use super::service::Envelope;

/// Reads an envelope as nearly all are: of a success, with data that fits.
pub(super) fn at_once<T: DeserializeOwned>(envelope: &Envelope, json: &str) -> Option<Decoded<T>> {
    integer::likely_digits(|| {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let enveloped = Enveloped(envelope, PhantomData);
        let decoded = deserializer.deserialize_map(enveloped)?;
        deserializer.end().map(|()| decoded)
    })
    .ok()
}

struct Enveloped<'e, T>(&'e Envelope, PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for Enveloped<'_, T> {
    type Value = Decoded<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an envelope")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Decoded<T>, A::Error> {
        // Whatever is otherwise is looked at member by member.
        let otherwise = || A::Error::custom("no data, or twice, or a rejection");
        let (mut data, mut success, mut messages) = (None, None, None);
        while let Some(member) = from.next_key_seed(Member(self.0))? {
            match member {
                Known::Data if data.is_none() => data = Some(from.next_value()?),
                Known::Data => return Err(otherwise()),
                Known::Success => success = Some(from.next_value()?),
                Known::Messages => messages = Some(from.next_value()?),
                Known::Other => drop(from.next_value::<IgnoredAny>()?),
            }
        }
        let data = data.ok_or_else(otherwise)?;
        let messages = said(success, messages).map_err(|_| otherwise())?;
        Ok(Decoded {
            messages,
            ..Decoded::new(data)
        })
    }
}

/// The name of a member of an envelope.
struct Member<'e>(&'e Envelope);

enum Known {
    Data,
    Success,
    Messages,
    Other,
}

impl<'de> DeserializeSeed<'de> for Member<'_> {
    type Value = Known;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Known, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Member<'_> {
    type Value = Known;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the name of a member")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Known, E> {
        let Self(envelope) = self;
        Ok(match name {
            _ if name == envelope.data => Known::Data,
            _ if name == envelope.success => Known::Success,
            _ if name == envelope.messages => Known::Messages,
            _ => Known::Other,
        })
    }
}

/// The members of an envelope. They stay text, so that decimals in the data keep their digits.
pub(super) type Members<'a> = BTreeMap<String, &'a RawValue>;

pub(super) fn members(json: &str) -> Result<Members<'_>, Failure> {
    serde_json::from_str(json).map_err(|error| Failure::unreadable(".", reason::of(&error)))
}

/// What the service says beside the data, unless it says that the call failed.
pub(super) fn messages(
    envelope: &Envelope,
    members: &Members<'_>,
) -> Result<Vec<Message>, Failure> {
    let member = |name| members.get(name).copied();
    said(member(envelope.success), member(envelope.messages))
}

fn said(success: Option<&RawValue>, messages: Option<&RawValue>) -> Result<Vec<Message>, Failure> {
    if success.is_some_and(|success| is_no(success.get())) {
        return Err(Failure::Rejected);
    }
    let messages = messages.map(RawValue::get).filter(|json| *json != "[]");
    let messages = messages.and_then(|json| serde_json::from_str(json).ok());
    Ok(messages
        .map(|value| Message::list(&value))
        .unwrap_or_default())
}

/// Some services write a boolean as text, or as 0.
fn is_no(json: &str) -> bool {
    matches!(
        json,
        "false" | "\"false\"" | "\"False\"" | "\"FALSE\"" | "0" | "\"0\""
    )
}
