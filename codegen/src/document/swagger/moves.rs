//! Which node became which, and references that follow what they name.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_yaml::Value;

use crate::document::origins::Origins;
use crate::document::plain_value::PlainValue;
use crate::document::resolve::local_pointer;
use crate::location::{Trail, pointer};

/// A place as it is now, and as it was in what the user wrote.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    pub now: Trail<'a>,
    pub from: Trail<'a>,
}

impl<'a> At<'a> {
    pub const ROOT: Self = Self {
        now: Trail::ROOT,
        from: Trail::ROOT,
    };

    pub fn key(&'a self, key: &'a str) -> Self {
        Self {
            now: self.now.key(key),
            from: self.from.key(key),
        }
    }

    pub fn index(&'a self, index: usize) -> Self {
        Self {
            now: self.now.index(index),
            from: self.from.index(index),
        }
    }

    /// Within a container that there was not, what was beside it.
    pub fn made(&'a self, key: &'a str) -> Self {
        Self {
            now: self.now.key(key),
            from: self.from,
        }
    }

    /// What was a member of `old` under another name.
    pub fn renamed(&'a self, key: &'a str, old: &'a At<'_>, old_key: &'a str) -> Self {
        Self {
            now: self.now.key(key),
            from: old.from.key(old_key),
        }
    }
}

/// What moved so far.
#[derive(Debug, Default)]
pub struct Moves {
    origins: Origins,
    /// Where what the user wrote is now.
    now: HashMap<String, String>,
    /// Where there is a reference now.
    references: Vec<String>,
}

impl Moves {
    /// `origins` is where the nodes of the document that is rewritten are from.
    pub fn of(origins: Origins) -> Self {
        Self {
            origins: Origins::of_another(origins),
            ..Self::default()
        }
    }

    /// The node, with all that is within, is what the user wrote elsewhere. Of several places that it moved to, references
    /// lead to the first.
    pub fn moved(&mut self, at: &At<'_>) {
        let (now, from) = (at.now.text(), at.from.text());
        self.stands_for(&now, &from);
        self.now.entry(from).or_insert(now);
    }

    /// The user wrote no such node; this is what it is made of.
    pub fn stands_for(&mut self, now: &str, from: &str) {
        self.origins.record_earlier(now.to_owned(), from.to_owned());
    }

    pub fn reference(&mut self, now: &Trail<'_>) {
        self.references.push(now.text());
    }

    /// Makes all references lead to where what they name is now. `document` is what the user wrote.
    pub fn finish(self, document: &Value, converted: &mut Value) -> Origins {
        for place in &self.references {
            let Some(Value::String(reference)) =
                node(converted, place).and_then(|o| o.get_mut("$ref"))
            else {
                continue;
            };
            if let Some(now) = self.followed(reference, document) {
                *reference = now;
            }
        }
        self.origins
    }

    /// A reference to what moved. One that leads nowhere stays what the user wrote.
    fn followed(&self, reference: &str, document: &Value) -> Option<String> {
        let from = local_pointer(reference).ok()?;
        document.at(&from)?;
        let mut outward = std::iter::successors(Some(&*from), |at| pointer::parent(at));
        let (old, now) = outward.find_map(|at| Some((at, self.now.get(at)?)))?;
        Some(reference_to(&format!("{now}{}", &from[old.len()..])))
    }
}

/// A reference to what is at a pointer of the same document (RFC 6901, section 6).
pub fn reference_to(pointer: &str) -> String {
    format!("#{}", pointer.replace('%', "%25"))
}

fn node<'v>(root: &'v mut Value, place: &str) -> Option<&'v mut Value> {
    pointer::tokens(place).try_fold(root, |value, token: Cow<'_, str>| match value {
        Value::Mapping(map) => map.get_mut(&*token),
        Value::Sequence(items) => items.get_mut(token.parse::<usize>().ok()?),
        _ => None,
    })
}
