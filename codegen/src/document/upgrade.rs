//! Other spellings in the words of OpenAPI 3.0: a document of version 3.1, and one with keywords that
//! have no value, are rewritten as plain values. Every kind of rewriting is reported.
//!
//! The differences are listed in <https://spec.openapis.org/oas/v3.1.0> and in JSON Schema 2020-12.

use std::borrow::Cow;

use serde_yaml::{Mapping, Value};

use super::counted::Counted;
use super::keywords::{Expect, Kind, WEBHOOKS, entries, keywords};
use super::load::Version;
use super::member::is_reference;
use super::origins::Origins;
use super::{Reporter, codes};
use openapi_32::MediaTypes;

use crate::diagnostic::Diagnostic;
use crate::location::{Location, Trail};

mod constants;
mod openapi_32;
mod schemas;

/// What 3.0 has no words for, and what becomes of it: nothing.
const DROPPED: [(Kind, &[&str]); 4] = [
    (Kind::Document, &["jsonSchemaDialect"]),
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
            Kind::Document => self.rename("webhooks", WEBHOOKS, object, at),
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
        if !is_reference(value) {
            return self.object(value, kind, at);
        }
        let is_schema = kind == Kind::Schema;
        if !self.newer && is_schema && value.get("nullable") == Some(&true.into()) {
            let message = "`nullable` beside `$ref` is read as if the reference were in `allOf`";
            self.repaired(message, &at.key("nullable"));
        } else if !self.newer {
            if is_schema {
                self.keep_description(value, at);
            }
            return;
        }
        let several = |object: &&mut Mapping| object.len() > 1;
        let Some(object) = value.as_mapping_mut().filter(several) else {
            return;
        };
        let reference = object.shift_remove("$ref").unwrap_or_default();
        if kind != Kind::Schema {
            // Only a summary and a description may stand there, and a client has no use for a summary.
            let description = object.shift_remove("description");
            let description = description.map(|text| ("description".into(), text));
            let kept = [("$ref".into(), reference)].into_iter().chain(description);
            *value = kept.collect::<Mapping>().into();
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

    /// A description beside a reference is what the author says of that place, though it has no meaning in 3.0.
    fn keep_description(&mut self, value: &mut Value, at: &Trail<'_>) {
        let Some(object) = value.as_mapping_mut() else {
            return;
        };
        if !object.get("description").is_some_and(Value::is_string) {
            return;
        }
        let description = object.shift_remove("description").unwrap_or_default();
        let member = Value::from(std::mem::take(object));
        object.insert("description".into(), description);
        object.insert("allOf".into(), vec![member].into());
        let from = self.location(at);
        self.origins.record(at.key("allOf").index(0).text(), from);
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
