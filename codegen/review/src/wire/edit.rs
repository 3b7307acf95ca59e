//! One edit, before it is known who reaches it.

use serde_json::Value;

use super::document::At;
use super::rules::{self, Rule};
use crate::report::Renamed;
use crate::taxonomy::Severity;
use codegen::location::Location;

/// A difference at one place, as the rules see it.
#[derive(Debug, Clone)]
pub struct Edit {
    pub rule: &'static Rule,
    /// Where the edit is for its readers: of a property, although `required` is a list elsewhere.
    pub location: Location,
    pub message: String,
    pub base: Option<Spot>,
    pub head: Option<Spot>,
    pub note: &'static str,
    pub renamed: Option<Renamed>,
    /// Which of several things at the location the edit is about, where the location does not say.
    pub part: Option<String>,
    /// In place of those of the rule: for requests, and for responses.
    pub severities: Option<(Severity, Severity)>,
    /// What else the edit is by the same rules.
    pub also: Vec<&'static Rule>,
    /// The places in head and base that the edit brings along or takes away.
    pub covers: Vec<Location>,
}

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Spot {
    pub location: Location,
    pub value: Value,
}

impl Edit {
    pub fn added(rule: &'static Rule, message: impl Into<String>, head: impl Into<Spot>) -> Self {
        Self::new(rule, message.into(), None, Some(head.into()))
    }

    pub fn removed(rule: &'static Rule, message: impl Into<String>, base: impl Into<Spot>) -> Self {
        Self::new(rule, message.into(), Some(base.into()), None)
    }

    pub fn changed(
        rule: &'static Rule,
        message: impl Into<String>,
        base: impl Into<Spot>,
        head: impl Into<Spot>,
    ) -> Self {
        Self::new(rule, message.into(), Some(base.into()), Some(head.into()))
    }

    /// `required` of a parameter, a header or a body, before and now.
    pub fn requiredness(
        subject: &str,
        (before, was): (&At<'_>, bool),
        (after, is): (&At<'_>, bool),
    ) -> Option<Self> {
        let (rule, word) = match (was, is) {
            (false, true) => (&rules::BECAME_REQUIRED, "required"),
            (true, false) => (&rules::BECAME_OPTIONAL, "optional"),
            _ => return None,
        };
        let spot = |at| Spot::of(at, "required", false);
        let message = format!("{subject} became {word}");
        let edit = Self::changed(rule, message, spot(before), spot(after));
        Some(edit.at(&after.location))
    }

    fn new(rule: &'static Rule, message: String, base: Option<Spot>, head: Option<Spot>) -> Self {
        let spot = head.as_ref().or(base.as_ref());
        Self {
            rule,
            location: spot.map(|spot| spot.location.clone()).unwrap_or_default(),
            message,
            base,
            head,
            note: "",
            renamed: None,
            part: None,
            severities: None,
            also: Vec::new(),
            covers: Vec::new(),
        }
    }

    pub fn at(mut self, location: &Location) -> Self {
        self.location.clone_from(location);
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

    pub fn severities(&self) -> (Severity, Severity) {
        self.severities
            .unwrap_or((self.rule.request, self.rule.response))
    }
}

impl Spot {
    pub fn new(location: &Location, value: impl Into<Value>) -> Self {
        Self {
            location: location.clone(),
            value: value.into(),
        }
    }

    /// The place of a keyword, or of the object that has not got it.
    pub fn of(at: &At<'_>, keyword: &str, missing: impl Into<Value>) -> Self {
        match at.get(keyword) {
            Some(found) => Self::from(&found),
            None => Self::new(&at.location, missing),
        }
    }

    /// Of a keyword that is not there, the place is that of its owner.
    pub fn or_missing(at: Option<&At<'_>>, owner: &Location) -> Self {
        match at {
            Some(at) => Self::from(at),
            None => Self::new(owner, Value::Null),
        }
    }
}

impl From<&At<'_>> for Spot {
    fn from(at: &At<'_>) -> Self {
        Self::new(&at.location, at.value.clone())
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
