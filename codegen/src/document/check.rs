//! Holds a document against the table of keywords, and mends it where it differs: what is plain in
//! meaning is repaired, and what cannot be used is left out with as little as possible around it.
//!
//! After it, the typed parse has nothing left to find but what the types themselves cannot express.

use std::collections::BTreeSet;

use serde_yaml::{Mapping, Value};

use super::bundle::failure::Failures;
use super::bundle::misplaced_reference;
use super::counted::Counted;
use super::fault::{Consequence, Fault, Faults};
use super::keywords::{Expect, Fate, Kind, Vocabulary};
use super::member::{is_reference, member};
use super::origins::Origins;
use super::repairs;
use super::scalars;
use super::{Reporter, codes};
use crate::diagnostic::{Diagnostic, Rejected};
use crate::left_out::LeftOut;
use crate::location::{Location, Trail};
use crate::nearest::is_typo;

/// Reports what the specification does not allow or the generator does not use. Returns the
/// operations that had to be left out; what is no document at all is rejected.
pub fn check(
    root: &mut Value,
    vocabulary: &'static Vocabulary,
    failures: &Failures,
    origins: &mut Origins,
    reporter: &mut Reporter<'_>,
) -> Result<Vec<LeftOut>, Rejected> {
    let mut checker = Checker {
        vocabulary,
        failures,
        origins,
        reporter,
        counted: Counted::default(),
        inside_ignored: 0,
        left_out: Vec::new(),
    };
    let checked = checker.object(root, Kind::Document, &Trail::ROOT);
    let counted = std::mem::take(&mut checker.counted);
    counted.report(|at| checker.origins.location(at), checker.reporter);
    checked.map_err(|faults| {
        let (origins, reporter) = (&*checker.origins, &mut *checker.reporter);
        faults
            .into_iter()
            .for_each(|fault| fault.reject(origins, reporter));
        Rejected
    })?;
    Ok(checker.left_out)
}

struct Checker<'a, 'b> {
    vocabulary: &'static Vocabulary,
    failures: &'a Failures,
    origins: &'a mut Origins,
    reporter: &'a mut Reporter<'b>,
    counted: Counted,
    /// How many of the containers around the current value are ignored: what is in them is, too,
    /// and need not be said again.
    inside_ignored: usize,
    left_out: Vec<LeftOut>,
}

/// A value that cannot be used is the fault of whatever holds it, until something can do without it.
type Checked = Result<(), Faults>;

impl Checker<'_, '_> {
    fn object(&mut self, value: &mut Value, kind: Kind, at: &Trail<'_>) -> Checked {
        if !value.is_mapping() {
            return Err(vec![Fault::wrong_type(value, "a mapping", at)]);
        }
        let object = value.as_mapping_mut().expect("a mapping was found");
        self.text_keys(object, at);
        let entries = (self.vocabulary.entries)(kind);
        if member(object, "$ref").is_some() && kind != Kind::PathItem && entries.is_none() {
            return Err(vec![self.reference_to(kind, at)]);
        }
        let written = |at: &Location| self.reporter.written(at).map(str::to_owned);
        let repairs = repairs::repair(self.vocabulary, kind, object, at, self.origins, &written);
        for repair in repairs {
            let diagnostic = Diagnostic::warning(codes::REPAIRED, repair.message);
            let diagnostic = diagnostic.help(repair.help);
            if repair.keyword.is_empty() {
                self.report_key(diagnostic, at);
            } else {
                self.report_key(diagnostic, &at.key(&repair.keyword));
            }
        }
        if let Some(expect) = entries {
            self.entries(object, kind, &expect, at);
            return Ok(());
        }
        self.keywords(object, kind, at)
    }

    fn keywords(&mut self, object: &mut Mapping, kind: Kind, at: &Trail<'_>) -> Checked {
        let table = (self.vocabulary.keywords)(kind);
        let mut faults = Faults::new();
        let mut dropped = Vec::new();
        for (key, value) in object.iter_mut() {
            let name = key.as_str().unwrap_or_default();
            let pointer = at.key(name);
            let Some(keyword) = table.iter().find(|k| k.name == name) else {
                if !name.starts_with("x-") {
                    self.unknown(kind, name, &pointer);
                }
                continue;
            };
            if value.is_null() && keyword.expect.is_dropped_empty() {
                // Rewriting drops it, and says so.
                continue;
            }
            if keyword.fate == Fate::Later {
                let version = self.vocabulary.version;
                let message =
                    format!("{version} has no keyword `{name}`; it is read as that of OpenAPI 3.0");
                let found = Diagnostic::warning(codes::REPAIRED, message);
                self.counted.add(found, || pointer.text());
            }
            let ignored = keyword.fate == Fate::Ignored;
            if ignored && self.inside_ignored == 0 {
                let message = format!("`{name}` has no effect on the crate");
                let found = Diagnostic::note(codes::IGNORED, message);
                self.counted.add(found, || pointer.text());
            }
            self.inside_ignored += usize::from(ignored);
            let essential = keyword.fate == Fate::Required || is_essential(kind, name, value);
            let checked = self.value(value, &keyword.expect, &pointer);
            self.inside_ignored -= usize::from(ignored);
            match checked {
                Ok(()) => {}
                Err(found) if essential => faults.extend(found),
                Err(found) => {
                    self.settle(found, self.without(kind, name, &pointer));
                    dropped.push(key.clone());
                }
            }
        }
        dropped
            .iter()
            .for_each(|key| drop(object.shift_remove(key)));
        if kind == Kind::Response && dropped.iter().any(|key| key == "description") {
            object.insert("description".into(), "".into());
        }
        for problem in (self.vocabulary.values)(kind, object) {
            let fault = Fault::of_values(&problem, at);
            match problem.keyword.filter(|_| !problem.fatal) {
                Some(keyword) => {
                    self.settle(vec![fault], Consequence::Dropped(keyword.to_owned()));
                    object.shift_remove(keyword);
                }
                None => faults.push(fault),
            }
        }
        let required = table.iter().filter(|k| k.fate == Fate::Required);
        let missing = required.filter(|k| !object.contains_key(k.name));
        faults.extend(missing.map(|k| Fault::missing(self.vocabulary.title(kind), k.name, at)));
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    fn entries(&mut self, object: &mut Mapping, kind: Kind, expect: &Expect, at: &Trail<'_>) {
        let mut dropped = Vec::new();
        for (key, value) in object.iter_mut() {
            let name = key.as_str().unwrap_or_default();
            if name.starts_with("x-") {
                continue;
            }
            let pointer = at.key(name);
            let checked = if kind == Kind::Paths && !name.starts_with('/') {
                Err(vec![Fault::another_path(name, &pointer)])
            } else if kind == Kind::Responses && !is_status(name) {
                Err(vec![Fault::bad_status(name, &pointer)])
            } else {
                self.value(value, expect, &pointer)
            };
            if let Err(faults) = checked {
                self.settle(faults, self.without(kind, name, &pointer));
                dropped.push(key.clone());
            }
        }
        dropped
            .iter()
            .for_each(|key| drop(object.shift_remove(key)));
    }

    fn value(&mut self, value: &mut Value, expect: &Expect, at: &Trail<'_>) -> Checked {
        if !self.failures.is_empty()
            && let Some(text) = misplaced_reference(value, expect)
            && let Some(failure) = self.failures.get(text)
        {
            return Err(vec![Fault::unresolved(failure, &at.key("$ref"))]);
        }
        let written = || self.reporter.written(&self.origins.location(&at.text()));
        if let Some((message, help)) = scalars::intended(value, expect, self.vocabulary, written) {
            let diagnostic = Diagnostic::warning(codes::REPAIRED, message);
            self.report(diagnostic.help(help), at);
        }
        match expect {
            Expect::Any => Ok(()),
            Expect::Text => require(value.is_string(), value, "a string", at),
            Expect::Boolean => require(value.is_bool(), value, "true or false", at),
            Expect::Number if value.is_number() => {
                require(is_finite(value), value, "a finite number", at)
            }
            Expect::Number => require(false, value, "a number", at),
            Expect::Count => require(value.is_u64(), value, "a whole number, 0 or more", at),
            Expect::Object(kind) => self.object(value, *kind, at),
            Expect::ObjectOrReference(Kind::Schema) => {
                self.schema(value, at);
                Ok(())
            }
            Expect::ObjectOrReference(kind) => self.object_or_reference(value, *kind, at),
            Expect::List(expect) => self.list(value, expect, at),
            Expect::OneOrSeveral(expect) if value.is_sequence() => self.list(value, expect, at),
            Expect::OneOrSeveral(expect) => self.value(value, expect, at),
            Expect::Map(expect) => self.map(value, expect, at),
            Expect::SchemaOrBoolean if value.is_bool() => Ok(()),
            Expect::SchemaOrBoolean => {
                self.schema(value, at);
                Ok(())
            }
        }
    }

    /// A schema that is none says nothing of its values.
    fn schema(&mut self, value: &mut Value, at: &Trail<'_>) {
        if let Err(faults) = self.object_or_reference(value, Kind::Schema, at) {
            self.settle(faults, Consequence::Any);
            *value = Mapping::new().into();
        }
    }

    fn object_or_reference(&mut self, value: &mut Value, kind: Kind, at: &Trail<'_>) -> Checked {
        if is_reference(value) {
            self.reference(value, at)
        } else {
            self.object(value, kind, at)
        }
    }

    /// Siblings of `$ref` mean nothing in OpenAPI 3.0 (4.7.23) and in Swagger 2.0. A description is read all the
    /// same, as 3.1 has it (4.8.23.1).
    fn reference(&mut self, value: &Value, at: &Trail<'_>) -> Checked {
        let target = &value["$ref"];
        require(target.is_string(), target, "a string", &at.key("$ref"))?;
        let siblings = value.as_mapping().into_iter().flatten();
        for name in siblings.filter_map(|(key, _)| key.as_str()) {
            if !["$ref", "description"].contains(&name) && !name.starts_with("x-") {
                let message = format!(
                    "`{name}` beside `$ref` has no meaning in {}",
                    self.vocabulary.version
                );
                let diagnostic = Diagnostic::warning(codes::IGNORED, message)
                    .help("wrap the reference: allOf: [{ $ref: ... }]");
                self.counted.add(diagnostic, || at.key(name).text());
            }
        }
        Ok(())
    }

    fn list(&mut self, value: &mut Value, expect: &Expect, at: &Trail<'_>) -> Checked {
        if value.is_mapping() && repairs::is_item(self.vocabulary, value, expect) {
            let message = "an object where a list belongs is read as a list of one";
            let diagnostic = Diagnostic::warning(codes::REPAIRED, message);
            self.report_key(diagnostic.help("put a `-` before it"), at);
            self.origins.wrapped(&at.text(), &at.index(0).text());
            *value = vec![std::mem::take(value)].into();
        }
        if !value.is_sequence() {
            return Err(vec![Fault::wrong_type(value, "a list", at)]);
        }
        let items = value.as_sequence_mut().expect("a list was found");
        let mut faults = Faults::new();
        let mut dropped = BTreeSet::new();
        for (index, item) in items.iter_mut().enumerate() {
            let pointer = at.index(index);
            match self.value(item, expect, &pointer) {
                Ok(()) => {}
                Err(found) if is_demanded(expect, item) => faults.extend(found),
                Err(found) => {
                    self.settle(found, Consequence::Dropped(label(item)));
                    dropped.insert(index);
                }
            }
        }
        if !dropped.is_empty() {
            self.origins.removed(&at.text(), items.len(), &dropped);
            let mut index = 0..;
            items.retain(|_| index.next().is_some_and(|index| !dropped.contains(&index)));
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    fn map(&mut self, value: &mut Value, expect: &Expect, at: &Trail<'_>) -> Checked {
        if !value.is_mapping() {
            return Err(vec![Fault::wrong_type(value, "a mapping", at)]);
        }
        let map = value.as_mapping_mut().expect("a mapping was found");
        self.text_keys(map, at);
        let mut dropped = Vec::new();
        for (key, value) in map.iter_mut() {
            let name = key.as_str().unwrap_or_default();
            let is_other = !value.is_mapping() && !value.is_null() && expect.is_object();
            if name.starts_with("x-") && is_other {
                // An extension where the specification has none.
                dropped.push(key.clone());
                continue;
            }
            if let Err(faults) = self.value(value, expect, &at.key(name)) {
                let consequence = if matches!(expect, Expect::Object(Kind::Operation)) {
                    Consequence::LeftOut(format!("{name} {}", at.outer().token()))
                } else {
                    Consequence::Dropped(name.to_owned())
                };
                self.settle(faults, consequence);
                dropped.push(key.clone());
            }
        }
        dropped.iter().for_each(|key| drop(map.shift_remove(key)));
        Ok(())
    }

    /// Reports what was found, with what becomes of it.
    fn settle(&mut self, faults: Faults, consequence: Consequence) {
        if let Consequence::LeftOut(operation) = &consequence
            && self.inside_ignored == 0
            && let Some(first) = faults.first()
        {
            self.left_out.push(LeftOut {
                operation: operation.clone(),
                reason: first.message.clone(),
                location: first.location(self.origins),
            });
        }
        for fault in faults {
            fault.settle(&consequence, self.origins, self.reporter);
        }
    }

    /// Keys that are no texts are dropped.
    fn text_keys(&mut self, object: &mut Mapping, at: &Trail<'_>) {
        if object.keys().all(Value::is_string) {
            return;
        }
        let message = "a key must be a string: what is below it is left out";
        let diagnostic = Diagnostic::warning(codes::WRONG_TYPE, message);
        self.report_key(diagnostic.help("put the key in quotes, or remove it"), at);
        object.retain(|key, _| key.is_string());
    }

    fn unknown(&mut self, kind: Kind, name: &str, at: &Trail<'_>) {
        if (kind, name) == (Kind::Schema, "$dynamicRef") {
            let message = "`$dynamicRef` is not followed: several schemas have its `$dynamicAnchor`, and \
                           which of them applies depends on where a value is read";
            let diagnostic = Diagnostic::warning(codes::IGNORED, message);
            let help = "name one of them with `$ref`; any value is accepted here";
            return self.report_key(diagnostic.help(help), at);
        }
        let message = format!(
            "`{name}` is not a keyword of the {}",
            self.vocabulary.title(kind)
        );
        let nearest = (self.vocabulary.keywords)(kind)
            .iter()
            .find(|k| k.name.eq_ignore_ascii_case(name) || is_typo(k.name, name));
        let help = match nearest {
            Some(keyword) => format!("did you mean `{}`?", keyword.name),
            None => "it is ignored; a vendor extension begins with `x-`".to_owned(),
        };
        let diagnostic = Diagnostic::warning(codes::UNKNOWN_KEYWORD, message).help(help);
        self.counted.add(diagnostic, || at.text());
    }

    fn report(&mut self, diagnostic: Diagnostic, at: &Trail<'_>) {
        let location = self.origins.location(&at.text());
        self.reporter.at(diagnostic, &location);
    }

    fn report_key(&mut self, diagnostic: Diagnostic, at: &Trail<'_>) {
        let location = self.origins.location(&at.text());
        self.reporter.at_key(diagnostic, &location);
    }

    /// What it means that an object is read without the value of a key.
    fn without(&self, kind: Kind, name: &str, at: &Trail<'_>) -> Consequence {
        let keyword = (self.vocabulary.keywords)(kind)
            .iter()
            .find(|keyword| keyword.name == name);
        match (kind, keyword.map(|keyword| keyword.expect)) {
            _ if at.text().starts_with(IN_WEBHOOKS) => Consequence::Dropped(name.to_owned()),
            (Kind::PathItem, Some(Expect::Object(Kind::Operation))) => {
                let method = name.to_uppercase();
                Consequence::LeftOut(format!("{method} {}", at.outer().token()))
            }
            (Kind::Paths, _) => Consequence::LeftOut(name.to_owned()),
            _ => Consequence::Dropped(name.to_owned()),
        }
    }

    fn reference_to(&self, kind: Kind, at: &Trail<'_>) -> Fault {
        Fault::new(
            codes::INVALID,
            format!("the {} cannot be a reference", self.vocabulary.title(kind)),
            "write the object here".to_owned(),
            &at.key("$ref"),
        )
    }
}

/// What is no operation of the crate, and left out like any entry.
const IN_WEBHOOKS: &str = "/x-webhooks/";

fn require(fine: bool, value: &Value, wanted: &str, at: &Trail<'_>) -> Checked {
    if fine {
        Ok(())
    } else {
        Err(vec![Fault::wrong_type(value, wanted, at)])
    }
}

/// Whether an object means something else without a keyword that it need not have.
fn is_essential(kind: Kind, name: &str, value: &Value) -> bool {
    match (kind, name) {
        (Kind::Operation | Kind::PathItem, "parameters") => true,
        (Kind::Operation, "requestBody") => value.get("required") == Some(&Value::Bool(true)),
        _ => false,
    }
}

/// Whether a list means something else without the item.
fn is_demanded(expect: &Expect, item: &Value) -> bool {
    let is = |key: &str, value: Value| item.get(key) == Some(&value);
    matches!(expect, Expect::ObjectOrReference(Kind::Parameter))
        && (is("required", true.into()) || is("in", "path".into()))
}

/// The name of an item in a list, if it has one.
fn label(item: &Value) -> String {
    let name = ["name", "url"]
        .iter()
        .find_map(|key| item.get(key)?.as_str());
    name.unwrap_or_default().to_owned()
}

fn is_status(name: &str) -> bool {
    let bytes = name.as_bytes();
    let range = |b: &[u8]| b.iter().all(u8::is_ascii_digit) || b == b"XX";
    name == "default"
        || (bytes.len() == 3 && (b'1'..=b'5').contains(&bytes[0]) && range(&bytes[1..]))
}

fn is_finite(value: &Value) -> bool {
    value.as_f64().is_some_and(f64::is_finite)
}
