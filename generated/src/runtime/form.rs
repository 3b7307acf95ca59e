//! From a value to the flat pairs of a query, with nested names as `a[b]`.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

/// A value as JSON has it, its numbers kept as they were written.
pub(super) enum Tree {
    Null,
    Leaf(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

/// The value as a tree.
pub(super) fn tree(value: &impl Serialize) -> serde_json::Result<Tree> {
    // Through the text, since `serde_json::Value` would round the digits of a decimal.
    parse(&serde_json::to_string(value)?)
}

/// The leaves of the tree with their names; nulls are left out.
pub(super) fn pairs(name: &str, value: &Tree) -> Vec<(String, String)> {
    match value {
        Tree::Null => Vec::new(),
        Tree::Leaf(text) => vec![(name.to_owned(), text.clone())],
        Tree::List(items) => {
            let items = items.iter().enumerate();
            items
                .flat_map(|(index, item)| pairs(&item_name(name, index, item), item))
                .collect()
        }
        Tree::Object(members) => members
            .iter()
            .flat_map(|(key, member)| pairs(&member_name(name, key), member))
            .collect(),
    }
}

// Plain values repeat the name; only what has members of its own needs a number to tell it apart.
fn item_name(name: &str, index: usize, item: &Tree) -> String {
    match item {
        Tree::Null | Tree::Leaf(_) => name.to_owned(),
        Tree::List(_) | Tree::Object(_) => member_name(name, &index.to_string()),
    }
}

fn member_name(name: &str, key: &str) -> String {
    if name.is_empty() {
        key.to_owned()
    } else {
        format!("{name}[{key}]")
    }
}

fn parse(json: &str) -> serde_json::Result<Tree> {
    match json.as_bytes().first() {
        Some(b'{') => {
            let members: Members<'_> = serde_json::from_str(json)?;
            let members = members
                .0
                .into_iter()
                .map(|(key, value)| Ok((key, parse(value.get())?)));
            Ok(Tree::Object(members.collect::<serde_json::Result<_>>()?))
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(json)?;
            let items = items.into_iter().map(|item| parse(item.get()));
            Ok(Tree::List(items.collect::<serde_json::Result<_>>()?))
        }
        Some(b'"') => Ok(Tree::Leaf(serde_json::from_str(json)?)),
        Some(b'n') => Ok(Tree::Null),
        _ => Ok(Tree::Leaf(json.to_owned())),
    }
}

/// The members of an object in the order in which they were written.
pub(super) struct Members<'a>(pub(super) Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}
