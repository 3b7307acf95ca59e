//! What a failed read may say of the value that it failed on: its kind, never the value.

use serde_json::Error;
use serde_json::error::Category;

use super::{decimal, integer};

/// What serde calls the kinds of values; whatever follows in its message is the value.
const KINDS: &[&str] = &[
    "boolean",
    "byte array",
    "character",
    "enum",
    "floating point",
    "integer",
    "map",
    "newtype struct",
    "newtype variant",
    "null",
    "number",
    "Option value",
    "sequence",
    "string",
    "struct variant",
    "tuple variant",
    "unit value",
    "unit variant",
];

/// Messages that hold nothing of the input.
const FIXED: &[&str] = &[
    decimal::NOT_A_NUMBER,
    decimal::NOT_EXACT,
    integer::NOT_AN_INTEGER,
];

/// Beginnings of messages that go on with names of the schema only.
const HARMLESS: &[&str] = &["missing field `", "duplicate field `", "invalid length "];

/// The reason without anything that was read.
pub(super) fn of(error: &Error) -> String {
    let message = error.to_string();
    match error.classify() {
        Category::Syntax | Category::Eof | Category::Io => message,
        Category::Data => of_data(without_position(&message)),
    }
}

fn of_data(message: &str) -> String {
    if FIXED.contains(&message) || HARMLESS.iter().any(|start| message.starts_with(start)) {
        return message.to_owned();
    }
    // The expectation is the last part, and the value, which may hold anything, is before it.
    let (what, expectation) = match message.rsplit_once(", expected ") {
        Some((what, expectation)) => (what, format!(", expected {expectation}")),
        None => (message, String::new()),
    };
    match what.split_once(": ") {
        Some((problem @ ("invalid type" | "invalid value"), value)) => match kind(value) {
            Some(kind) => format!("{problem}: {kind}{expectation}"),
            None => "the value isn't accepted".to_owned(),
        },
        _ if what.starts_with("unknown variant `") => format!("unknown variant{expectation}"),
        _ if what.starts_with("unknown field `") => format!("unknown field{expectation}"),
        _ => "the value isn't accepted".to_owned(),
    }
}

fn kind(value: &str) -> Option<&'static str> {
    KINDS.iter().copied().find(|kind| value.starts_with(kind))
}

/// The message without the place where reading stopped.
pub(super) fn without_position(message: &str) -> &str {
    message
        .rsplit_once(" at line ")
        .map_or(message, |(message, _)| message)
}
