//! Schemas of OpenAPI 3.1 in the words of 3.0: keywords of JSON Schema 2020-12 that mean something to a client.

use serde_yaml::{Mapping, Value};

use super::{Upgrade, key_text};
use crate::document::keywords::{Expect, Kind};
use crate::document::{CONTENT_MEDIA_TYPE, patterns, pointer, tuples};
use crate::location::Trail;

impl Upgrade<'_> {
    /// Keywords of OpenAPI 3.1 in a document of a version before.
    pub(super) fn words_of_31(&mut self, schema: &mut Mapping, at: &Trail<'_>) {
        let is_newer = |(key, value): &(&Value, &Value)| match key.as_str() {
            Some("type") => value.is_sequence() && !self.types,
            Some("exclusiveMinimum" | "exclusiveMaximum") => value.is_number(),
            Some("examples") => value.is_sequence(),
            Some("const" | "prefixItems" | "patternProperties" | "contentEncoding") => true,
            _ => false,
        };
        let newer = schema.iter().filter(is_newer);
        let names: Vec<String> = newer.map(|(key, _)| key_text(key).into_owned()).collect();
        for name in &names {
            let message = format!("`{name}` is written as in OpenAPI 3.1, and read so");
            self.repaired(&message, &at.key(name));
        }
        if names.is_empty() {
            self.types(schema, at);
        } else {
            self.patterns(schema, at);
            self.schema(schema, at);
        }
    }

    /// `patternProperties`
    pub(super) fn patterns(&mut self, schema: &mut Mapping, at: &Trail<'_>) {
        let Some(rewritten) = patterns::rewrite(schema) else {
            return;
        };
        self.note(rewritten.note, at);
        let from = self.location(at);
        for (now, written) in rewritten.moved {
            let now = now
                .iter()
                .fold(at.text(), |at, key| pointer::join(&at, key));
            let written = written.iter().fold(from.clone(), |at, key| at.key(key));
            self.origins.record(now, written);
        }
    }

    pub(super) fn schema(&mut self, schema: &mut Mapping, at: &Trail<'_>) {
        self.prefix_items(schema, at);
        self.constants(schema, at);
        self.types(schema, at);
        if let Some(value) = schema.shift_remove("const") {
            self.note("`const` is read as `enum` of one value", at);
            schema.insert("enum".into(), vec![value].into());
            let (from, listed) = (self.location(at).key("const"), at.key("enum"));
            self.origins.record(listed.index(0).text(), from.clone());
            self.origins.record(listed.text(), from);
        }
        if let Some(Value::Sequence(examples)) = schema.shift_remove("examples")
            && let Some(first) = examples.into_iter().next()
        {
            schema.entry("example".into()).or_insert(first);
        }
        for (exclusive, limit) in [
            ("exclusiveMinimum", "minimum"),
            ("exclusiveMaximum", "maximum"),
        ] {
            if schema.get(exclusive).is_some_and(Value::is_number)
                && let Some(number) = schema.insert(exclusive.into(), true.into())
            {
                self.note(
                    &format!("`{exclusive}` is read as `{limit}` that is exclusive"),
                    at,
                );
                schema.insert(limit.into(), number);
            }
        }
        self.contents(schema, at);
    }

    /// `prefixItems`, with what stands beside it.
    fn prefix_items(&mut self, schema: &mut Mapping, at: &Trail<'_>) {
        let Some(Value::Sequence(first)) = schema.get("prefixItems") else {
            return;
        };
        let count = first.len();
        let from = self.location(at);
        let (list, items) = (at.key(tuples::PREFIX_ITEMS), at.key("items"));
        let any_of = items.key("anyOf");
        let written = from.key("prefixItems");
        for (index, location) in (0..count).map(|index| (index, written.key(index.to_string()))) {
            self.origins.record(list.index(index).text(), location);
        }
        let meaning = tuples::rewrite(schema);
        for (index, origin) in meaning.alternatives.iter().enumerate() {
            let location = match origin {
                Some(index) => written.key(index.to_string()),
                None => from.key("items"),
            };
            self.origins.record(any_of.index(index).text(), location);
        }
        if let Some(index) = meaning.only {
            let location = written.key(index.to_string());
            self.origins.record(at.key("items").text(), location);
        }
        self.note(meaning.message, &at.key("prefixItems"));
        if let Some(items) = schema.get_mut(tuples::PREFIX_ITEMS) {
            self.value(
                items,
                &Expect::List(&Expect::ObjectOrReference(Kind::Schema)),
                &list,
            );
        }
    }

    /// `contentMediaType` and `contentEncoding`
    fn contents(&mut self, schema: &mut Mapping, at: &Trail<'_>) {
        let encoding = schema.shift_remove("contentEncoding");
        let media_type = schema.shift_remove("contentMediaType");
        schema.shift_remove("contentSchema");
        if let Some(media_type) = media_type.as_ref().filter(|value| value.is_string()) {
            schema.insert(CONTENT_MEDIA_TYPE.into(), media_type.clone());
        }
        let encoding = encoding.as_ref().and_then(Value::as_str);
        let encoding = encoding.map(str::to_ascii_lowercase);
        let format = match (encoding.as_deref(), &media_type) {
            (Some("binary"), _) => "binary",
            // What is so encoded is as it was (RFC 2045, section 6.2).
            (None | Some("7bit" | "8bit"), Some(Value::String(name))) if is_binary(name) => {
                "binary"
            }
            (None | Some("7bit" | "8bit"), _) => return,
            (Some(_), _) => "byte",
        };
        self.note("the encoding of a text is read as its `format`", at);
        schema
            .entry("format".into())
            .or_insert_with(|| format.into());
    }

    /// A list of types: null makes the schema nullable, several others are alternatives.
    pub(super) fn types(&mut self, schema: &mut Mapping, at: &Trail<'_>) {
        let Some(Value::Sequence(types)) = schema.get("type") else {
            return;
        };
        let (nulls, mut others): (Numbered, Numbered) = types
            .iter()
            .cloned()
            .enumerate()
            .partition(|(_, name)| name.as_str() == Some("null"));
        schema.shift_remove("type");
        if !nulls.is_empty() && !others.is_empty() {
            self.note("`null` in a list of types is read as `nullable`", at);
            schema.insert("nullable".into(), true.into());
        }
        match others.len() {
            0 => drop(schema.insert("enum".into(), vec![Value::Null].into())),
            1 => drop(schema.insert("type".into(), others.remove(0).1)),
            _ => {
                self.note("a list of types is read as `anyOf`", at);
                let (from, any_of) = (self.location(at), at.key("anyOf"));
                let listed = from.key("type");
                self.origins.record(any_of.text(), listed.clone());
                let mut alternatives = Vec::new();
                let mut moved = vec!["items", "properties", "format"];
                for (index, name) in others {
                    let now = any_of.index(alternatives.len());
                    for keyword in keywords_of(&name) {
                        moved.push(keyword);
                        self.origins
                            .record(now.key(keyword).text(), from.key(keyword));
                    }
                    self.origins
                        .record(now.text(), listed.key(index.to_string()));
                    alternatives.push(alternative(schema, name));
                }
                for name in &moved {
                    schema.shift_remove(*name);
                }
                schema.insert("anyOf".into(), alternatives.into());
            }
        }
    }
}

/// Whether what is of the media type is no text.
fn is_binary(media_type: &str) -> bool {
    const FAMILIES: [&str; 4] = ["audio/", "font/", "image/", "video/"];
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let text = essence.ends_with("+xml") || essence.ends_with("+json");
    let known = [
        "application/octet-stream",
        "application/pdf",
        "application/zip",
    ];
    known.contains(&essence) || (!text && FAMILIES.iter().any(|family| essence.starts_with(family)))
}

/// Values with their place in a list.
type Numbered = Vec<(usize, Value)>;

/// One of several types, with the keywords that are about it.
fn alternative(schema: &Mapping, name: Value) -> Value {
    let keywords = keywords_of(&name);
    let mut alternative = Mapping::from_iter([(Value::from("type"), name)]);
    for keyword in keywords {
        if let Some(value) = schema.get(*keyword) {
            alternative.insert((*keyword).into(), value.clone());
        }
    }
    alternative.into()
}

/// The keywords that are about a type.
fn keywords_of(name: &Value) -> &'static [&'static str] {
    match name.as_str() {
        Some("array") => &["items"],
        Some("object") => &["properties"],
        Some("string") => &["format"],
        Some("integer" | "number") => &[
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
        ],
        _ => &[],
    }
}
