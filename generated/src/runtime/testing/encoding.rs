//! How a value becomes the body of a response; one for each kind of response.

use std::marker::PhantomData;

use bytes::Bytes as Raw;
use reqwest::StatusCode;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use super::reply::Reply;
use crate::runtime::service::Service;
use crate::runtime::streams::ItemStream;

const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";

/// How what a request gives is written.
pub trait Encoding<T> {
    /// What is stated of it.
    type Value;

    /// The response that is read as the value.
    fn reply(value: Self::Value, service: &Service) -> Reply;
}

/// The data of a result.
#[doc(hidden)]
pub trait Success {
    /// What a call gives.
    type Data;
}

impl<T, E> Success for Result<T, E> {
    type Data = T;
}

/// What can be one of several responses.
#[doc(hidden)]
pub trait Several {
    /// The response that it is read from.
    fn reply(self, service: &Service) -> Reply;
}

/// Each the type that says how a response is written, and the function that writes it.
macro_rules! encodings {
    ($($(#[$docs:meta])* $name:ident, $function:ident $(<$generic:ident>)? ($value:ty);)+) => {$(
        $(#[$docs])*
        #[derive(Debug)]
        pub struct $name;

        impl $(<$generic: Serialize>)? Encoding<$value> for $name {
            type Value = $value;

            fn reply(value: $value, service: &Service) -> Reply {
                $function(value, service)
            }
        }
    )+};
}

encodings! {
    /// A value as JSON.
    Json, json<T>(T);
    /// A value within the envelope of the API.
    Enveloped, enveloped<T>(T);
    /// A text.
    Text, text(String);
    /// A text of whatever media type.
    AnyText, any_text(String);
    /// The text of a number, a date or the like.
    Scalar, scalar<T>(T);
    /// Bytes as they are.
    Bytes, bytes(Raw);
    /// Nothing.
    Empty, empty(());
}

/// What may be missing.
#[derive(Debug)]
pub struct Optional<E>(PhantomData<E>);

impl<T, E: Encoding<T>> Encoding<Option<T>> for Optional<E> {
    type Value = Option<E::Value>;

    fn reply(value: Self::Value, service: &Service) -> Reply {
        match value {
            Some(value) => E::reply(value, service),
            None => empty((), service),
        }
    }
}

macro_rules! optional {
    ($($alias:ident, $function:ident = $name:ident, $of:ident $(<$generic:ident>)? ($value:ty);)+) => {$(
        #[doc = concat!("[`", stringify!($name), "`] of what may be missing.")]
        pub type $alias = Optional<$name>;

        pub(crate) fn $function $(<$generic: Serialize>)? (
            value: Option<$value>,
            service: &Service,
        ) -> Reply {
            match value {
                Some(value) => $of(value, service),
                None => empty((), service),
            }
        }
    )+};
}

optional! {
    OptionalJson, optional_json = Json, json<T>(T);
    OptionalEnveloped, optional_enveloped = Enveloped, enveloped<T>(T);
    OptionalText, optional_text = Text, text(String);
    OptionalAnyText, optional_any_text = AnyText, any_text(String);
    OptionalScalar, optional_scalar = Scalar, scalar<T>(T);
    OptionalBytes, optional_bytes = Bytes, bytes(Raw);
}

/// One of several responses.
#[derive(Debug)]
pub struct Outcomes;

impl<T: Several> Encoding<T> for Outcomes {
    type Value = T;

    fn reply(value: T, service: &Service) -> Reply {
        value.reply(service)
    }
}

/// Each the type that says how the items of a stream are written.
macro_rules! streams {
    ($($(#[$docs:meta])* $name:ident, $media_type:literal, $item:ident, $last:ident;)+) => {$(
        $(#[$docs])*
        #[derive(Debug)]
        pub struct $name;

        impl<T: Serialize> Encoding<ItemStream<T>> for $name {
            type Value = Vec<T>;

            fn reply(items: Vec<T>, service: &Service) -> Reply {
                let items: String = items.iter().map($item).collect();
                Reply::new($media_type, items + &$last(service.stream_end))
            }
        }
    )+};
}

streams! {
    /// Lines of JSON.
    Lines, "application/x-ndjson", line, last_line;
    /// Lines of text.
    TextLines, "text/plain; charset=utf-8", text_line, last_line;
    /// A sequence of JSON texts (RFC 7464).
    Records, "application/json-seq", record, no_last;
    /// Events whose data is JSON.
    Events, "text/event-stream", event, last_event;
    /// Events whose data is text.
    TextEvents, "text/event-stream", text_event, last_event;
    /// Events that are objects of their fields.
    WholeEvents, "text/event-stream", whole_event, last_event;
}

pub(crate) fn json<T: Serialize>(value: T, _: &Service) -> Reply {
    Reply::new(JSON, text_of(&value))
}

pub(crate) fn enveloped<T: Serialize>(value: T, service: &Service) -> Reply {
    let Some(envelope) = service.envelope.filter(|one| !one.data.is_empty()) else {
        return json(value, service);
    };
    let members = [
        (envelope.success, raw(&true)),
        (envelope.data, raw(&value)),
        (envelope.errors, raw::<[(); 0]>(&[])),
        (envelope.messages, raw::<[(); 0]>(&[])),
    ];
    let named = members.iter().filter(|(name, _)| !name.is_empty());
    let members = named.map(|(name, value)| format!("{}:{value}", text_of(name)));
    let members: Vec<String> = members.collect();
    Reply::new(JSON, format!("{{{}}}", members.join(",")))
}

pub(crate) fn text(value: String, _: &Service) -> Reply {
    Reply::new(TEXT, value)
}

pub(crate) fn any_text(value: String, service: &Service) -> Reply {
    text(value, service)
}

pub(crate) fn scalar<T: Serialize>(value: T, _: &Service) -> Reply {
    Reply::new(TEXT, unquoted(&value))
}

pub(crate) fn bytes(value: Raw, _: &Service) -> Reply {
    Reply::new("application/octet-stream", value)
}

pub(crate) fn empty((): (), _: &Service) -> Reply {
    Reply::empty(StatusCode::NO_CONTENT)
}

fn line<T: Serialize>(item: &T) -> String {
    format!("{}\n", text_of(item))
}

fn text_line<T: Serialize>(item: &T) -> String {
    format!("{}\n", unquoted(item))
}

fn record<T: Serialize>(item: &T) -> String {
    format!("\u{1e}{}\n", text_of(item))
}

fn event<T: Serialize>(item: &T) -> String {
    format!("data: {}\n\n", text_of(item))
}

fn text_event<T: Serialize>(item: &T) -> String {
    data_of(&unquoted(item))
}

fn whole_event<T: Serialize>(item: &T) -> String {
    let fields = serde_json::to_value(item).unwrap_or_default();
    let field = |name: &str| match &fields[name] {
        serde_json::Value::Null => None,
        serde_json::Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let named = ["event", "id"].into_iter();
    let named = named.filter_map(|name| Some(format!("{name}: {}\n", field(name)?)));
    let data = field("data").unwrap_or_default();
    named.collect::<String>() + &data_of(&data)
}

/// What ends a stream, where the API says that something does.
fn last_line(end: &str) -> String {
    if end.is_empty() {
        return String::new();
    }
    format!("{end}\n")
}

fn last_event(end: &str) -> String {
    if end.is_empty() {
        return String::new();
    }
    data_of(end)
}

fn no_last(_: &str) -> String {
    String::new()
}

fn data_of(text: &str) -> String {
    let lines = text.lines().map(|line| format!("data: {line}\n"));
    lines.collect::<String>() + "\n"
}

/// A text without the quotes that it has as JSON.
fn unquoted<T: Serialize>(value: &T) -> String {
    let json = text_of(value);
    serde_json::from_str(&json).unwrap_or(json)
}

fn text_of<T: Serialize + ?Sized>(value: &T) -> String {
    raw(value).get().to_owned()
}

/// As text at once, so that decimals keep their digits.
pub(super) fn raw<T: Serialize + ?Sized>(value: &T) -> Box<RawValue> {
    to_raw_value(value).unwrap_or_else(|error| panic!("a response is no JSON: {error}"))
}
