//! How a response is read that is a stream; one function for each kind of items.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::download::Download;
use super::frames::{Event, Framing};
use super::items::{Item, ItemStream, ReadItem};
use crate::runtime::decode::{Decoded, Failure, read};
use crate::runtime::raw_response::{RawResponse, not_items};
use crate::runtime::union::known;

type Items<T> = Result<Decoded<ItemStream<T>>, Failure>;

/// Lines of JSON.
///
/// # Errors
///
/// If the response says that it is something else.
pub fn lines<T: DeserializeOwned>(response: &RawResponse) -> Items<T> {
    items(response, Framing::Lines, json)
}

/// Lines of text.
///
/// # Errors
///
/// As [`lines`].
pub fn text_lines(response: &RawResponse) -> Items<String> {
    items(response, Framing::Lines, text)
}

/// A sequence of JSON texts (RFC 7464).
///
/// # Errors
///
/// As [`lines`].
pub fn records<T: DeserializeOwned>(response: &RawResponse) -> Items<T> {
    items(response, Framing::Records, json)
}

/// Events whose data is JSON.
///
/// # Errors
///
/// As [`lines`].
pub fn events<T: DeserializeOwned>(response: &RawResponse) -> Items<T> {
    items(response, Framing::Events, json)
}

/// Events whose data is text.
///
/// # Errors
///
/// As [`lines`].
pub fn text_events(response: &RawResponse) -> Items<String> {
    items(response, Framing::Events, text)
}

/// Events that are described as objects of their fields: `event`, `id`, `retry` and `data`.
///
/// # Errors
///
/// As [`lines`].
pub fn whole_events<T: DeserializeOwned>(response: &RawResponse) -> Items<T> {
    items(response, Framing::Events, whole)
}

/// The body, as it arrives.
///
/// # Errors
///
/// If it was read already.
pub fn download(response: &RawResponse) -> Result<Decoded<Download>, Failure> {
    let (flow, context) = open(response)?;
    let head = response.with_body(Default::default());
    Ok(Decoded::new(Download::new(flow, context, head)))
}

fn items<T>(response: &RawResponse, framing: Framing, read: ReadItem<T>) -> Items<T> {
    let may_be_json = framing != Framing::Events;
    if let Some(reason) = not_items(response.headers(), may_be_json) {
        return Err(Failure::unreadable(".", reason));
    }
    let (flow, context) = open(response)?;
    let head = response.with_body(Default::default());
    let items = ItemStream::new(flow, context, framing, read, head);
    Ok(Decoded::new(items))
}

fn open(response: &RawResponse) -> Result<(super::Flow, super::open::Context), Failure> {
    let open = response.open.as_ref().and_then(|open| open.take());
    open.ok_or_else(|| Failure::unreadable(".", "the body was read already"))
}

fn json<T: DeserializeOwned>(
    response: &RawResponse,
    item: &Item<'_>,
) -> Result<Decoded<T>, Failure> {
    let (data, deviations) = read(response, Some(item.place), &item.event.data)?;
    let mut decoded = Decoded::new(data);
    decoded.deviations = deviations;
    Ok(decoded)
}

fn text(_: &RawResponse, item: &Item<'_>) -> Result<Decoded<String>, Failure> {
    Ok(Decoded::new(item.event.data.clone()))
}

/// Data that is JSON is tried as such first, and at last as the object itself, and an id that is digits as text and
/// as a number: a description rarely says which it is. What names a type that is known comes first.
fn whole<T: DeserializeOwned>(
    response: &RawResponse,
    item: &Item<'_>,
) -> Result<Decoded<T>, Failure> {
    let data = &item.event.data;
    let structured = data.trim_start().starts_with(['{', '[']);
    let structured: Option<Value> = structured
        .then(|| serde_json::from_str(data).ok())
        .flatten();
    let plain = Value::from(data.as_str());
    let number = item.event.id.as_deref().and_then(number);
    let ids = [item.event.id.as_deref().map(Value::from), number];
    let ids = || {
        ids.iter()
            .flatten()
            .map(Some)
            .chain(item.event.id.is_none().then_some(None))
    };
    let values = || structured.iter().chain([&plain]);
    let spellings = values().flat_map(|data| ids().map(move |id| object(item.event, id, data)));
    let spellings = spellings.chain([data.clone()]);
    let mut fitting = None;
    for json in spellings {
        match known(|| serde_json::from_str(&json).ok()) {
            (Some(value), true) => return Ok(Decoded::new(value)),
            (value, _) => fitting = fitting.or(value),
        }
    }
    if let Some(value) = fitting {
        return Ok(Decoded::new(value));
    }
    let id = item.event.id.as_deref().map(Value::from);
    let json = object(
        item.event,
        id.as_ref(),
        structured.as_ref().unwrap_or(&plain),
    );
    let (data, deviations) = read(response, Some(item.place), &json)?;
    let mut decoded = Decoded::new(data);
    decoded.deviations = deviations;
    Ok(decoded)
}

/// An event as an object of its fields.
fn object(event: &Event, id: Option<&Value>, data: &Value) -> String {
    let name = event.name.as_deref().map(Value::from);
    let retry = event.retry.map(Value::from);
    let fields = [
        ("event", name.as_ref()),
        ("id", id),
        ("retry", retry.as_ref()),
        ("data", Some(data)),
    ];
    let fields = fields.into_iter();
    let fields = fields.filter_map(|(name, value)| Some((name.to_owned(), value?.clone())));
    Value::from(fields.collect::<Map<_, _>>()).to_string()
}

/// The number that is written so.
fn number(text: &str) -> Option<Value> {
    let number: i64 = text.parse().ok()?;
    (number.to_string() == text).then(|| Value::from(number))
}
