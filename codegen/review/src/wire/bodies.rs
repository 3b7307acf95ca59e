//! Request bodies and responses, and their media types.

use std::collections::BTreeMap;

use super::document::At;
use super::edit::Edit;
use super::engine::{Engine, Respelled};
use super::model::{Body, Media, Operation, Response, Sender, is_json};
use super::rules::{self, Rule};
use super::schema_pair::Context;
use super::{encodings, headers, texts};
use crate::taxonomy::{Area, Direction};
use codegen::document::pointer;
use codegen::location::Location;
use serde_json::Value;

pub fn request<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &Operation<'a>,
    head: &Operation<'a>,
    sender: Sender,
) {
    let direction = sender.request();
    match (&base.body, &head.body) {
        (Some(before), Some(after)) => body(engine, index, before, after, direction),
        (None, Some(after)) => {
            // Where nothing is said, the schema may require something of whoever sends it.
            let (rule, word) = match (after.required, is_stated(after)) {
                (true, _) => (&rules::REQUIRED_BODY_ADDED, " (required)"),
                (false, true) => (&rules::BODY_ADDED, " (optional)"),
                (false, false) => (&rules::BODY_ADDED, ""),
            };
            let message = format!("a request body{word} was added");
            let edit = Edit::added(rule, message, &after.at);
            engine.of_operation(edit, Area::RequestBody, direction, index);
        }
        (Some(before), None) => {
            let edit = Edit::removed(
                &rules::BODY_REMOVED,
                "the request body was removed",
                &before.at,
            );
            // With the body goes its schema.
            engine.of_operation(edit, Area::Schema, direction, index);
        }
        (None, None) => {}
    }
}

fn body<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    before: &Body<'a>,
    after: &Body<'a>,
    direction: Direction,
) {
    let sides = ((&before.at, before.required), (&after.at, after.required));
    if let Some(edit) = Edit::requiredness("the request body", sides.0, sides.1) {
        engine.of_operation(edit, Area::RequestBody, direction, index);
    } else if !after.required && is_stated(before) != is_stated(after) {
        let word = if is_stated(after) { "now" } else { "no longer" };
        let message = format!("that the request body is optional is {word} stated");
        engine.respelled(&after.at, message, &before.at);
    }
    let known = ["required", "content", "$ref", "schema", "name", "in"];
    for edit in texts::compare("the request body", &before.at, &after.at, &known) {
        engine.of_operation(edit, Area::RequestBody, direction, index);
    }
    let carrier = Carrier {
        operation: index,
        direction,
        area: Area::RequestBody,
        subject: "the request body".to_owned(),
    };
    content(engine, &carrier, &before.content, &after.content);
}

/// Whether the document says if it is required.
fn is_stated(body: &Body<'_>) -> bool {
    body.at.get("required").is_some()
}

pub fn responses<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &Operation<'a>,
    head: &Operation<'a>,
    sender: Sender,
) {
    let direction = sender.response();
    for (status, before) in &base.responses {
        if let Some(after) = head.responses.get(status) {
            response(engine, index, status, before, after, direction);
            continue;
        }
        let rule = if is_success(status) {
            &rules::SUCCESS_REMOVED
        } else {
            &rules::FAILURE_REMOVED
        };
        let message = format!("the response `{status}` was removed");
        let edit = Edit::removed(rule, message, &before.at).at(&stated(&base.at, status));
        engine.of_operation(edit, Area::Responses, direction, index);
    }
    for (status, after) in &head.responses {
        if !base.responses.contains_key(status) {
            let rule = if is_success(status) {
                &rules::SUCCESS_ADDED
            } else {
                &rules::FAILURE_ADDED
            };
            let message = format!("the response `{status}` was added");
            let edit = Edit::added(rule, message, &after.at).at(&stated(&head.at, status));
            engine.of_operation(edit, Area::Responses, direction, index);
        }
    }
}

/// The place in the operation, and not of what it refers to.
fn stated(operation: &At<'_>, status: &str) -> Location {
    let found = operation.get("responses").and_then(|at| {
        at.members()
            .find(|(name, _)| name.eq_ignore_ascii_case(status))
    });
    found.map_or_else(|| operation.location.clone(), |(_, at)| at.location)
}

fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

fn response<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    status: &str,
    before: &Response<'a>,
    after: &Response<'a>,
    direction: Direction,
) {
    let subject = format!("the response `{status}`");
    let known = ["content", "headers", "$ref", "schema"];
    for edit in texts::compare(&subject, &before.at, &after.at, &known) {
        engine.of_operation(edit, Area::Responses, direction, index);
    }
    let carrier = Carrier {
        operation: index,
        direction,
        area: Area::Responses,
        subject,
    };
    let of = headers::Response {
        operation: index,
        direction,
        subject: &carrier.subject,
    };
    headers::compare(engine, of, &before.headers, &after.headers);
    content(engine, &carrier, &before.content, &after.content);
}

/// The request or the response of an operation that carries the content.
struct Carrier {
    operation: usize,
    direction: Direction,
    area: Area,
    subject: String,
}

type Content<'a> = BTreeMap<String, Media<'a>>;

fn content<'a>(
    engine: &mut Engine<'a, '_>,
    carrier: &Carrier,
    base: &Content<'a>,
    head: &Content<'a>,
) {
    let mut gone: Vec<&String> = base
        .keys()
        .filter(|name| !head.contains_key(*name))
        .collect();
    let mut come: Vec<&String> = head
        .keys()
        .filter(|name| !base.contains_key(*name))
        .collect();
    for (name, before) in base {
        if let Some(after) = head.get(name) {
            respelled(engine, before, after);
            media(engine, carrier, name, before, after);
        }
    }
    if let ([from], [to]) = (gone.as_slice(), come.as_slice())
        && let Some(rule) = kinship(from, to, carrier.direction)
    {
        let (before, after) = (&base[*from], &head[*to]);
        let message = format!(
            "the media type of {} changed from `{from}` to `{to}`",
            carrier.subject
        );
        let edit = Edit::changed(rule, message, &before.at, &after.at);
        engine.of_operation(edit, carrier.area, carrier.direction, carrier.operation);
        media(engine, carrier, to, before, after);
        gone.clear();
        come.clear();
    }
    for name in gone {
        let message = format!("the media type `{name}` of {} was removed", carrier.subject);
        let edit = Edit::removed(&rules::MEDIA_TYPE_REMOVED, message, &base[name].at);
        engine.of_operation(edit, carrier.area, carrier.direction, carrier.operation);
    }
    for name in come {
        let message = format!("the media type `{name}` was added to {}", carrier.subject);
        let edit = Edit::added(&rules::MEDIA_TYPE_ADDED, message, &head[name].at);
        engine.of_operation(edit, carrier.area, carrier.direction, carrier.operation);
    }
}

/// One media type in two spellings.
fn respelled<'a>(engine: &mut Engine<'a, '_>, before: &Media<'a>, after: &Media<'a>) {
    let name = |media: &Media<'a>| -> Option<String> {
        let place = &media.at.location.pointer;
        let outer = pointer::parent(place)?;
        let name = pointer::tokens(place).last()?.to_string();
        outer.ends_with("/content").then_some(name)
    };
    if let (Some(old), Some(new)) = (name(before), name(after))
        && old != new
    {
        let respelled = Respelled {
            message: format!("`{old}` before"),
            base: before.at.location.clone(),
        };
        engine
            .equivalent
            .insert(after.at.location.clone(), respelled);
    }
}

/// How one media type came from another, if they are of one family (RFC 6838, section 4.2.8).
fn kinship(from: &str, to: &str, direction: Direction) -> Option<&'static Rule> {
    let bare = |name: &str| name.split(';').next().unwrap_or_default().to_owned();
    let parameters = |name: &str| name.split_once(';').map(|(_, rest)| rest.to_owned());
    let (a, b) = (bare(from), bare(to));
    let suffix = |name: &str| name.rsplit_once('+').map(|(_, suffix)| suffix.to_owned());
    let family = |name: &str| name.split('/').next().unwrap_or_default().to_owned();
    let ranged =
        |narrow: &str, wide: &str| wide == "*/*" || wide == format!("{}/*", family(narrow));
    let structured = |narrow: &str, wide: &str| {
        suffix(narrow).is_some_and(|suffix| wide == format!("{}/{suffix}", family(narrow)))
    };
    // Who reads JSON reads each kind of it; who takes one kind need not take another.
    let read = direction != Direction::Request;
    let within =
        |narrow: &str, wide: &str| ranged(narrow, wide) || (read && structured(narrow, wide));
    if a == b || (parameters(from) != parameters(to) && (within(&a, &b) || within(&b, &a))) {
        return Some(&rules::MEDIA_TYPE_CHANGED);
    }
    let same_suffix = suffix(&a).is_some() && suffix(&a) == suffix(&b);
    match (within(&b, &a), within(&a, &b)) {
        (true, _) => Some(&rules::MEDIA_TYPE_SPECIALIZED),
        (_, true) => Some(&rules::MEDIA_TYPE_GENERALIZED),
        _ if same_suffix || structured(&a, &b) || structured(&b, &a) => {
            Some(&rules::MEDIA_TYPE_EXCHANGED)
        }
        _ => None,
    }
}

fn media<'a>(
    engine: &mut Engine<'a, '_>,
    carrier: &Carrier,
    name: &str,
    before: &Media<'a>,
    after: &Media<'a>,
) {
    let Carrier {
        operation: index,
        direction,
        ..
    } = *carrier;
    if carrier.area != Area::Responses || before.at.get("headers").is_none() {
        for edit in texts::compare(&carrier.subject, &before.at, &after.at, &MEDIA) {
            engine.of_operation(edit, carrier.area, direction, index);
        }
    }
    if carrier.area == Area::RequestBody {
        for edit in encodings::compare(&carrier.subject, &before.at, &after.at) {
            engine.of_operation(edit, carrier.area, direction, index);
        }
    }
    let context = Context {
        area: Area::Schema,
        root: true,
        strong: is_json(name),
        required: false,
        repeats: false,
        form: encodings::in_form(name, &before.at),
        direction,
        unseen: false,
    };
    if !is_structured(name) && is_bytes(before) && is_bytes(after) {
        return same_bytes(engine, before, after);
    }
    match (&before.schema, &after.schema) {
        (Some(old), Some(new)) => {
            engine.schemas(Some(index), old.clone(), new.clone(), context);
        }
        (None, Some(new)) => {
            let message = format!("`{name}` of {} has a schema now", carrier.subject);
            let edit = Edit::added(&rules::MEDIA_SCHEMA_ADDED, message, new);
            engine.of_operation(edit, carrier.area, direction, index);
        }
        (Some(old), None) => {
            let message = format!("`{name}` of {} no longer has a schema", carrier.subject);
            let edit = Edit::removed(&rules::MEDIA_SCHEMA_REMOVED, message, old);
            engine.of_operation(edit, carrier.area, direction, index);
        }
        (None, None) => {}
    }
}

/// Whether the media type says how values are written as it.
fn is_structured(name: &str) -> bool {
    let essence = name.split(';').next().unwrap_or_default().trim();
    is_json(name)
        || ["text/", "multipart/", "application/x-www-form-urlencoded"]
            .iter()
            .any(|start| essence.starts_with(start))
}

/// Whether the content is bytes as they are: 3.0 has a format for it, in 3.1 nothing is said, or the media type
/// again (OpenAPI 3.1.0, section 4.8.14.1).
fn is_bytes(media: &Media<'_>) -> bool {
    let Some(schema) = &media.schema else {
        return true;
    };
    let Some(keywords) = schema.value.as_object() else {
        return *schema.value == true;
    };
    let known = |(keyword, value): (&String, &Value)| match keyword.as_str() {
        "type" => value == "string" && keywords.len() > 1 || value == "file",
        "format" => value == "binary",
        "contentMediaType" => true,
        _ => false,
    };
    keywords.iter().all(known)
}

/// One kind of content in two spellings.
fn same_bytes<'a>(engine: &mut Engine<'a, '_>, before: &Media<'a>, after: &Media<'a>) {
    let value = |media: &Media<'a>| media.schema.as_ref().map(|at| at.value);
    if value(before) != value(after) {
        let place = |media: &Media<'a>| match &media.schema {
            Some(schema) => schema.location.clone(),
            None => media.at.location.clone(),
        };
        let message = "the same bytes, said in other words".to_owned();
        let base = place(before);
        engine
            .equivalent
            .insert(place(after), Respelled { message, base });
    }
}

/// What has a comparison of its own, here or elsewhere (version 2.0 has all in one object).
const MEDIA: [&str; 11] = [
    "schema",
    "encoding",
    "content",
    "headers",
    "description",
    "summary",
    "$ref",
    "name",
    "in",
    "required",
    "x-nullable",
];
