//! Holds a document against the table of keywords and reports every difference.
//!
//! After it, the typed parse has nothing left to find but what the types themselves cannot express.

use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use super::codes;
use super::keywords::{Expect, Fate, Kind, entries, keywords};
use super::{Reporter, pointer};
use crate::diagnostic::{Diagnostic, Severity};

/// Reports what the specification does not allow or the generator does not use.
pub fn check(root: &Value, reporter: &mut Reporter<'_>) {
    let mut checker = Checker {
        reporter,
        ignored: BTreeMap::new(),
    };
    checker.object(root, Kind::Document, "");
    checker.report_ignored();
}

struct Checker<'a, 'b> {
    reporter: &'a mut Reporter<'b>,
    /// Keyword to the pointers that hold it.
    ignored: BTreeMap<&'static str, Vec<String>>,
}

impl Checker<'_, '_> {
    fn object(&mut self, value: &Value, kind: Kind, at: &str) {
        let Some(object) = self.mapping(value, at) else {
            return;
        };
        if let Some(expect) = entries(kind) {
            return self.entries(object, kind, &expect, at);
        }
        if object.contains_key("$ref") && kind != Kind::PathItem {
            return self.misplaced_reference(kind, at);
        }
        let table = keywords(kind);
        for keyword in table.iter().filter(|k| k.fate == Fate::Required) {
            if !object.contains_key(keyword.name) {
                self.missing(kind, keyword.name, at);
            }
        }
        for (key, value) in object {
            let Some(name) = self.key(key, at) else {
                continue;
            };
            let pointer = pointer::join(at, &name);
            match table.iter().find(|k| k.name == name) {
                Some(keyword) => {
                    if keyword.fate == Fate::Ignored {
                        self.ignored
                            .entry(keyword.name)
                            .or_default()
                            .push(pointer.clone());
                    }
                    self.value(value, &keyword.expect, &pointer);
                }
                None if name.starts_with("x-") => {}
                None => self.unknown(kind, &name, &pointer),
            }
        }
    }

    fn entries(&mut self, object: &Mapping, kind: Kind, expect: &Expect, at: &str) {
        for (key, value) in object {
            let Some(name) = self.key(key, at) else {
                continue;
            };
            if name.starts_with("x-") {
                continue;
            }
            let pointer = pointer::join(at, &name);
            if let Some(problem) = bad_entry(kind, &name) {
                self.error_at_key(codes::INVALID, problem, &pointer);
            }
            self.value(value, expect, &pointer);
        }
    }

    fn value(&mut self, value: &Value, expect: &Expect, at: &str) {
        match expect {
            Expect::Any => {}
            Expect::Text => self.require(value.is_string(), value, "a string", at),
            Expect::Boolean => self.require(value.is_bool(), value, "true or false", at),
            Expect::Number => self.require(is_finite(value), value, "a number", at),
            Expect::Count => self.require(value.is_u64(), value, "a whole number, 0 or more", at),
            Expect::Object(kind) => self.object(value, *kind, at),
            Expect::ObjectOrReference(kind) => match value.get("$ref") {
                Some(target) => self.reference(value, target, at),
                None => self.object(value, *kind, at),
            },
            Expect::List(expect) => self.list(value, expect, at),
            Expect::Map(expect) => self.map(value, expect, at),
            Expect::SchemaOrBoolean if value.is_bool() => {}
            Expect::SchemaOrBoolean => {
                self.value(value, &Expect::ObjectOrReference(Kind::Schema), at);
            }
        }
    }

    fn list(&mut self, value: &Value, expect: &Expect, at: &str) {
        let Some(items) = value.as_sequence() else {
            return self.require(false, value, "a list", at);
        };
        for (index, item) in items.iter().enumerate() {
            self.value(item, expect, &pointer::join(at, index.to_string()));
        }
    }

    fn map(&mut self, value: &Value, expect: &Expect, at: &str) {
        let Some(map) = self.mapping(value, at) else {
            return;
        };
        for (key, value) in map {
            let Some(name) = self.key(key, at) else {
                continue;
            };
            self.value(value, expect, &pointer::join(at, name));
        }
    }

    /// Siblings of `$ref` mean nothing in OpenAPI 3.0 (4.7.23).
    fn reference(&mut self, value: &Value, target: &Value, at: &str) {
        self.require(
            target.is_string(),
            target,
            "a string",
            &pointer::join(at, "$ref"),
        );
        let siblings = value.as_mapping().into_iter().flatten();
        for name in siblings.filter_map(|(key, _)| key.as_str()) {
            if name != "$ref" && !name.starts_with("x-") {
                let message = format!("`{name}` beside `$ref` has no meaning in OpenAPI 3.0");
                let diagnostic = Diagnostic::warning(codes::IGNORED, message)
                    .help("wrap the reference: allOf: [{ $ref: ... }]");
                self.reporter.at_key(diagnostic, &pointer::join(at, name));
            }
        }
    }

    fn misplaced_reference(&mut self, kind: Kind, at: &str) {
        let message = format!("the {} cannot be a reference", title(kind));
        let help = "write the object here; a document in several files is bundled first, for \
                    example with `npx @redocly/cli bundle`";
        let diagnostic = Diagnostic::error(codes::INVALID, message).help(help);
        self.reporter.at_key(diagnostic, &pointer::join(at, "$ref"));
    }

    fn mapping<'v>(&mut self, value: &'v Value, at: &str) -> Option<&'v Mapping> {
        let mapping = value.as_mapping();
        self.require(mapping.is_some(), value, "a mapping", at);
        mapping
    }

    /// Integers are accepted as keys: a status is often written without quotes.
    fn key(&mut self, key: &Value, at: &str) -> Option<String> {
        match key {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(value) => Some(value.to_string()),
            _ => {
                self.error_at_key(codes::WRONG_TYPE, "a key must be a string".into(), at);
                None
            }
        }
    }

    fn require(&mut self, fine: bool, value: &Value, wanted: &str, at: &str) {
        if !fine {
            let message = format!("expected {wanted}, found {}", describe(value));
            self.reporter
                .at(Diagnostic::error(codes::WRONG_TYPE, message), at);
        }
    }

    fn missing(&mut self, kind: Kind, name: &str, at: &str) {
        let message = format!("the {} has no `{name}`", title(kind));
        let help = format!("`{name}` is required by the specification");
        let diagnostic = Diagnostic::error(codes::MISSING_KEYWORD, message).help(help);
        self.reporter.at_key(diagnostic, at);
    }

    fn unknown(&mut self, kind: Kind, name: &str, at: &str) {
        let message = format!("`{name}` is not a keyword of the {}", title(kind));
        let nearest = keywords(kind)
            .iter()
            .find(|k| k.name.eq_ignore_ascii_case(name) || one_typo(k.name, name));
        let help = match nearest {
            Some(keyword) => format!("did you mean `{}`?", keyword.name),
            None => "it is ignored; a vendor extension begins with `x-`".to_owned(),
        };
        let diagnostic = Diagnostic::warning(codes::UNKNOWN_KEYWORD, message).help(help);
        self.reporter.at_key(diagnostic, at);
    }

    fn error_at_key(&mut self, code: crate::diagnostic::Code, message: String, at: &str) {
        self.reporter.at_key(Diagnostic::error(code, message), at);
    }

    fn report_ignored(&mut self) {
        for (name, pointers) in std::mem::take(&mut self.ignored) {
            let times = match pointers.len() {
                1 => String::new(),
                n => format!(" ({n} places, the first is shown)"),
            };
            let message = format!("`{name}` has no effect on the crate{times}");
            let mut diagnostic = Diagnostic::note(codes::IGNORED, message);
            diagnostic.severity = Severity::Note;
            self.reporter.at_key(diagnostic, &pointers[0]);
        }
    }
}

fn bad_entry(kind: Kind, name: &str) -> Option<String> {
    match kind {
        Kind::Paths if !name.starts_with('/') => {
            Some(format!("the path `{name}` must begin with `/`"))
        }
        Kind::Responses if !is_status(name) => Some(format!(
            "`{name}` is neither a status (200), a range (2XX) nor `default`"
        )),
        _ => None,
    }
}

fn is_status(name: &str) -> bool {
    let bytes = name.as_bytes();
    let range = |b: &[u8]| b.iter().all(u8::is_ascii_digit) || b.eq_ignore_ascii_case(b"xx");
    name == "default"
        || (bytes.len() == 3 && (b'1'..=b'5').contains(&bytes[0]) && range(&bytes[1..]))
}

fn is_finite(value: &Value) -> bool {
    value.as_f64().is_some_and(f64::is_finite)
}

fn describe(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing (null)",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "a mapping",
        Value::Tagged(_) => "a tagged value",
    }
}

/// "Path Item Object", as the specification writes it.
fn title(kind: Kind) -> String {
    let name = match kind {
        Kind::Document => "OpenAPI".to_owned(),
        Kind::ExternalDocs => "External Documentation".to_owned(),
        Kind::Flows => "OAuth Flows".to_owned(),
        Kind::Flow => "OAuth Flow".to_owned(),
        Kind::Xml => "XML".to_owned(),
        kind => spaced(&format!("{kind:?}")),
    };
    format!("{name} Object")
}

fn spaced(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !text.is_empty() {
            text.push(' ');
        }
        text.push(c);
    }
    text
}

/// Whether the names differ by one inserted, removed or changed character.
fn one_typo(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let common = short
        .bytes()
        .zip(long.bytes())
        .take_while(|(x, y)| x == y)
        .count();
    match long.len() - short.len() {
        0 => short.as_bytes()[common..].get(1..) == long.as_bytes()[common..].get(1..),
        1 => short.as_bytes()[common..] == long.as_bytes()[common + 1..],
        _ => false,
    }
}
