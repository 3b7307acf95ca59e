//! From a value to the flat pairs of a query, with nested names as `a[b]`.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::finite;

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
    parse(&finite::to_parameter(value)?)
}

/// The leaves of the tree with their names; nulls are left out.
///
/// What is in a list that has a name with brackets, or is written as [`Items::Bracketed`], has `[]` after the
/// name if it is a value, since what reads such names takes one that is there twice for one value. An
/// item with members of its own has its number, to tell it apart.
pub(super) fn pairs(name: &str, value: &Tree, items: Items) -> Vec<(String, String)> {
    match value {
        Tree::Null => Vec::new(),
        Tree::Leaf(text) => vec![(name.to_owned(), text.clone())],
        Tree::List(list) => {
            let list = list.iter().enumerate();
            list.flat_map(|(index, item)| pairs(&items.name(name, index, item), item, items))
                .collect()
        }
        Tree::Object(members) => members
            .iter()
            .flat_map(|(key, member)| pairs(&member_name(name, key), member, items))
            .collect(),
    }
}

/// What the values of a list are called whose name has no brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Items {
    /// As the list is.
    Repeated,
    /// `a[]`
    Bracketed,
}

impl Items {
    fn name(self, name: &str, index: usize, item: &Tree) -> String {
        match item {
            Tree::List(_) | Tree::Object(_) => member_name(name, &index.to_string()),
            _ if self == Self::Bracketed || name.contains('[') => format!("{name}[]"),
            _ => name.to_owned(),
        }
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
