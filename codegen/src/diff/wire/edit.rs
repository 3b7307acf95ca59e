//! One edit, before it is known who reaches it.

use serde_json::Value;

use super::document::At;
use super::rules::Rule;
use crate::diff::{Level, Renamed};
use crate::document::pointer;

/// A difference at one place, as the rules see it.
#[derive(Debug, Clone)]
pub struct Edit {
    pub rule: &'static Rule,
    /// Where the edit is for its readers: of a property, although `required` is a list elsewhere.
    pub pointer: String,
    pub message: String,
    pub base: Option<Spot>,
    pub head: Option<Spot>,
    pub note: &'static str,
    pub renamed: Option<Renamed>,
    /// In place of those of the rule: for requests, and for responses.
    pub levels: Option<(Level, Level)>,
    /// What else the edit is by the same rules.
    pub also: Vec<&'static Rule>,
    /// The places in head and base that the edit brings along or takes away.
    pub covers: Vec<String>,
}

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Spot {
    pub pointer: String,
    pub value: Value,
}

impl Edit {
    pub fn added(rule: &'static Rule, message: impl Into<String>, head: &At<'_>) -> Self {
        Self::new(rule, message.into(), None, Some(Spot::from(head)))
    }

    pub fn removed(rule: &'static Rule, message: impl Into<String>, base: &At<'_>) -> Self {
        Self::new(rule, message.into(), Some(Spot::from(base)), None)
    }

    pub fn changed(
        rule: &'static Rule,
        message: impl Into<String>,
        base: impl Into<Spot>,
        head: impl Into<Spot>,
    ) -> Self {
        Self::new(rule, message.into(), Some(base.into()), Some(head.into()))
    }

    fn new(rule: &'static Rule, message: String, base: Option<Spot>, head: Option<Spot>) -> Self {
        let spot = head.as_ref().or(base.as_ref());
        Self {
            rule,
            pointer: spot.map_or_else(String::new, |spot| spot.pointer.clone()),
            message,
            base,
            head,
            note: "",
            renamed: None,
            levels: None,
            also: Vec::new(),
            covers: Vec::new(),
        }
    }

    pub fn at(mut self, pointer: &str) -> Self {
        self.pointer = pointer.to_owned();
        self
    }

    pub fn note(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }

    pub fn also(mut self, rule: &'static Rule) -> Self {
        self.also.push(rule);
        self
    }

    pub fn levels(&self) -> (Level, Level) {
        self.levels
            .unwrap_or((self.rule.request, self.rule.response))
    }
}

impl Spot {
    pub fn new(pointer: &str, value: impl Into<Value>) -> Self {
        Self {
            pointer: pointer.to_owned(),
            value: value.into(),
        }
    }
}

impl From<&At<'_>> for Spot {
    fn from(at: &At<'_>) -> Self {
        Self::new(&at.pointer, at.value.clone())
    }
}

/// What a place is called: "the property `city`", "the schema `Profile`".
pub fn subject(place: &str) -> String {
    let tokens: Vec<String> = pointer::tokens(place).collect();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    subject_of(&tokens)
}

fn subject_of(tokens: &[&str]) -> String {
    match tokens {
        [.., "properties", name] => format!("the property `{name}`"),
        ["components", "schemas", name] | ["definitions", name] => format!("the schema `{name}`"),
        [rest @ .., "items"] => format!("the items of {}", subject_of(rest)),
        [rest @ .., "additionalProperties"] => format!("the values of {}", subject_of(rest)),
        [rest @ .., "schema"] => subject_of(rest),
        [rest @ .., "oneOf" | "anyOf", index] => {
            format!("alternative {index} of {}", subject_of(rest))
        }
        [rest @ .., "allOf", _] => subject_of(rest),
        [.., "requestBody", "content", media] => format!("the request body `{media}`"),
        [.., "responses", status, "content", _] => format!("the response `{status}`"),
        [.., "responses", status] => format!("the response `{status}`"),
        [.., "headers", name] => format!("the header `{name}`"),
        [.., "parameters", _] => "the parameter".to_owned(),
        ["components", _, name] => format!("`{name}`"),
        ["paths", path, method] => format!("`{} {path}`", method.to_uppercase()),
        [.., last] => format!("`{last}`"),
        [] => "the document".to_owned(),
    }
}

/// A value in one line of a message.
pub fn shown(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    let text = text.replace('\n', " ");
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("`{}…`", &text[..at]),
        None => format!("`{text}`"),
    }
}
