//! What an edit is called, so that the name is the same tomorrow and no other edit's.
//!
//! A fingerprint is `area/kind/action:pointer`. In its pointer the members of arrays are called by what
//! they are instead of by their number, which another edit may give to another member: an enumeration's
//! value by itself, a parameter by `in:name`, a reference by the name that it ends with, a security
//! requirement by its schemes, a server by its URL, an inline schema by its title or its type. What has
//! been renamed is `old->new`.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::report::Row;
use crate::taxonomy::{Action, Area, Kind};
use codegen::document::pointer;
use codegen::document::resolve::local_pointer;

/// Names the edits between two documents.
pub struct Fingerprints<'a> {
    base: Members<'a>,
    head: Members<'a>,
}

/// What a fingerprint is made of.
pub struct Edited<'e> {
    pub rule: (Area, Kind, Action),
    pub pointer: &'e str,
    /// Where the values are.
    pub base: Option<&'e str>,
    pub head: Option<&'e str>,
    /// Which of several things at the pointer it is, where the pointer does not say.
    pub part: Option<&'e str>,
    pub renamed_to: Option<&'e str>,
}

impl<'a> Fingerprints<'a> {
    pub fn new(base: &'a Value, head: &'a Value) -> Self {
        Self {
            base: Members::of(base),
            head: Members::of(head),
        }
    }

    pub fn of(&mut self, edited: &Edited<'_>) -> String {
        let (area, kind, action) = edited.rule;
        let mut pointer = self.pointer(edited);
        if let Some(part) = edited.part {
            pointer = format!("{pointer}/{}", token(&readable(part)));
        }
        if let Some(to) = edited.renamed_to {
            pointer = format!("{pointer}->{}", token(&readable(to)));
        }
        let (area, kind, action) = (area.word(), kind.word(), action.word());
        format!("{area}/{kind}/{action}:{pointer}")
    }

    fn pointer(&mut self, edited: &Edited<'_>) -> String {
        let in_base = match (edited.base, edited.head) {
            (Some(base), Some(head)) => base == edited.pointer && head != edited.pointer,
            (base, head) => base.is_some() && head.is_none(),
        };
        // What was renamed had its old name at this place, and may have left it to the new one.
        let pointer = if in_base || edited.renamed_to.is_some() {
            self.base.stable(edited.pointer)
        } else {
            self.head.stable(edited.pointer)
        };
        // Of a keyword that one side has not got, the other knows the name.
        let head = edited.head.map(|place| self.head.stable(place));
        let base = edited.base.map(|place| self.base.stable(place));
        let within = |place: &String| {
            let rest = place.strip_prefix(&pointer);
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        let stated = head.into_iter().chain(base).find(within);
        stated.unwrap_or(pointer)
    }

    /// Where several places became one, or one became several, each edit is called by both as well.
    pub fn tell_apart<'r>(&mut self, rows: impl Iterator<Item = &'r mut Row>) {
        let mut alike: HashMap<String, Vec<&mut Row>> = HashMap::new();
        for row in rows {
            alike.entry(row.fingerprint.clone()).or_default().push(row);
        }
        for rows in alike.into_values().filter(|rows| rows.len() > 1) {
            let mut taken = HashMap::new();
            for row in rows {
                let base = row
                    .base
                    .as_ref()
                    .map(|at| self.base.stable(&at.location.pointer));
                let head = row
                    .head
                    .as_ref()
                    .map(|at| self.head.stable(&at.location.pointer));
                let name = content(&json!([base, head]));
                row.fingerprint = format!("{}#{}", row.fingerprint, numbered(name, &mut taken));
            }
        }
    }
}

/// The names of the members of a document's arrays, each array looked at once.
struct Members<'a> {
    root: &'a Value,
    known: HashMap<String, Vec<String>>,
}

impl<'a> Members<'a> {
    fn of(root: &'a Value) -> Self {
        Self {
            root,
            known: HashMap::new(),
        }
    }

    /// The pointer, with names in place of numbers.
    fn stable(&mut self, place: &str) -> String {
        let mut found = String::new();
        let (mut at, mut way) = (Some(self.root), String::new());
        let mut outer = Outer::default();
        for key in pointer::tokens(place) {
            let name = match at {
                Some(Value::Array(list)) => self.name(&way, list, &key, &outer),
                _ => None,
            };
            found.push('/');
            found.push_str(&token(name.as_deref().unwrap_or(&key)));
            way = pointer::join(&way, &key);
            let inner = at.and_then(|value| match value {
                Value::Object(object) => object.get(&*key),
                Value::Array(list) => list.get(key.parse::<usize>().ok()?),
                _ => None,
            });
            outer = Outer {
                owner: at,
                keyword: key.into_owned(),
            };
            at = inner;
        }
        found
    }

    fn name(&mut self, way: &str, list: &[Value], key: &str, outer: &Outer<'_>) -> Option<String> {
        let index: usize = key.parse().ok()?;
        // What is at the same position is the same.
        if outer.keyword == "prefixItems" {
            return None;
        }
        if !self.known.contains_key(way) {
            let names = distinct(list, |member| outer.names(member, self.root));
            self.known.insert(way.to_owned(), names);
        }
        self.known.get(way)?.get(index).cloned()
    }
}

/// Gives each member the first of its names that no other has; the last resort is its content, with
/// a number where even that is there twice.
fn distinct(list: &[Value], names: impl Fn(&Value) -> Vec<String>) -> Vec<String> {
    let all: Vec<Vec<String>> = list.iter().map(names).collect();
    let mut counts: HashMap<&String, usize> = HashMap::new();
    for name in all.iter().flatten() {
        *counts.entry(name).or_default() += 1;
    }
    let mut taken: HashMap<String, usize> = HashMap::new();
    let chosen = all.iter().zip(list).map(|(names, member)| {
        let name = names.iter().find(|name| counts.get(name) == Some(&1));
        numbered(name.cloned().unwrap_or_else(|| content(member)), &mut taken)
    });
    chosen.collect()
}

/// With a number, where the name is taken.
fn numbered(name: String, taken: &mut HashMap<String, usize>) -> String {
    let count = taken.entry(name.clone()).or_default();
    *count += 1;
    match *count {
        1 => name,
        count => format!("{name}#{count}"),
    }
}

/// What an array stands in: the keyword says what its members are.
#[derive(Default)]
struct Outer<'a> {
    owner: Option<&'a Value>,
    keyword: String,
}

impl Outer<'_> {
    /// The names that a member may have, the best first.
    fn names(&self, member: &Value, root: &Value) -> Vec<String> {
        let Value::Object(object) = member else {
            return match member {
                Value::Array(_) => Vec::new(),
                value => vec![scalar(value)],
            };
        };
        let text = |key: &str| member.get(key).and_then(Value::as_str).map(str::to_owned);
        match self.keyword.as_str() {
            "security" => {
                let schemes: Vec<&str> = object.keys().map(String::as_str).collect();
                return vec![if schemes.is_empty() {
                    "{}".to_owned()
                } else {
                    readable(&schemes.join(" + "))
                }];
            }
            "parameters" => return parameter(member, root).into_iter().collect(),
            "servers" => return text("url").map(|url| readable(&url)).into_iter().collect(),
            "tags" => {
                return text("name")
                    .map(|name| readable(&name))
                    .into_iter()
                    .collect();
            }
            _ => {}
        }
        let last = |reference: String| reference.rsplit('/').next().unwrap_or_default().to_owned();
        let reference = text("$ref").map(last);
        let kind = text("type");
        let names = [reference, self.discriminator(member), text("title"), kind];
        names
            .into_iter()
            .flatten()
            .map(|name| readable(&name))
            .collect()
    }

    /// The value by which an alternative is chosen.
    fn discriminator(&self, member: &Value) -> Option<String> {
        let owner = self.owner?;
        let property = owner.pointer("/discriminator/propertyName")?.as_str()?;
        let property = member.get("properties")?.get(property)?;
        let listed = property.get("enum").and_then(Value::as_array);
        let only = listed.filter(|list| list.len() == 1).map(|list| &list[0]);
        Some(scalar(property.get("const").or(only)?))
    }
}

/// `in:name`, past references.
fn parameter(member: &Value, root: &Value) -> Option<String> {
    let mut found = member;
    for _ in 0..LONGEST_CHAIN {
        let reference = found.get("$ref").and_then(Value::as_str);
        match reference.and_then(|text| root.pointer(&local_pointer(text).ok()?)) {
            Some(target) => found = target,
            None => break,
        }
    }
    let text = |key: &str| found.get(key).and_then(Value::as_str);
    let (place, name) = (text("in")?, text("name")?);
    let name = match place {
        "header" => name.to_lowercase(),
        _ => name.to_owned(),
    };
    Some(readable(&format!("{place}:{name}")))
}

/// References to references are followed so far, and no cycle for ever.
const LONGEST_CHAIN: usize = 64;

/// A text as it stands, unless it looks like another value.
fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) if serde_json::from_str::<Value>(text).is_err() => readable(text),
        value => readable(&value.to_string()),
    }
}

/// A name that can be read and copied; of others so much, and what tells them apart.
fn readable(name: &str) -> String {
    const LONGEST: usize = 60;
    const KEPT: usize = 40;
    let plain = |c: &char| c.is_alphanumeric() || c.is_ascii_graphic() || *c == ' ';
    if name.chars().all(|c| plain(&c)) && name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let start: String = name.chars().filter(plain).take(KEPT).collect();
    format!("{start}-{}", content(&Value::from(name)))
}

/// One part of a pointer: a `*` of the document's own is no wildcard, and no part is empty.
fn token(name: &str) -> String {
    match name {
        "" => "\"\"".to_owned(),
        name => name
            .replace('~', "~0")
            .replace('/', "~1")
            .replace('*', "~2"),
    }
}

/// A short hash of a value, the order of keys aside.
fn content(value: &Value) -> String {
    let mut hash = Fnv(OFFSET);
    hash.value(value);
    format!("{:08x}", (hash.0 >> 32) as u32 ^ hash.0 as u32)
}

/// FNV-1a. Not the standard library's hash, which may be another one tomorrow.
struct Fnv(u64);

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

impl Fnv {
    fn value(&mut self, value: &Value) {
        match value {
            Value::Object(object) => {
                let mut members: Vec<_> = object.iter().collect();
                members.sort_by_key(|(key, _)| *key);
                self.bytes(b"{");
                for (key, value) in members {
                    self.bytes(key.as_bytes());
                    self.bytes(b":");
                    self.value(value);
                }
                self.bytes(b"}");
            }
            Value::Array(list) => {
                self.bytes(b"[");
                list.iter().for_each(|value| self.value(value));
                self.bytes(b"]");
            }
            value => {
                self.bytes(value.to_string().as_bytes());
                self.bytes(b",");
            }
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Members;

    fn document() -> Value {
        json!({
            "components": {
                "parameters": { "Limit": { "in": "query", "name": "limit" } },
                "schemas": { "A": {
                    "enum": ["b", "", "1", 1, null, "a/b*c"],
                    "oneOf": [
                        { "$ref": "#/components/schemas/Cat" },
                        { "title": "Dog" },
                        { "type": "object" },
                        { "type": "object", "maxProperties": 1 },
                        { "type": "string" },
                        { "type": "string", "title": "Dog" },
                    ],
                    "prefixItems": [{ "title": "Cat" }],
                } },
            },
            "paths": { "/x": { "get": {
                "parameters": [
                    { "$ref": "#/components/parameters/Limit" },
                    { "in": "header", "name": "X-A", "schema": { "maximum": 1 } },
                ],
                "security": [{ "key": [], "token": [] }, {}],
                "tags": ["pets"],
            } } },
            "servers": [{ "url": "https://a.b/c" }],
        })
    }

    #[test]
    fn members_are_called_by_what_they_are() {
        let document = document();
        let mut members = Members::of(&document);
        let schema = "/components/schemas/A";
        for (place, stable) in [
            ("/enum/0", "/enum/b"),
            ("/enum/1", "/enum/\"\""),
            ("/enum/2", "/enum/\"1\""),
            ("/enum/3", "/enum/1"),
            ("/enum/4", "/enum/null"),
            ("/enum/5", "/enum/a~1b~2c"),
            ("/oneOf/0", "/oneOf/Cat"),
            ("/oneOf/4", "/oneOf/5ad20b51"),
            ("/prefixItems/0", "/prefixItems/0"),
        ] {
            let place = format!("{schema}{place}");
            assert_eq!(members.stable(&place), format!("{schema}{stable}"));
        }
        for (place, stable) in [
            (
                "/paths/~1x/get/parameters/0",
                "/paths/~1x/get/parameters/query:limit",
            ),
            (
                "/paths/~1x/get/parameters/1/schema/maximum",
                "/paths/~1x/get/parameters/header:x-a/schema/maximum",
            ),
            (
                "/paths/~1x/get/security/0",
                "/paths/~1x/get/security/key + token",
            ),
            ("/paths/~1x/get/security/1", "/paths/~1x/get/security/{}"),
            ("/paths/~1x/get/tags/0", "/paths/~1x/get/tags/pets"),
            ("/servers/0/url", "/servers/https:~1~1a.b~1c/url"),
            ("/nowhere/0", "/nowhere/0"),
            ("", ""),
        ] {
            assert_eq!(members.stable(place), stable);
        }
    }

    #[test]
    fn a_name_does_not_depend_on_the_order() {
        let (one, mut two) = (document(), document());
        let list = two.pointer_mut("/components/schemas/A/oneOf");
        let list = list.and_then(Value::as_array_mut).expect("it is a list");
        list.reverse();
        for index in 0..6 {
            let place = |index: usize| format!("/components/schemas/A/oneOf/{index}");
            assert_eq!(
                Members::of(&one).stable(&place(index)),
                Members::of(&two).stable(&place(5 - index))
            );
        }
    }

    #[test]
    fn long_names_are_short_and_distinct() {
        let (a, b) = ("x".repeat(90) + "a", "x".repeat(90) + "b");
        let document = json!({ "enum": [a, b, "tab\there"] });
        let mut members = Members::of(&document);
        let [one, two] = ["/enum/0", "/enum/1"].map(|place| members.stable(place));
        assert_ne!(one, two);
        assert!(one.len() < 70, "{one}");
        assert!(members.stable("/enum/2").starts_with("/enum/tabhere-"));
    }
}
