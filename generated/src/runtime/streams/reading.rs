//! How a response is read that is a stream; one function for each kind of items.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::download::Download;
use super::frames::{Event, Framing};
use super::items::{Item, ItemStream, ReadItem};
use crate::runtime::decode::{Decoded, Failure, read};
use crate::runtime::raw_response::{RawResponse, not_items};

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

/// Events that are described as objects of their fields: `event`, `id` and `data`.
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

/// Data that is JSON is tried as such first, and at last as the object itself: a description rarely
/// says which it is.
fn whole<T: DeserializeOwned>(
    response: &RawResponse,
    item: &Item<'_>,
) -> Result<Decoded<T>, Failure> {
    let Event { data, name, id } = item.event;
    let object = |data: Value| {
        let text = |text: &String| Value::from(text.as_str());
        let fields = [
            ("event", name.as_ref().map(text)),
            ("id", id.as_ref().map(text)),
            ("data", Some(data)),
        ];
        let fields = fields.into_iter();
        let fields = fields.filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Value::from(fields.collect::<Map<_, _>>()).to_string()
    };
    let structured = data.trim_start().starts_with(['{', '[']);
    let structured = structured
        .then(|| serde_json::from_str(data).ok())
        .flatten();
    let structured = structured.map(object);
    let plain = object(Value::from(data.as_str()));
    let spellings = structured.iter().chain([&plain, data]);
    let mut fitting = spellings.filter_map(|json| serde_json::from_str(json).ok());
    if let Some(value) = fitting.next() {
        return Ok(Decoded::new(value));
    }
    let (data, deviations) = read(
        response,
        Some(item.place),
        structured.as_ref().unwrap_or(&plain),
    )?;
    let mut decoded = Decoded::new(data);
    decoded.deviations = deviations;
    Ok(decoded)
}
