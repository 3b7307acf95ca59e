//! What is invalid but plain in meaning: each rule names what is written and what it is read as.

use std::collections::{HashMap, HashSet};

use serde_yaml::{Mapping, Value};

use super::keywords::{Expect, Fate, Keyword, Kind, Vocabulary};
use super::member::{is_reference, member};
use super::origins::Origins;
use super::scalars;
use crate::location::{Location, Trail};
use crate::nearest::is_typo;

/// One thing that was repaired.
pub struct Repair {
    /// Where in the object it is now; empty for the object itself.
    pub keyword: String,
    pub message: String,
    pub help: String,
}

/// Applies every rule to an object, in place.
pub fn repair(
    vocabulary: &'static Vocabulary,
    kind: Kind,
    object: &mut Mapping,
    at: &Trail<'_>,
    origins: &mut Origins,
    written: &dyn Fn(&Location) -> Option<String>,
) -> Vec<Repair> {
    let mut mend = Mend {
        table: (vocabulary.keywords)(kind),
        kind,
        object,
        at,
        origins,
        written,
        repairs: Vec::new(),
    };
    if (vocabulary.entries)(kind).is_some() {
        mend.empty_entries();
    } else {
        mend.misspelt();
    }
    match kind {
        Kind::Document => mend.document(),
        Kind::Paths => mend.keys(|path| (!path.starts_with('/')).then(|| format!("/{path}"))),
        Kind::Responses => mend.keys(upper_range),
        Kind::Info => mend.info(),
        Kind::Operation => {
            mend.default_of_type("responses", Mapping::new().into(), "an empty one");
        }
        Kind::RequestBody => mend.default("content", Mapping::new().into(), "an empty one"),
        Kind::Schema => {
            mend.required();
            mend.lists_of_nothing();
        }
        _ => {}
    }
    (vocabulary.repairs)(&mut mend);
    mend.repairs
}

/// What is about keywords that other versions have not.
pub fn of_openapi_3(mend: &mut Mend<'_>) {
    match mend.kind {
        Kind::Parameter => mend.parameter("parameter"),
        Kind::Header => mend.parameter("header"),
        Kind::Schema => mend.schema(),
        _ => {}
    }
}

/// An object that is repaired.
pub struct Mend<'a> {
    table: &'static [Keyword],
    kind: Kind,
    object: &'a mut Mapping,
    at: &'a Trail<'a>,
    origins: &'a mut Origins,
    /// What stands at a place of a file.
    written: &'a dyn Fn(&Location) -> Option<String>,
    repairs: Vec<Repair>,
}

impl Mend<'_> {
    fn document(&mut self) {
        let title = Mapping::from_iter([("title".into(), UNTITLED.into())]);
        self.default_of_type("info", title.into(), "an untitled API");
        self.default("paths", Mapping::new().into(), "an empty one");
    }

    fn info(&mut self) {
        self.default_of_type("title", UNTITLED.into(), &format!("`{UNTITLED}`"));
        self.default_of_type("version", "0.0.0".into(), "`0.0.0`");
    }

    /// Of a header as well, which has the keywords of a parameter (OpenAPI 3.0.4, 4.8.21).
    fn parameter(&mut self, what: &str) {
        #[rustfmt::skip]
        const OF_SCHEMAS: [&str; 20] = [
            "type", "format", "items", "enum", "default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength",
            "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "multipleOf", "oneOf", "anyOf", "allOf", "nullable",
        ];
        if self.object.contains_key("schema") && self.object.contains_key("content") {
            self.object.shift_remove("content");
            let message = "`content` beside `schema` is read as if it were not there";
            self.repaired(
                "schema",
                message,
                "remove one of them: each says what the value is",
            );
        }
        if self.object.contains_key("schema") || self.object.contains_key("content") {
            return;
        }
        let inside = self.at.key("schema");
        let (base, now) = (self.at.text(), inside.text());
        self.origins.record(now, self.origins.location(&base));
        let mut schema = Mapping::new();
        for keyword in OF_SCHEMAS {
            if let Some(value) = self.object.shift_remove(keyword) {
                let (was, now) = (self.at.key(keyword).text(), inside.key(keyword).text());
                self.origins.renamed(&was, &now);
                schema.insert(keyword.into(), value);
            }
        }
        let (message, help) = if schema.is_empty() {
            schema.insert("type".into(), "string".into());
            (
                format!("a {what} without `schema` and `content` is read as text"),
                "give it a `schema`",
            )
        } else {
            (
                format!("`type` and what goes with it are read as the `schema` of the {what}"),
                "put them into a `schema`",
            )
        };
        self.object.insert("schema".into(), schema.into());
        self.origins.record(
            self.at.key("schema").text(),
            self.origins.location(&self.at.text()),
        );
        self.repaired("schema", &message, help);
    }

    fn required(&mut self) {
        let is_flag = |value: &Value| match value {
            Value::String(text) => ["true", "false"].contains(&text.as_str()),
            value => value.is_bool(),
        };
        if member(self.object, "required").is_some_and(is_flag) {
            self.object.shift_remove("required");
            let message = "`required` of a schema is a list of its properties: it is left out";
            self.repaired(
                "",
                message,
                "name the property in the `required` of the object",
            );
        }
    }

    /// A list that no value could be one of is as good as none.
    fn lists_of_nothing(&mut self) {
        for keyword in ["enum", "allOf", "oneOf", "anyOf"] {
            let list = member(self.object, keyword);
            let is_empty = |list: &Value| match list {
                Value::Sequence(items) => items.is_empty(),
                Value::Mapping(entries) => entries.is_empty(),
                _ => false,
            };
            if list.is_some_and(is_empty) {
                self.object.shift_remove(keyword);
                let message = format!("`{keyword}` lists nothing: it is left out");
                self.repaired("", &message, "list something, or remove it");
            }
        }
    }

    fn schema(&mut self) {
        if let Some(Value::String(name)) = member(self.object, "discriminator") {
            let name = name.clone();
            let meant = Mapping::from_iter([("propertyName".into(), name.clone().into())]);
            self.object.insert("discriminator".into(), meant.into());
            let message = format!("the discriminator `{name}` is read as its `propertyName`");
            self.repaired(
                "discriminator",
                &message,
                "write an object: { propertyName: ... }",
            );
        }
        self.texts();
        let Some(Value::String(name)) = member(self.object, "type") else {
            return;
        };
        let Some((meant, format)) = meant_type(name).filter(|(meant, _)| meant != name) else {
            return;
        };
        let mut message = format!("`{name}` is read as `{meant}`");
        self.object.insert("type".into(), meant.into());
        if let Some(format) = format {
            message.push_str(&format!(" of the format `{format}`"));
            self.object.entry("format".into()).or_insert(format.into());
        }
        let help = "the types are array, boolean, integer, number, object and string";
        self.repaired("type", &message, help);
    }

    /// Values of a text that YAML takes for something else: `true`, `7`.
    fn texts(&mut self) {
        if member(self.object, "type").and_then(Value::as_str) != Some("string") {
            return;
        }
        for keyword in ["enum", "default"] {
            let place = self.at.key(keyword);
            let values: Vec<(&mut Value, Trail<'_>)> = match self.object.get_mut(keyword) {
                Some(Value::Sequence(items)) => {
                    let items = items.iter_mut().enumerate();
                    items
                        .map(|(index, value)| (value, place.index(index)))
                        .collect()
                }
                Some(value) => vec![(value, place)],
                None => Vec::new(),
            };
            let mut texts = Vec::new();
            for (value, at) in values {
                let written = value
                    .is_number()
                    .then(|| (self.written)(&self.origins.location(&at.text())))
                    .flatten();
                if let Some(text) = scalars::text(value, || written.as_deref()) {
                    *value = text.clone().into();
                    texts.push(format!("`{text}`"));
                }
            }
            if !texts.is_empty() {
                let verb = if texts.len() == 1 { "is" } else { "are" };
                let message = format!("{} {verb} read as text", texts.join(", "));
                self.repaired(keyword, &message, "put it in quotes");
            }
        }
    }

    /// A response or a path whose value was forgotten.
    fn empty_entries(&mut self) {
        let mut empty = Vec::new();
        for (key, value) in self.object.iter_mut().filter(|(_, value)| value.is_null()) {
            *value = Mapping::new().into();
            empty.extend(key.as_str().map(str::to_owned));
        }
        for key in empty {
            if self.kind == Kind::Responses {
                self.object[key.as_str()]["description"] = "".into();
            }
            let message = format!("`{key}` has no value: it is read as an empty object");
            self.repaired(&key, &message, "give it a value, or remove it");
        }
    }

    /// A keyword that cannot be missing.
    fn default(&mut self, keyword: &str, value: Value, meant: &str) {
        if member(self.object, keyword).is_none_or(Value::is_null) {
            self.object.insert(keyword.into(), value);
            let message = format!("there is no `{keyword}`: it is read as {meant}");
            let help = format!("`{keyword}` is required by the specification");
            self.repaired("", &message, &help);
        }
    }

    /// The same where it is of another type, and more than nothing: an operation can be called whatever is wrong with its responses.
    fn default_of_type(&mut self, keyword: &str, value: Value, meant: &str) {
        let differs = match member(self.object, keyword) {
            Some(found) if value.is_mapping() => {
                let says_nothing = found.as_sequence().is_some_and(Vec::is_empty);
                !found.is_mapping() && !found.is_null() && !says_nothing
            }
            Some(found) => found.is_mapping() || found.is_sequence(),
            None => false,
        };
        if !differs {
            return self.default(keyword, value, meant);
        }
        let wanted = if value.is_mapping() {
            "mapping"
        } else {
            "text"
        };
        self.object.insert(keyword.into(), value);
        let message = format!("`{keyword}` is no {wanted}: it is read as {meant}");
        let help = format!("the specification allows only a {wanted} here");
        self.repaired(keyword, &message, &help);
    }

    /// A name that is nothing, beside one keyword of nearly that name which is missing and takes such
    /// a value.
    fn misspelt(&mut self) {
        let table = self.table;
        let unknown =
            |name: &&str| !name.starts_with("x-") && table.iter().all(|k| k.name != *name);
        let names = self.object.keys().filter_map(Value::as_str).filter(unknown);
        for name in Vec::from_iter(names.map(str::to_owned)) {
            let alike = |k: &&Keyword| is_typo(k.name, &name) && !self.object.contains_key(k.name);
            let mut candidates = table.iter().filter(alike);
            let (Some(keyword), None) = (candidates.next(), candidates.next()) else {
                continue;
            };
            if !fits(&self.object[name.as_str()], &keyword.expect) {
                continue;
            }
            self.rename(&name, keyword.name);
            let message = format!("`{name}` is read as `{}`", keyword.name);
            self.repaired(keyword.name, &message, "correct the keyword");
        }
    }

    /// Keys that are names of the document's own.
    fn keys(&mut self, meant: impl Fn(&str) -> Option<String>) {
        let names = self.object.keys().filter_map(Value::as_str);
        let names = names.filter(|name| !name.starts_with("x-"));
        let renamed = names.filter_map(|name| Some((name.to_owned(), meant(name)?)));
        let mut taken = HashSet::new();
        let is_free = |(_, meant): &(String, String)| {
            !self.object.contains_key(meant.as_str()) && taken.insert(meant.clone())
        };
        let renamed: HashMap<String, String> = renamed.filter(is_free).collect();
        if renamed.is_empty() {
            return;
        }
        let mut found = Vec::new();
        let entries = std::mem::take(self.object).into_iter();
        let entries = entries.map(
            |(key, value)| match key.as_str().and_then(|k| renamed.get(k)) {
                Some(meant) => {
                    found.extend(key.as_str().map(|name| (name.to_owned(), meant.clone())));
                    (meant.clone().into(), value)
                }
                None => (key, value),
            },
        );
        *self.object = entries.collect();
        for (name, meant) in found {
            self.moved(&name, &meant);
            let message = format!("`{name}` is read as `{meant}`");
            self.repaired(&meant, &message, &format!("write `{meant}`"));
        }
    }

    /// Gives a key another name, at its place.
    fn rename(&mut self, from: &str, to: &str) {
        let renamed = |(key, value): (Value, Value)| match key.as_str() {
            Some(name) if name == from => (to.into(), value),
            _ => (key, value),
        };
        *self.object = std::mem::take(self.object)
            .into_iter()
            .map(renamed)
            .collect();
        self.moved(from, to);
    }

    /// Notes that what was at one key is at another now.
    fn moved(&mut self, from: &str, to: &str) {
        let (was, now) = (self.at.key(from).text(), self.at.key(to).text());
        self.origins.renamed(&was, &now);
    }

    fn repaired(&mut self, keyword: &str, message: &str, help: &str) {
        self.repairs.push(Repair {
            keyword: keyword.to_owned(),
            message: message.to_owned(),
            help: help.to_owned(),
        });
    }
}

const UNTITLED: &str = "API";

/// The type, with its format, that other languages call so.
fn meant_type(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    let name = name.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    Some(match name.to_ascii_lowercase().as_str() {
        "string" | "str" | "text" => ("string", None),
        "integer" | "int" => ("integer", None),
        "long" | "int64" | "bigint" => ("integer", Some("int64")),
        "int32" => ("integer", Some("int32")),
        "number" | "double" | "numeric" => ("number", None),
        "float" => ("number", Some("float")),
        "decimal" => ("number", Some("decimal")),
        "boolean" | "bool" => ("boolean", None),
        "array" | "list" => ("array", None),
        "object" | "dict" | "map" | "json" => ("object", None),
        "file" | "binary" => ("string", Some("binary")),
        "date" => ("string", Some("date")),
        "datetime" | "date-time" | "timestamp" => ("string", Some("date-time")),
        "uuid" => ("string", Some("uuid")),
        _ => return None,
    })
}

fn upper_range(status: &str) -> Option<String> {
    let upper = status.to_ascii_uppercase();
    let is_range = upper.len() == 3 && upper.ends_with("XX");
    (is_range && upper != status).then_some(upper)
}

/// Whether a mapping that stands where a list belongs is its one item: it has what an item must have.
pub fn is_item(vocabulary: &Vocabulary, value: &Value, expect: &Expect) -> bool {
    match expect {
        Expect::Map(_) => true,
        Expect::Object(kind) | Expect::ObjectOrReference(kind) => {
            let table = (vocabulary.keywords)(*kind);
            let mut required = table.iter().filter(|k| k.fate == Fate::Required);
            let complete = required.all(|keyword| value.get(keyword.name).is_some());
            complete || is_reference(value)
        }
        _ => false,
    }
}

/// Whether a value can stand where that is expected.
fn fits(value: &Value, expect: &Expect) -> bool {
    match expect {
        Expect::Any => true,
        Expect::Text => value.is_string(),
        Expect::Boolean => value.is_bool(),
        Expect::Number => value.is_number(),
        Expect::Count => value.is_u64(),
        Expect::List(_) => value.is_sequence(),
        Expect::OneOrSeveral(expect) => value.is_sequence() || fits(value, expect),
        Expect::Object(_) | Expect::ObjectOrReference(_) | Expect::Map(_) => value.is_mapping(),
        Expect::SchemaOrBoolean => value.is_mapping() || value.is_bool(),
    }
}
