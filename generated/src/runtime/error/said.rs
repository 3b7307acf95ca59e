//! What the body of a rejection says to people, in whichever of the usual forms it is.

use std::fmt::{self, Write};

use serde_json::{Map, Value};

use super::super::message::Message;
use super::super::sensitive;

/// What a message begins with: what kind of error it is.
const TITLES: &[&str] = &["title", "error"];

/// What it goes on with: what is wrong.
const DETAILS: &[&str] = &[
    "detail",
    "message",
    "error_description",
    "error_message",
    "errorMessage",
    "msg",
    "reason",
    "description",
];

/// What of the request an entry of a list is about, and what stands for its message where it has none.
const PLACES: &[&str] = &[
    "field",
    "loc",
    "param",
    "parameter",
    "property",
    "attribute",
];
const KINDS: &[&str] = &["code", "type"];

/// Where further messages are.
const LISTS: &[&str] = &[
    "error",
    "errors",
    "detail",
    "fault",
    "message",
    "messages",
    "odata.error",
];

/// How many messages are taken, and how deep they may be.
const MOST: usize = 10;
const DEEPEST: usize = 4;

/// How deep within a field that is wrong there may be others.
const DEEPEST_FIELD: usize = 8;

/// How many characters of a message are shown.
const SHOWN: usize = 300;

/// Every message in the body, without those of properties that `hidden` names.
///
/// That is the text of a problem (RFC 9457), of an error of OAuth (RFC 6749, section 5.2), of JSON:API, and of
/// what else has a `message` or an `error`, by itself or in a list.
pub(super) fn messages(body: &Value, hidden: &[&str]) -> Vec<Message> {
    let mut found = Vec::new();
    collect(body, hidden, 0, &mut found);
    match body {
        Value::Object(fields) if found.is_empty() && is_of_fields(fields) => {
            of_fields(fields, &Within::all(hidden), &mut found);
        }
        _ => {}
    }
    found
}

fn collect(value: &Value, hidden: &[&str], depth: usize, found: &mut Vec<Message>) {
    if found.len() >= MOST || depth > DEEPEST {
        return;
    }
    match value {
        Value::String(text) => push(Message::of_text(text.trim()), found),
        Value::Array(items) => {
            for item in items {
                collect(item, hidden, depth + 1, found);
            }
        }
        Value::Object(members) => {
            let text = |names| text(members, names, hidden);
            let parts = [text(TITLES), text(DETAILS)];
            let mut parts: Vec<&str> = parts.into_iter().flatten().collect();
            parts.dedup();
            if depth > 0 {
                parts = of_entry(parts, text(KINDS));
            }
            let place = place(members, hidden).filter(|_| depth > 0 && !parts.is_empty());
            let parts: Vec<&str> = place.as_deref().into_iter().chain(parts).collect();
            if !parts.is_empty() {
                push(Message::of_object(value, parts.join(": ")), found);
            }
            for name in LISTS {
                match member(members, name, hidden) {
                    Some(object) if spoken(object, hidden).is_some() => {}
                    Some(object @ Value::Object(fields)) => {
                        let known = found.len();
                        collect(object, hidden, depth + 1, found);
                        if found.len() == known {
                            of_fields(fields, &Within::all(hidden), found);
                        }
                    }
                    Some(list @ Value::Array(_)) => collect(list, hidden, depth + 1, found),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn of_entry<'v>(parts: Vec<&'v str>, kind: Option<&'v str>) -> Vec<&'v str> {
    if parts.is_empty() {
        Vec::from_iter(kind)
    } else {
        parts
    }
}

/// `title`, or `body.items.0` of a list.
fn place(members: &Map<String, Value>, hidden: &[&str]) -> Option<String> {
    let mut stated = PLACES
        .iter()
        .filter_map(|name| member(members, name, hidden));
    let steps = match stated.next()? {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().filter_map(step).collect(),
        _ => Vec::new(),
    };
    (!steps.is_empty()).then(|| steps.join("."))
}

fn step(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whether a whole body is what is wrong with each field, as Django REST framework has it: lists of texts and nothing else, of
/// which one at least is no single word, as data would be.
fn is_of_fields(fields: &Map<String, Value>) -> bool {
    let mut has_words = false;
    are_of_fields(fields, 0, &mut has_words) && has_words
}

fn are_of_fields(fields: &Map<String, Value>, depth: usize, has_words: &mut bool) -> bool {
    let mut values = fields.values();
    depth <= DEEPEST_FIELD
        && values.all(|value| match value {
            Value::Array(items) => {
                let mut texts = items.iter().filter_map(Value::as_str);
                *has_words |= texts.any(|text| text.trim().contains(' '));
                !items.is_empty() && items.iter().all(|item| is_of_item(item, depth, has_words))
            }
            Value::Object(fields) => are_of_fields(fields, depth + 1, has_words),
            _ => false,
        })
}

/// What is wrong with a field is a text, and what is wrong in each item of it an object, without members where nothing is.
fn is_of_item(item: &Value, depth: usize, has_words: &mut bool) -> bool {
    match item {
        Value::Object(fields) => are_of_fields(fields, depth + 1, has_words),
        item => item.is_string(),
    }
}

/// What is wrong with each field, and in it: a text, what has a message, or a list of them.
fn of_fields(fields: &Map<String, Value>, within: &Within<'_>, found: &mut Vec<Message>) {
    for (name, value) in fields {
        if !sensitive::is_one_of(name, within.hidden) {
            of_field(value, &within.step(name), found);
        }
    }
}

fn of_field(value: &Value, within: &Within<'_>, found: &mut Vec<Message>) {
    if found.len() >= MOST || within.depth > DEEPEST_FIELD {
        return;
    }
    match value {
        Value::String(text) => push(
            Message::of_text(&format!("{}: {text}", within.place)),
            found,
        ),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                match item {
                    Value::Object(fields) if within.message(fields).is_none() => {
                        of_field(item, &within.step(&index.to_string()), found);
                    }
                    Value::Array(_) => {}
                    item => of_field(item, within, found),
                }
            }
        }
        Value::Object(fields) => match within.message(fields) {
            Some(text) => push(
                Message::of_text(&format!("{}: {text}", within.place)),
                found,
            ),
            None => of_fields(fields, within, found),
        },
        _ => {}
    }
}

/// Where in the fields something is wrong.
struct Within<'a> {
    place: String,
    depth: usize,
    hidden: &'a [&'a str],
}

impl<'a> Within<'a> {
    fn all(hidden: &'a [&'a str]) -> Self {
        Self {
            place: String::new(),
            depth: 0,
            hidden,
        }
    }

    /// `items.0.price`
    fn step(&self, name: &str) -> Self {
        let before = match self.place.as_str() {
            "" => String::new(),
            place => format!("{place}."),
        };
        Self {
            place: before + name,
            depth: self.depth + 1,
            hidden: self.hidden,
        }
    }

    fn message<'v>(&self, fields: &'v Map<String, Value>) -> Option<&'v str> {
        text(fields, DETAILS, self.hidden)
    }
}

fn push(message: Message, found: &mut Vec<Message>) {
    if found.len() < MOST && !message.message.is_empty() && !found.contains(&message) {
        found.push(message);
    }
}

fn text<'v>(members: &'v Map<String, Value>, names: &[&str], hidden: &[&str]) -> Option<&'v str> {
    let texts = names.iter().filter_map(|name| {
        let text = spoken(member(members, name, hidden)?, hidden)?.trim();
        (!text.is_empty()).then_some(text)
    });
    texts.into_iter().next()
}

/// A text, or the one that an object has with its language beside it (OData 3.0, JSON Light, 19).
fn spoken<'v>(value: &'v Value, hidden: &[&str]) -> Option<&'v str> {
    match value {
        Value::Object(members) => {
            let is_said = members
                .keys()
                .all(|name| ["lang", "value"].contains(&&**name));
            member(members, "value", hidden)?
                .as_str()
                .filter(|_| is_said)
        }
        value => value.as_str(),
    }
}

/// A member by its name, however a service writes it, unless it is hidden.
fn member<'v>(members: &'v Map<String, Value>, name: &str, hidden: &[&str]) -> Option<&'v Value> {
    let found = members.get(name).or_else(|| {
        let mut members = members.iter();
        members
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    });
    found.filter(|_| !sensitive::is_one_of(name, hidden))
}

/// A text of the service as a part of a line: at most so long, and without what controls a terminal.
pub(super) struct Shown<'a>(pub(super) &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut characters = self.0.chars();
        for character in characters.by_ref().take(SHOWN) {
            match character {
                character if character.is_control() => formatter.write_char(' ')?,
                character if directs(character) => {}
                character => formatter.write_char(character)?,
            }
        }
        if characters.next().is_some() {
            formatter.write_char('…')?;
        }
        Ok(())
    }
}

/// Whether it only changes the direction of the text after it, by which a text may look like another.
fn directs(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
