//! Other spellings in the words of OpenAPI 3.0: a document of version 3.1, and one with keywords that
//! have no value, are rewritten as plain values. Every kind of rewriting is reported.
//!
//! The differences are listed in <https://spec.openapis.org/oas/v3.1.0> and in JSON Schema 2020-12.

use std::borrow::Cow;

use serde_yaml::{Mapping, Value};

use super::counted::Counted;
use super::keywords::{Expect, Kind, entries, keywords};
use super::load::Version;
use super::origins::Origins;
use super::{Reporter, codes, patterns, pointer, tuples};
use openapi_32::MediaTypes;

use crate::diagnostic::Diagnostic;
use crate::location::{Location, Trail};

mod openapi_32;

/// What 3.0 has no words for, and what becomes of it: nothing.
const DROPPED: [(Kind, &[&str]); 4] = [
    (Kind::Document, &["webhooks", "jsonSchemaDialect"]),
    (Kind::Info, &["summary"]),
    (Kind::License, &["identifier"]),
    (
        Kind::Schema,
        &[
            "$schema",
            "$comment",
            "if",
            "then",
            "else",
            "contains",
            "minContains",
            "maxContains",
            "dependentRequired",
            "dependentSchemas",
            "propertyNames",
            "unevaluatedItems",
            "unevaluatedProperties",
        ],
    ),
];

/// Rewrites a document that was of the version; `origins` is where its nodes are from.
pub fn upgrade(
    root: &mut Value,
    version: Version,
    origins: &mut Origins,
    reporter: &mut Reporter<'_>,
) {
    let mut upgrade = Upgrade {
        newer: matches!(version, Version::V31 | Version::V32),
        newest: (version == Version::V32).then(|| MediaTypes::of(root)),
        types: version != Version::V30,
        counted: Counted::default(),
        origins,
    };
    if let Some(document) = root.as_mapping_mut().filter(|_| upgrade.newer) {
        document
            .entry("paths".into())
            .or_insert_with(|| Mapping::new().into());
    }
    upgrade.object(root, Kind::Document, &Trail::ROOT);
    let (counted, origins) = (upgrade.counted, upgrade.origins);
    counted.report(|at| origins.location(at), reporter);
}

struct Upgrade<'a> {
    /// The document is of version 3.1 or later.
    newer: bool,
    /// It is of version 3.2: what content may refer to.
    newest: Option<MediaTypes>,
    /// Its schemas may have several types.
    types: bool,
    counted: Counted,
    origins: &'a mut Origins,
}

impl Upgrade<'_> {
    fn object(&mut self, value: &mut Value, kind: Kind, at: &Trail<'_>) {
        let Some(object) = value.as_mapping_mut() else {
            return;
        };
        self.drop_empty(object, kind, at);
        if self.newest.is_some() {
            self.rewrite_newest(object, kind, at);
        }
        if kind == Kind::Response && !object.contains_key("description") {
            self.note(
                "a response without `description` is read as if it were empty",
                at,
            );
            object.insert("description".into(), "".into());
        }
        if self.newer {
            self.rewrite(object, kind, at);
        } else if kind == Kind::Schema {
            self.words_of_31(object, at);
        }
        for (key, value) in object.iter_mut() {
            let name = key_text(key);
            if let Some(expect) = entries(kind).or_else(|| keyword(kind, &name)) {
                self.value(value, &expect, &at.key(&name));
            }
        }
    }

    fn rewrite(&mut self, object: &mut Mapping, kind: Kind, at: &Trail<'_>) {
        if kind == Kind::Schema {
            self.patterns(object, at);
        }
        self.drop_unknown(&DROPPED, "3.1", object, kind, at);
        match kind {
            Kind::Schema => self.schema(object, at),
            // They became optional.
            Kind::Operation => {
                object
                    .entry("responses".into())
                    .or_insert_with(|| Mapping::new().into());
            }
            Kind::SecurityScheme if object.get("type") == Some(&"mutualTLS".into()) => {
                object.insert("type".into(), "http".into());
                object.insert("scheme".into(), "mutualTLS".into());
            }
            _ => {}
        }
    }

    /// Keywords of OpenAPI 3.1 in a document of a version before.
    fn words_of_31(&mut self, schema: &mut Mapping, at: &Trail<'_>) {
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

    /// A keyword whose value was forgotten: it is as if it were not there.
    fn drop_empty(&mut self, object: &mut Mapping, kind: Kind, at: &Trail<'_>) {
        let empty = |(key, value): (&Value, &Value)| {
            let expect = keyword(kind, key.as_str()?)?;
            (value.is_null() && expect.is_dropped_empty()).then(|| key.clone())
        };
        let names: Vec<Value> = object.iter().filter_map(empty).collect();
        for name in names {
            let text = key_text(&name);
            let place = at.key(&text);
            self.note(
                "a keyword without a value is read as if it were not there",
                &place,
            );
            object.shift_remove(&name);
        }
    }

    fn value(&mut self, value: &mut Value, expect: &Expect, at: &Trail<'_>) {
        match expect {
            Expect::Object(kind) => self.object(value, *kind, at),
            Expect::ObjectOrReference(kind) => self.object_or_reference(value, *kind, at),
            Expect::SchemaOrBoolean if !value.is_bool() => {
                self.object_or_reference(value, Kind::Schema, at);
            }
            Expect::List(expect) => {
                for (index, item) in value.as_sequence_mut().into_iter().flatten().enumerate() {
                    self.value(item, expect, &at.index(index));
                }
            }
            Expect::Map(expect) => {
                for (key, value) in value.as_mapping_mut().into_iter().flatten() {
                    self.value(value, expect, &at.key(&key_text(key)));
                }
            }
            _ => {}
        }
    }

    fn object_or_reference(&mut self, value: &mut Value, kind: Kind, at: &Trail<'_>) {
        if self.newer && kind == Kind::Schema && value.is_bool() {
            self.note(
                "a schema that is `true` or `false` is read as any value",
                at,
            );
            *value = Mapping::new().into();
        }
        if value.get("$ref").is_none() {
            return self.object(value, kind, at);
        }
        if !self.newer && kind == Kind::Schema && value.get("nullable") == Some(&true.into()) {
            let message = "`nullable` beside `$ref` is read as if the reference were in `allOf`";
            self.repaired(message, &at.key("nullable"));
        } else if !self.newer {
            return;
        }
        let several = |object: &&mut Mapping| object.len() > 1;
        let Some(object) = value.as_mapping_mut().filter(several) else {
            return;
        };
        let reference = object.shift_remove("$ref").unwrap_or_default();
        if kind != Kind::Schema {
            // Only a summary and a description may stand there.
            *value = Mapping::from_iter([("$ref".into(), reference)]).into();
            return;
        }
        self.note("what stands beside `$ref` is read as `allOf` with it", at);
        let member = Mapping::from_iter([(Value::from("$ref"), reference)]);
        let mut members = vec![Value::from(member)];
        let (from, all_of) = (self.location(at), at.key("allOf"));
        if let Some(Value::Sequence(more)) = object.shift_remove("allOf") {
            let written = from.key("allOf");
            for index in 0..more.len() {
                let location = written.key(index.to_string());
                self.origins
                    .record(all_of.index(index + 1).text(), location);
            }
            members.extend(more);
        }
        self.origins.record(all_of.index(0).text(), from);
        object.insert("allOf".into(), members.into());
        self.object(value, kind, at);
    }

    /// `patternProperties`
    fn patterns(&mut self, schema: &mut Mapping, at: &Trail<'_>) {
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

    fn schema(&mut self, schema: &mut Mapping, at: &Trail<'_>) {
        self.prefix_items(schema, at);
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
        let format = match (&encoding, &media_type) {
            (Some(_), _) => "byte",
            (None, Some(Value::String(name))) if name == "application/octet-stream" => "binary",
            (None, _) => return,
        };
        self.note("the encoding of a text is read as its `format`", at);
        schema
            .entry("format".into())
            .or_insert_with(|| format.into());
    }

    /// A list of types: null makes the schema nullable, several others are alternatives.
    fn types(&mut self, schema: &mut Mapping, at: &Trail<'_>) {
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

    /// `table` is what has no words in 3.0, of the version.
    fn drop_unknown(
        &mut self,
        table: &[(Kind, &[&str])],
        version: &str,
        object: &mut Mapping,
        kind: Kind,
        at: &Trail<'_>,
    ) {
        let names = table.iter().filter(|(of, _)| *of == kind);
        for name in names.flat_map(|(_, names)| *names) {
            if object.shift_remove(*name).is_some() {
                let place = at.key(name);
                let message = format!("`{name}` of OpenAPI {version} has no effect on the crate");
                self.note(&message, &place);
            }
        }
    }

    fn location(&self, at: &Trail<'_>) -> Location {
        self.origins.location(&at.text())
    }

    /// What is valid is said in the words of 3.0.
    fn note(&mut self, message: &str, at: &Trail<'_>) {
        let diagnostic = Diagnostic::note(codes::REWRITTEN, message);
        self.counted.add(diagnostic, || at.text());
    }

    /// What the document's version does not allow is plain in meaning.
    fn repaired(&mut self, message: &str, at: &Trail<'_>) {
        let diagnostic = Diagnostic::warning(codes::REPAIRED, message);
        self.counted.add(diagnostic, || at.text());
    }
}

fn keyword(kind: Kind, name: &str) -> Option<Expect> {
    keywords(kind)
        .iter()
        .find(|keyword| keyword.name == name)
        .map(|keyword| keyword.expect)
}

/// A key as text: a status is often written without quotes.
fn key_text(key: &Value) -> Cow<'_, str> {
    match key {
        Value::String(text) => text.into(),
        Value::Number(number) => number.to_string().into(),
        _ => "".into(),
    }
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
