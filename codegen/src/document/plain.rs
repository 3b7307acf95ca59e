//! A document of any version as plain values, for what asks neither for types nor for rules.

use std::cell::Cell;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::bundle::failure::Failures;
use super::bundle::{self, Folder};
use super::graph::ReferenceGraph;
use super::origins::Origins;
use super::source_map::SourceMap;
use super::{Wanted, codes, overlay, part, reading};
use crate::diagnostic::{Diagnostic, Diagnostics, Rejected, Source};
use crate::location::{FileId, Location};

/// The values of a document, all keys as text, and where they are in its files.
#[derive(Debug)]
pub struct Plain {
    /// With what references name in other files as components of the document itself.
    pub value: Value,
    /// By [`FileId`](crate::location::FileId); the document itself is the first.
    pub(super) files: Vec<Arc<SourceMap>>,
    /// Where in the files each node was.
    pub(super) origins: Origins,
    pub(super) failures: Failures,
    /// Made when it is first asked for.
    graph: OnceLock<ReferenceGraph>,
    /// The values in the order of the file, if they were read on the way. JSON is read faster twice.
    pub(super) ordered: Option<serde_yaml::Value>,
}

impl Plain {
    /// Reads YAML or JSON, with the files of the folder that it refers to, and applies overlays; only what
    /// is neither, or no mapping, is rejected.
    pub fn read(
        source: Arc<Source>,
        folder: Option<&dyn Folder>,
        overlays: &[Arc<Source>],
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Rejected> {
        let twice = Cell::new(false);
        let (value, ordered) = values(&source, &twice).map_err(|problem| {
            diagnostics.push(problem);
            Rejected
        })?;
        if !value.is_object() {
            let message = "the document is not a mapping";
            let help = "an OpenAPI document begins with `openapi: 3.0.3`";
            diagnostics.push(
                Diagnostic::error(codes::NOT_OPENAPI, message)
                    .help(help)
                    .file(&source),
            );
            return Err(Rejected);
        }
        let plain = Self {
            value,
            files: vec![Arc::new(SourceMap::of(source))],
            origins: Origins::default(),
            failures: Failures::default(),
            graph: OnceLock::new(),
            ordered,
        };
        if twice.get() {
            super::load::report_duplicates(&plain.files[0], diagnostics);
        }
        Ok(plain.whole(folder, overlays, diagnostics))
    }

    /// Without all that no wanted operation reaches.
    pub fn retain(&mut self, wanted: Wanted<'_>) {
        let part = part::part(&self.value, wanted);
        part.apply_json(&mut self.value);
        let ordered = self.ordered.take();
        self.ordered = ordered.or_else(|| Some(reading::read(self.source()).ok()?.value));
        if let Some(ordered) = &mut self.ordered {
            part.apply(ordered);
        }
        self.graph = OnceLock::new();
    }

    /// The document as one, if it is in several files, with the overlays applied.
    fn whole(
        mut self,
        folder: Option<&dyn Folder>,
        overlays: &[Arc<Source>],
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let root = Arc::clone(&self.files[0]);
        if !bundle::refers_elsewhere(&root.source.text) && overlays.is_empty() {
            return self;
        }
        let ordered = self.ordered.take();
        let ordered = ordered.or_else(|| Some(reading::read(&root.source).ok()?.value));
        let Some(value) = ordered else {
            return self;
        };
        let mut bundle = bundle::bundle(value, root, folder, diagnostics);
        overlay::apply(&mut bundle, overlays, folder, diagnostics);
        self.value = converted(&bundle.value);
        self.ordered = Some(bundle.value);
        self.files = bundle.files;
        self.origins = bundle.origins;
        self.failures = bundle.failures;
        self
    }

    /// The text of the document itself.
    pub fn source(&self) -> &Arc<Source> {
        &self.files[0].source
    }

    /// The texts of the other files, by [`FileId`](crate::location::FileId) from 1.
    pub fn others(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.files.iter().skip(1).map(|file| &file.source)
    }

    /// Where in a file is what is at the pointer: the location there, and the lines, from 1, of the
    /// value and its key; of the nearest container if nothing is there.
    pub fn place(&self, pointer: &str) -> Option<(Location, RangeInclusive<usize>)> {
        let location = self.origins.location(pointer);
        let lines = self.files[location.file.0].lines(&location.pointer)?;
        Some((location, lines))
    }

    /// The line of what is at the pointer, if that is in the document itself.
    pub fn line(&self, pointer: &str) -> Option<usize> {
        let (location, lines) = self.place(pointer)?;
        (location.file == FileId::default()).then(|| *lines.start())
    }

    /// Whether the texts of all files are the same.
    pub fn is_text_of(&self, other: &Self) -> bool {
        let texts =
            |plain: &'_ Self| Vec::from_iter(plain.files.iter().map(|f| Arc::clone(&f.source)));
        let (one, two) = (texts(self), texts(other));
        one.len() == two.len() && one.iter().zip(&two).all(|(one, two)| one.text == two.text)
    }

    /// The lines of what is at the pointer, in its file.
    pub fn lines(&self, pointer: &str) -> Option<RangeInclusive<usize>> {
        Some(self.place(pointer)?.1)
    }

    /// Which operation or component refers to which.
    pub fn graph(&self) -> &ReferenceGraph {
        self.graph.get_or_init(|| ReferenceGraph::of(&self.value))
    }
}

/// The values, and those in the order of the file if they were read on the way.
type Ordered = (Value, Option<serde_yaml::Value>);

fn values(source: &Arc<Source>, twice: &Cell<bool>) -> Result<Ordered, Diagnostic> {
    // JSON is tried first where it may be: it is faster.
    if reading::looks_like_json(&source.text) {
        let mut json = serde_json::Deserializer::from_str(&source.text);
        if let Ok(value) = (Json { twice }).deserialize(&mut json)
            && json.end().is_ok()
        {
            return Ok((value, None));
        }
    }
    let read = reading::read(source)?;
    twice.set(read.twice);
    Ok((converted(&read.value), Some(read.value)))
}

/// The values that were read, as those of JSON. No text is nested deeper than a reader goes.
pub(super) fn converted(value: &serde_yaml::Value) -> Value {
    match value {
        serde_yaml::Value::Null => Value::Null,
        serde_yaml::Value::Bool(value) => Value::Bool(*value),
        serde_yaml::Value::Number(number) => converted_number(number),
        serde_yaml::Value::String(text) => Value::String(text.clone()),
        serde_yaml::Value::Sequence(items) => items.iter().map(converted).collect(),
        serde_yaml::Value::Mapping(map) => {
            let entry = |(key, value): (&serde_yaml::Value, _)| match converted(key) {
                Value::String(key) => (key, converted(value)),
                key => (key.to_string(), converted(value)),
            };
            Value::Object(map.iter().map(entry).collect())
        }
        serde_yaml::Value::Tagged(tagged) => converted(&tagged.value),
    }
}

/// JSON has no infinity, and no NaN: they stay text.
fn converted_number(number: &serde_yaml::Number) -> Value {
    let whole = number.as_u64().map(Number::from);
    let whole = whole.or_else(|| number.as_i64().map(Number::from));
    let value = whole.or_else(|| Number::from_f64(number.as_f64()?));
    value.map_or_else(
        || number.as_f64().unwrap_or_default().to_string().into(),
        Value::Number,
    )
}

/// Reads a value of JSON, as its own reader would, and notes a key that is there twice.
#[derive(Clone, Copy)]
struct Json<'a> {
    twice: &'a Cell<bool>,
}

impl<'de> DeserializeSeed<'de> for Json<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Json<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key()? {
            if map.insert(key, entries.next_value_seed(self)?).is_some() {
                self.twice.set(true);
            }
        }
        Ok(map.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn keys_are_text_and_mappings_are_merged() {
        let text = "base: &base {a: 1, b: [2]}\n200: {<<: *base, b: 3}\ntrue: !tag .inf\n";
        let expected = r#"{"200":{"a":1,"b":3},"base":{"a":1,"b":[2]},"true":"inf"}"#;
        let (plain, messages) = read(text);
        assert_eq!(
            plain.map(|plain| plain.value.to_string()),
            Some(expected.into())
        );
        assert_eq!(messages, [""; 0]);
    }

    #[test]
    fn of_two_equal_keys_the_last_counts() {
        for text in [
            r#"{"a": 1, "b": {"c": 1, "c": 2}, "a": 3}"#,
            "a: 1\nb:\n  c: 1\n  c: 2\na: 3\n",
            "a: 1\nb: {200: 1, '200': 2}\na: 3\n",
        ] {
            let (plain, messages) = read(text);
            let plain = plain.expect("duplicates are no reason to stop");
            assert_eq!(plain.value["a"], 3);
            assert_eq!(messages.len(), 2, "{messages:?}");
        }
    }

    #[test]
    fn what_is_no_document_is_rejected() {
        for text in ["", "a: [", "- a", "{\"a\": 1", "text"] {
            let (plain, messages) = read(text);
            assert!(plain.is_none());
            assert_eq!(messages.len(), 1, "{messages:?}");
        }
    }

    #[test]
    fn lines_are_those_of_the_key_and_the_value() {
        let (plain, _) = read(
            "openapi: 3.1.0\n\
             paths:\n\
             \x20 /a~b:\n\
             \x20   get:\n\
             \x20     description: |\n\
             \x20       two\n\
             \n\
             \x20       lines\n\
             \n\
             \x20     tags:\n\
             \x20     - one\n\
             \x20     - two: 1\n\
             \x20       three: {\n\
             \x20         }\n\
             \n\
             # the end\n\
             x-none:\n\
             x-last: 'ü'\n",
        );
        let plain = plain.expect("a document");
        let lines = |pointer| plain.lines(pointer).expect("the document has lines");
        assert_eq!(lines(""), 1..=18);
        assert_eq!(lines("/paths"), 2..=14);
        assert_eq!(lines("/paths/~1a~0b/get/description"), 5..=8);
        assert_eq!(lines("/paths/~1a~0b/get/tags"), 10..=14);
        assert_eq!(lines("/paths/~1a~0b/get/tags/1"), 12..=14);
        assert_eq!(lines("/paths/~1a~0b/get/tags/1/three"), 13..=14);
        assert_eq!(lines("/paths/~1a~0b/get/tags/7"), 10..=14);
        assert_eq!(lines("/x-none"), 17..=17);
        assert_eq!(lines("/x-last/more"), 18..=18);
    }

    #[test]
    fn lines_of_json_are_those_of_its_braces() {
        let (plain, _) = read("{\n \"a\\u002f\\n\": {\n  \"b\": [\n   1,\n   2\n  ]\n }\n}\n");
        let plain = plain.expect("a document");
        assert_eq!(plain.lines(""), Some(1..=8));
        assert_eq!(plain.lines("/a~1\n"), Some(2..=7));
        assert_eq!(plain.lines("/a~1\n/b/1"), Some(5..=5));
        assert_eq!(plain.lines("/other"), Some(1..=8));
    }

    #[test]
    fn a_document_is_the_same_by_way_of_plain_values() {
        let info = "info: {title: T, version: '1'}\npaths:\n";
        let path = "get: {responses: {200: {description: D}}}";
        for text in [
            format!("openapi: 3.0.3\n{info}  /b: {{{path}}}\n  /a: {{{path}}}\n"),
            format!("openapi: 3.0.3\n{info}  /b: &b {{{path}}}\n  /a: {{<<: *b}}\n"),
            format!("openapi: 3.0.3\n{info}  /b: {{{path}}}\n  /b: {{{path}}}\n"),
            format!("openapi: 2.0\n{info}  /b: {{{path}, {path}}}\n"),
            format!("swagger: '2.0'\n{info}  /b: {{{path}}}\n  /a: {{{path}}}\n"),
            format!("openapi: 3.2.0\n{info}  /b: {{query: {{}}}}\n"),
            r#"{"openapi": "3.0.0", "info": {"title": "T", "version": "1"}, "paths": {}}"#.into(),
            r#"{"openapi": "3.0.0", "openapi": "3.0.0", "paths": {}}"#.into(),
        ] {
            let (plain, _) = read(&text);
            let plain = plain.expect("plain values");
            let (mut one, mut other) = (Diagnostics::default(), Diagnostics::default());
            let parsed = Document::parse(Arc::clone(plain.source()), &mut one);
            let converted = Document::from_plain(&plain, &mut other);
            assert_eq!(
                parsed.ok().map(|read| (read.openapi, read.paths)),
                converted.ok().map(|read| (read.openapi, read.paths)),
            );
            assert_eq!(rendered(&one), rendered(&other));
        }
    }

    fn rendered(diagnostics: &Diagnostics) -> Vec<String> {
        // Duplicate keys are found where the text is read.
        let others = diagnostics
            .iter()
            .filter(|d| d.code != codes::DUPLICATE_KEY);
        others.map(|d| d.render(false)).collect()
    }

    fn read(text: &str) -> (Option<Plain>, Vec<String>) {
        let mut diagnostics = Diagnostics::default();
        let source = Source::new("a.yaml", text);
        let plain = Plain::read(Arc::new(source), None, &[], &mut diagnostics).ok();
        let messages = diagnostics.iter().map(|d| d.message.clone()).collect();
        (plain, messages)
    }
}
