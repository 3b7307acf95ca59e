//! The failure of a read within a read: serde passes on only a text, so that path and reason are
//! written into it, and read from it again.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use super::path::Step;
use super::reason;

/// How the text begins; no other error's text begins so.
const BEGINNING: &str = "a value that names its type can't be read at ";

/// Where a value can't be read, and why, without anything that was read.
pub(super) struct Nested {
    pub(super) path: Vec<Step>,
    pub(super) reason: String,
}

impl Nested {
    /// The failure, or that of a read within it, if that is its cause.
    pub(super) fn new(error: &serde_path_to_error::Error<serde_json::Error>) -> Self {
        Self::at(steps(error.path()), error.inner())
    }

    /// The failure to read this JSON as a `T`, which is read again to find the path.
    pub(super) fn find<T: DeserializeOwned>(json: &str, error: &serde_json::Error) -> Self {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
            Ok(_) => Self::at(Vec::new(), error),
            Err(error) => Self::new(&error),
        }
    }

    /// The failure with something added to its reason.
    pub(super) fn with(mut self, more: &str) -> Self {
        if !self.reason.ends_with(more) {
            self.reason.push_str(more);
        }
        self
    }

    fn at(mut path: Vec<Step>, error: &serde_json::Error) -> Self {
        let text = error.to_string();
        match Self::parse(reason::without_position(&text)) {
            Some(inner) => {
                path.extend(inner.path);
                Self { path, ..inner }
            }
            None => Self {
                path,
                reason: reason::of(error),
            },
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(BEGINNING)?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter();
        let path: Vec<Value> = values.next()?.ok()?;
        let path = path.into_iter().map(step).collect();
        let reason = rest[values.byte_offset()..].strip_prefix(": ")?.to_owned();
        Some(Self { path, reason })
    }
}

/// The text from which it can be read again.
impl fmt::Display for Nested {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path: Value = self.path.iter().map(encoded).collect();
        write!(formatter, "{BEGINNING}{path}: {}", self.reason)
    }
}

fn steps(path: &Path) -> Vec<Step> {
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => Step::Item(*index),
            Segment::Map { key: name } | Segment::Enum { variant: name } => {
                Step::Member(name.clone())
            }
            Segment::Unknown => Step::Unknown,
        })
        .collect()
}

/// The name of a member, the index of an item, or null.
fn encoded(step: &Step) -> Value {
    match step {
        Step::Item(index) => Value::from(*index),
        Step::Member(name) | Step::Entry(name) => Value::from(name.as_str()),
        Step::Items | Step::Entries | Step::Unknown => Value::Null,
    }
}

fn step(encoded: Value) -> Step {
    let index = encoded.as_u64().and_then(|index| index.try_into().ok());
    match encoded {
        Value::String(name) => Step::Member(name),
        _ => index.map_or(Step::Unknown, Step::Item),
    }
}
