//! Holds a document against the table of keywords and reports every difference.
//!
//! After it, the typed parse has nothing left to find but what the types themselves cannot express.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_yaml::{Mapping, Value};

use super::codes;
use super::keywords::{Expect, Fate, Kind, entries, keywords};
use super::origins::Origins;
use super::{Reporter, values};
use crate::diagnostic::{Code, Diagnostic};
use crate::location::Trail;

/// Reports what the specification does not allow or the generator does not use.
pub fn check(root: &Value, origins: &Origins, reporter: &mut Reporter<'_>) {
    let mut checker = Checker {
        origins,
        reporter,
        ignored: BTreeMap::new(),
        inside_ignored: 0,
    };
    checker.object(root, Kind::Document, &Trail::ROOT);
    checker.report_ignored();
}

struct Checker<'a, 'b> {
    origins: &'a Origins,
    reporter: &'a mut Reporter<'b>,
    /// Keyword to the first pointer that holds it, and how many do.
    ignored: BTreeMap<&'static str, (String, usize)>,
    /// How many of the containers around the current value are ignored: what is in them is, too,
    /// and need not be said again.
    inside_ignored: usize,
}

impl Checker<'_, '_> {
    fn object(&mut self, value: &Value, kind: Kind, at: &Trail<'_>) {
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
            let pointer = at.key(&name);
            match table.iter().find(|k| k.name == name) {
                Some(keyword) => {
                    if keyword.fate == Fate::Missed
                        && value.as_sequence().is_some_and(|s| !s.is_empty())
                    {
                        self.missed(kind, &name, &pointer);
                    }
                    let ignored = keyword.fate == Fate::Ignored;
                    if ignored && self.inside_ignored == 0 {
                        let first = || (pointer.text(), 0);
                        self.ignored.entry(keyword.name).or_insert_with(first).1 += 1;
                    }
                    self.inside_ignored += usize::from(ignored);
                    self.value(value, &keyword.expect, &pointer);
                    self.inside_ignored -= usize::from(ignored);
                }
                None if name.starts_with("x-") => {}
                None => self.unknown(kind, &name, &pointer),
            }
        }
        for problem in values::check(kind, object) {
            let diagnostic = Diagnostic::error(problem.code, problem.message).help(problem.help);
            match problem.keyword {
                Some(keyword) => self.report(diagnostic, &at.key(keyword)),
                None => self.report_key(diagnostic, at),
            }
        }
    }

    fn entries(&mut self, object: &Mapping, kind: Kind, expect: &Expect, at: &Trail<'_>) {
        for (key, value) in object {
            let Some(name) = self.key(key, at) else {
                continue;
            };
            if name.starts_with("x-") {
                continue;
            }
            let pointer = at.key(&name);
            if let Some((problem, help)) = bad_entry(kind, &name) {
                self.error_at_key(codes::INVALID, problem, &help, &pointer);
            }
            self.value(value, expect, &pointer);
        }
    }

    fn value(&mut self, value: &Value, expect: &Expect, at: &Trail<'_>) {
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

    fn list(&mut self, value: &Value, expect: &Expect, at: &Trail<'_>) {
        let Some(items) = value.as_sequence() else {
            return self.require(false, value, "a list", at);
        };
        for (index, item) in items.iter().enumerate() {
            self.value(item, expect, &at.index(index));
        }
    }

    fn map(&mut self, value: &Value, expect: &Expect, at: &Trail<'_>) {
        let Some(map) = self.mapping(value, at) else {
            return;
        };
        for (key, value) in map {
            let Some(name) = self.key(key, at) else {
                continue;
            };
            self.value(value, expect, &at.key(&name));
        }
    }

    /// Siblings of `$ref` mean nothing in OpenAPI 3.0 (4.7.23).
    fn reference(&mut self, value: &Value, target: &Value, at: &Trail<'_>) {
        self.require(target.is_string(), target, "a string", &at.key("$ref"));
        let siblings = value.as_mapping().into_iter().flatten();
        for name in siblings.filter_map(|(key, _)| key.as_str()) {
            if name != "$ref" && !name.starts_with("x-") {
                let message = format!("`{name}` beside `$ref` has no meaning in OpenAPI 3.0");
                let diagnostic = Diagnostic::warning(codes::IGNORED, message)
                    .help("wrap the reference: allOf: [{ $ref: ... }]");
                self.report_key(diagnostic, &at.key(name));
            }
        }
    }

    fn missed(&mut self, kind: Kind, name: &str, at: &Trail<'_>) {
        let message = format!("`{name}` of the {} is not supported", title(kind));
        let help = "its calls go to the client's base URL; skip them in the policy file, or call \
                    them by a client with the other base URL";
        self.report_key(Diagnostic::warning(codes::IGNORED, message).help(help), at);
    }

    fn misplaced_reference(&mut self, kind: Kind, at: &Trail<'_>) {
        let message = format!("the {} cannot be a reference", title(kind));
        let help = "write the object here; a document in several files is bundled first, for \
                    example with `npx @redocly/cli bundle`";
        let diagnostic = Diagnostic::error(codes::INVALID, message).help(help);
        self.report_key(diagnostic, &at.key("$ref"));
    }

    fn mapping<'v>(&mut self, value: &'v Value, at: &Trail<'_>) -> Option<&'v Mapping> {
        let mapping = value.as_mapping();
        self.require(mapping.is_some(), value, "a mapping", at);
        mapping
    }

    /// Integers are accepted as keys: a status is often written without quotes.
    fn key<'v>(&mut self, key: &'v Value, at: &Trail<'_>) -> Option<Cow<'v, str>> {
        match key {
            Value::String(text) => Some(text.into()),
            Value::Number(number) => Some(number.to_string().into()),
            Value::Bool(value) => Some(value.to_string().into()),
            _ => {
                let help = "put the key in quotes, or remove it";
                self.error_at_key(codes::WRONG_TYPE, "a key must be a string".into(), help, at);
                None
            }
        }
    }

    fn require(&mut self, fine: bool, value: &Value, wanted: &str, at: &Trail<'_>) {
        if !fine {
            let message = format!("expected {wanted}, found {}", describe(value));
            let diagnostic =
                Diagnostic::error(codes::WRONG_TYPE, message).help(correction(wanted, value));
            self.report(diagnostic, at);
        }
    }

    fn missing(&mut self, kind: Kind, name: &str, at: &Trail<'_>) {
        let message = format!("the {} has no `{name}`", title(kind));
        let help = format!("`{name}` is required by the specification");
        let diagnostic = Diagnostic::error(codes::MISSING_KEYWORD, message).help(help);
        self.report_key(diagnostic, at);
    }

    fn unknown(&mut self, kind: Kind, name: &str, at: &Trail<'_>) {
        let message = format!("`{name}` is not a keyword of the {}", title(kind));
        let nearest = keywords(kind)
            .iter()
            .find(|k| k.name.eq_ignore_ascii_case(name) || is_typo(k.name, name));
        let help = match nearest {
            Some(keyword) => format!("did you mean `{}`?", keyword.name),
            None => "it is ignored; a vendor extension begins with `x-`".to_owned(),
        };
        let diagnostic = Diagnostic::warning(codes::UNKNOWN_KEYWORD, message).help(help);
        self.report_key(diagnostic, at);
    }

    fn error_at_key(&mut self, code: Code, message: String, help: &str, at: &Trail<'_>) {
        self.report_key(Diagnostic::error(code, message).help(help), at);
    }

    fn report(&mut self, diagnostic: Diagnostic, at: &Trail<'_>) {
        let location = self.origins.location(&at.text());
        self.reporter.at(diagnostic, &location);
    }

    fn report_key(&mut self, diagnostic: Diagnostic, at: &Trail<'_>) {
        let location = self.origins.location(&at.text());
        self.reporter.at_key(diagnostic, &location);
    }

    fn report_ignored(&mut self) {
        for (name, (first, count)) in std::mem::take(&mut self.ignored) {
            let times = match count {
                1 => String::new(),
                n => format!(" ({n} places, the first is shown)"),
            };
            let message = format!("`{name}` has no effect on the crate{times}");
            let diagnostic = Diagnostic::note(codes::IGNORED, message);
            self.reporter
                .at_key(diagnostic, &self.origins.location(&first));
        }
    }
}

/// What is wrong with a key, and what to do.
fn bad_entry(kind: Kind, name: &str) -> Option<(String, String)> {
    match kind {
        Kind::Paths if !name.starts_with('/') => Some((
            format!("the path `{name}` must begin with `/`"),
            format!("write `/{name}`"),
        )),
        Kind::Responses if !is_status(name) => Some((
            format!("`{name}` is neither a status (200), a range (2XX) nor `default`"),
            "statuses are from 100 to 599; what is not about one begins with `x-`".to_owned(),
        )),
        _ => None,
    }
}

/// How a value of another type is made into what is wanted.
fn correction(wanted: &str, value: &Value) -> String {
    match (wanted, value) {
        (_, Value::Null) => "give it a value, or remove the key".to_owned(),
        ("a string", Value::Bool(value)) => format!("put it in quotes: \"{value}\""),
        ("a string", Value::Number(value)) => format!("put it in quotes: \"{value}\""),
        ("a list", Value::String(value)) => format!("put it in brackets: [{value}]"),
        ("a list", Value::Mapping(_)) => "put a `-` before each item".to_owned(),
        ("true or false", _) => "write true or false, without quotes".to_owned(),
        ("a number", _) => "write digits, without quotes".to_owned(),
        ("a whole number, 0 or more", _) => "write digits alone: no sign, no fraction".to_owned(),
        (wanted, _) => format!("the specification allows only {wanted} here"),
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

/// Whether one is likely the other with a typing error: one character inserted, removed or changed,
/// or two in a long word.
fn is_typo(a: &str, b: &str) -> bool {
    let allowed = if a.len().min(b.len()) < 7 { 1 } else { 2 };
    distance(a.as_bytes(), b.as_bytes()) <= allowed
}

/// The edit distance of Levenshtein, a row at a time.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
