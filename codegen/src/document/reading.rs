//! From the text of a file to plain values: YAML or JSON, by what is in it.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::sync::Arc;

use serde::Deserializer;
use serde::de::{DeserializeSeed, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_yaml::{Mapping, Value};

use super::codes;
use super::source_map::deeper_than;
use crate::diagnostic::{Diagnostic, Source};

/// The values of a text.
pub struct Read {
    /// With merged keys, and keys as text. Of two equal keys the last counts.
    pub value: Value,
    /// Some mapping has a key twice.
    pub twice: bool,
    /// The text is nearly JSON, and was read as YAML.
    pub not_json: Option<Diagnostic>,
}

/// Reads a text, or says why it is none.
pub fn read(source: &Arc<Source>) -> Result<Read, Diagnostic> {
    let text = &source.text;
    // JSON is tried first where it may be: it is faster, and YAML has no surrogate pairs.
    let not_json = match looks_like_json(text).then(|| json(text)) {
        Some(Ok((value, twice))) => {
            return Ok(Read {
                value,
                twice,
                not_json: None,
            });
        }
        Some(Err(error)) => Some(error),
        None => None,
    };
    if let Some(at) = deeper_than(text, DEEPEST) {
        return Err(too_deep().span(source, at..at));
    }
    let is_named = source.name.to_ascii_lowercase().ends_with(".json");
    match (yaml(text), not_json) {
        (Ok(_), Some(error)) if is_named && !is_harmless(&error) => {
            Err(not_json_at(&error, source))
        }
        (Ok((value, twice)), not_json) => Ok(Read {
            value,
            twice,
            not_json: not_json
                .filter(|_| is_named)
                .map(|error| read_as_yaml(&error, source)),
        }),
        (Err(_), Some(error)) => Err(not_json_at(&error, source)),
        (Err(error), None) => Err(not_yaml(&error, source)),
    }
}

/// The values of a text, whatever is wrong with them.
pub fn values(source: &Arc<Source>) -> Option<Value> {
    Some(read(source).ok()?.value)
}

/// Whether the text can be JSON.
pub fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with('{')
}

/// The values of JSON, and whether a key is there twice.
fn json(text: &str) -> Result<(Value, bool), serde_json::Error> {
    let (twice, merges, open) = (Cell::new(false), Cell::new(false), Open::default());
    let values = Values {
        twice: &twice,
        merges: &merges,
        open: &open,
    };
    let mut from = serde_json::Deserializer::from_str(text);
    let value = values.deserialize(&mut from)?;
    from.end()?;
    Ok((value, twice.get()))
}

/// The values of YAML, and whether a key is there twice.
fn yaml(text: &str) -> Result<(Value, bool), serde_yaml::Error> {
    let (twice, merges, open) = (Cell::new(false), Cell::new(false), Open::default());
    let values = Values {
        twice: &twice,
        merges: &merges,
        open: &open,
    };
    let mut value = values.deserialize(serde_yaml::Deserializer::from_str(text))?;
    if merges.get() {
        value.apply_merge()?;
    }
    Ok((value, twice.get()))
}

/// Reads a value, where the reader's own would stop at an integer that has no place in it, or at a key
/// that is there twice.
#[derive(Clone, Copy)]
struct Values<'a> {
    twice: &'a Cell<bool>,
    merges: &'a Cell<bool>,
    open: &'a Open,
}

/// What was read of the containers around a value. They are made once their length is known: one that grows takes twice the
/// memory.
#[derive(Default)]
struct Open {
    items: RefCell<Vec<Value>>,
    entries: RefCell<Vec<(Value, Value)>>,
}

impl<'de> DeserializeSeed<'de> for Values<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Values<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    /// A text without a value.
    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Value, D::Error> {
        value.deserialize_any(self)
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

    /// As JSON is read.
    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        Ok((value as f64).into())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        Ok((value as f64).into())
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
        let open = &self.open.items;
        let outer = open.borrow().len();
        while let Some(item) = items.next_element_seed(self)? {
            open.borrow_mut().push(item);
        }
        Ok(Vec::from_iter(open.borrow_mut().drain(outer..)).into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let open = &self.open.entries;
        let outer = open.borrow().len();
        while let Some(key) = entries.next_key_seed(self)? {
            let key = text_key(key);
            let value = entries.next_value_seed(self)?;
            if key.as_str() == Some("<<") {
                self.merges.set(true);
            }
            open.borrow_mut().push((key, value));
        }
        let mut open = open.borrow_mut();
        let mut map = Mapping::with_capacity(open.len() - outer);
        for (key, value) in open.drain(outer..) {
            if map.insert(key, value).is_some() {
                self.twice.set(true);
            }
        }
        Ok(map.into())
    }

    /// A value with a tag of its own: the tag says nothing here.
    fn visit_enum<A: EnumAccess<'de>>(self, value: A) -> Result<Value, A::Error> {
        let (_tag, value) = value.variant::<String>()?;
        value.newtype_variant_seed(self)
    }
}

/// Statuses are often written without quotes, and a property may be called `null`; the types expect every key to be a text.
fn text_key(key: Value) -> Value {
    match key {
        Value::Null => Value::String("null".to_owned()),
        Value::Number(number) => Value::String(number.to_string()),
        Value::Bool(value) => Value::String(value.to_string()),
        key => key,
    }
}

/// How deep the readers go.
const DEEPEST: usize = 128;

fn too_deep() -> Diagnostic {
    Diagnostic::error(codes::LIMIT, "the document is nested too deep")
        .help("move the inner schemas to components/schemas and refer to them there")
}

/// What means the same in YAML.
fn is_harmless(error: &serde_json::Error) -> bool {
    json_message(error) == "trailing comma"
}

/// What is no JSON, but is YAML, in a file that is named as JSON.
fn read_as_yaml(error: &serde_json::Error, source: &Arc<Source>) -> Diagnostic {
    let message = format!("not JSON: {}: it is read as YAML", json_message(error));
    let diagnostic = Diagnostic::warning(codes::REPAIRED, message);
    let at = json_offset(error, &source.text);
    diagnostic
        .help("correct it, since other readers take JSON alone")
        .span(source, at..at)
}

fn not_json_at(error: &serde_json::Error, source: &Arc<Source>) -> Diagnostic {
    let message = json_message(error);
    let diagnostic = if message == "recursion limit exceeded" {
        too_deep()
    } else {
        Diagnostic::error(codes::NOT_YAML, format!("not JSON: {message}"))
            .help("the document must be JSON or YAML 1.2")
    };
    let at = json_offset(error, &source.text);
    diagnostic.span(source, at..at)
}

/// Without the place, which follows by itself.
fn json_message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    message.to_owned()
}

fn json_offset(error: &serde_json::Error, text: &str) -> usize {
    let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
    let mut starts = std::iter::once(0).chain(breaks);
    let line = starts.nth(error.line().saturating_sub(1));
    let at = line.map_or(text.len(), |start| start + error.column().saturating_sub(1));
    boundary(text, at)
}

fn not_yaml(error: &serde_yaml::Error, source: &Arc<Source>) -> Diagnostic {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    let at = error.location().map(|location| location.index());
    let at = at.map(|at| boundary(&source.text, at));
    let diagnostic = if let Some(limit) = limit(message) {
        limit
    } else if let Some(tab) = at.and_then(|at| tab_in_indentation(&source.text, at)) {
        let message = "not YAML: there is a tab in the indentation of this line";
        return Diagnostic::error(codes::NOT_YAML, message)
            .help("indent with spaces")
            .span(source, tab..tab + 1);
    } else {
        Diagnostic::error(codes::NOT_YAML, format!("not YAML: {message}"))
            .help("the document must be YAML 1.2 or JSON")
    };
    match at {
        Some(at) => diagnostic.span(source, at..at),
        None => diagnostic.file(source),
    }
}

/// What the reader rejects although it is YAML.
fn limit(message: &str) -> Option<Diagnostic> {
    match message {
        "recursion limit exceeded" => Some(too_deep()),
        "repetition limit exceeded" => {
            let message = "the document's aliases multiply it beyond any use";
            let help = "use `$ref` in place of YAML anchors and aliases";
            Some(Diagnostic::error(codes::LIMIT, message).help(help))
        }
        _ => None,
    }
}

/// A tab before the text of the line that the place is in.
fn tab_in_indentation(text: &str, at: usize) -> Option<usize> {
    let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
    let rest = &text[line..];
    let indent = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    Some(line + rest[..indent].find('\t')?)
}

fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    let mut back = (0..=at).rev();
    back.find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_of_any_size_are_numbers_in_both_formats() {
        for number in [
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854776000",
            "340282366920938463463374607431768211455",
            "-340282366920938463463374607431768211455000",
        ] {
            let (yaml, json) = (
                values("a.yaml", &format!("a: {number}")),
                values("a.json", &format!("{{\"a\": {number}}}")),
            );
            assert_eq!(yaml, json, "{number}");
            assert!(yaml.is_ok_and(|value| value["a"].is_number()), "{number}");
        }
    }

    #[test]
    fn what_is_no_document_is_called_what_it_is() {
        for (name, text, message) in [
            (
                "a.yaml",
                "a:\n\tb: 1",
                "not YAML: there is a tab in the indentation of this line",
            ),
            (
                "a.yaml",
                "a:\n  b: 1\n\tc: 2",
                "not YAML: there is a tab in the indentation of this line",
            ),
            (
                "a.yaml",
                "a: [",
                "not YAML: did not find expected node content",
            ),
            (
                "a.yaml",
                "{\"a\": 1",
                "not JSON: EOF while parsing an object",
            ),
            ("a.yaml", "{\"a\": @}", "not JSON: expected value"),
            ("a.json", "{\"a\": }", "not JSON: expected value"),
            ("a.json", "{a: 1}", "not JSON: key must be a string"),
        ] {
            assert_eq!(values(name, text), Err(message.to_owned()), "{text}");
        }
    }

    #[test]
    fn yaml_is_read_from_any_file_but_broken_json_is_not_taken_for_it() {
        let one = Ok(serde_yaml::from_str("a: 1").expect("it is YAML"));
        for (name, text) in [
            ("a.json", "a: 1"),
            ("a.json", "{\"a\": 1,}"),
            ("a.yaml", "{\"a\": 1}"),
            ("a.yaml", "{a: 1}"),
            ("a.txt", "{'a': 1}"),
        ] {
            assert_eq!(values(name, text), one, "{name}: {text}");
        }
    }

    fn values(name: &str, text: &str) -> Result<Value, String> {
        let source = Source::new(name, text);
        let read = read(&Arc::new(source));
        read.map(|read| read.value)
            .map_err(|problem| problem.message)
    }
}
