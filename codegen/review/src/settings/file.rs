//! The file as it is written, made sense of.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::glob::{PointerGlob, Problem};
use super::{
    Acceptance, INVALID, RulePattern, SYNTAX, Settings, SeverityRule, UNKNOWN_KEY, UNREADABLE,
};
use crate::taxonomy::{Action, Area, Direction, Kind, Severity};
use codegen::diagnostic::{Diagnostics, Rejected, Source};
use codegen::policy::toml_file::{self, TomlFile};

const FILE: TomlFile = TomlFile {
    name: "review file",
    keys: &[
        "severity",
        "severity.rule",
        "severity.pointer",
        "severity.severity",
        "accept",
        "accept.change",
        "accept.reason",
        "accept.until",
    ],
    renamed: &[("level", "severity"), ("severity.level", "severity")],
    unreadable: UNREADABLE,
    syntax: SYNTAX,
    unknown_key: UNKNOWN_KEY,
    invalid: INVALID,
};

impl Settings {
    pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        Self::parse(FILE.load(path, diagnostics)?, diagnostics)
    }

    pub fn parse(source: Arc<Source>, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let raw: Raw = FILE.read(&source, diagnostics)?;
        let mut reader = Reader {
            source: &source,
            diagnostics,
        };
        let severities = raw.severity.into_iter().map(|table| reader.severity(table));
        let severities: Vec<_> = severities.collect();
        let acceptances = raw.accept.into_iter().map(|table| reader.acceptance(table));
        let acceptances: Vec<_> = acceptances.collect();
        diagnostics.gate()?;
        Ok(Self {
            severities: severities.into_iter().flatten().collect(),
            acceptances: acceptances.into_iter().flatten().collect(),
            name: source.name.clone(),
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Raw {
    severity: Vec<Spanned<RawSeverity>>,
    accept: Vec<Spanned<RawAccept>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RawSeverity {
    rule: Option<Spanned<String>>,
    pointer: Option<Spanned<String>>,
    severity: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RawAccept {
    change: Option<Spanned<String>>,
    reason: Option<Spanned<String>>,
    until: Option<Spanned<toml::Value>>,
}

/// Makes sense of the tables, and reports what does not.
struct Reader<'a> {
    source: &'a Arc<Source>,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn severity(&mut self, table: Spanned<RawSeverity>) -> Option<SeverityRule> {
        let span = table.span();
        let raw = table.into_inner();
        let line = self.line(&span);
        if raw.rule.is_none() && raw.pointer.is_none() {
            let message = "this severity is for no edits in particular";
            let help = "add `rule = \"area/direction/kind/action\"`, `pointer = \"/...\"`, or both";
            return self.fail(Some(span), Problem(message.to_owned(), help.to_owned()));
        }
        let rule = raw.rule.map(|text| self.value(text, severity_rule));
        let pointer = raw
            .pointer
            .map(|text| self.value(text, |text| PointerGlob::parse(&text)));
        let severity = self.required(raw.severity, "severity", SEVERITY_EXAMPLE, &span);
        let severity = severity.and_then(|text| self.value(text, severity_word));
        Some(SeverityRule {
            rule: rule.unwrap_or(Some(RulePattern::default()))?,
            pointer: pointer.unwrap_or_else(|| Some(PointerGlob::any()))?,
            severity: severity?,
            line,
        })
    }

    fn acceptance(&mut self, table: Spanned<RawAccept>) -> Option<Acceptance> {
        let span = table.span();
        let raw = table.into_inner();
        let change = self.required(raw.change, "change", CHANGE_EXAMPLE, &span);
        let at = change.as_ref().map_or(span.clone(), Spanned::span);
        let line = self.line(&at);
        let written = change.as_ref().map(|text| text.get_ref().clone());
        let change = change.and_then(|text| self.value(text, change_pattern));
        let reason = self.required(raw.reason, "reason", REASON_EXAMPLE, &span);
        let reason = reason.and_then(|text| self.value(text, not_blank));
        let until = raw.until.map(|date| self.value(date, day));
        let (rule, pointer) = change?;
        Some(Acceptance {
            change: written?,
            rule,
            pointer,
            reason: reason?,
            until: match until {
                Some(day) => Some(day?),
                None => None,
            },
            line,
        })
    }

    fn required<T>(
        &mut self,
        value: Option<T>,
        key: &str,
        help: &str,
        table: &Range<usize>,
    ) -> Option<T> {
        match value {
            Some(value) => Some(value),
            None => {
                let message = format!("`{key}` is missing");
                self.fail(Some(table.clone()), Problem(message, help.to_owned()))
            }
        }
    }

    fn value<T, U>(
        &mut self,
        value: Spanned<T>,
        read: impl FnOnce(T) -> Result<U, Problem>,
    ) -> Option<U> {
        let span = value.span();
        match read(value.into_inner()) {
            Ok(read) => Some(read),
            Err(problem) => self.fail(Some(span), problem),
        }
    }

    fn fail<T>(&mut self, span: Option<Range<usize>>, problem: Problem) -> Option<T> {
        let Problem(message, help) = problem;
        toml_file::report(
            self.source,
            INVALID,
            &message,
            span,
            &help,
            self.diagnostics,
        );
        None
    }

    fn line(&self, span: &Range<usize>) -> usize {
        self.source.line(span.start)
    }
}

const SEVERITY_EXAMPLE: &str = "add `severity = \"safe\"`, or breaking, risky, none";
const CHANGE_EXAMPLE: &str =
    "add `change = \"FINGERPRINT\"`; reports show the fingerprint of each edit";
const REASON_EXAMPLE: &str =
    "add `reason = \"...\"`: whoever reads the report next year wants to know";

fn severity_rule(text: String) -> Result<RulePattern, Problem> {
    let parts: Vec<&str> = text.split('/').collect();
    match parts.as_slice() {
        [area, direction, kind, action] => Ok(RulePattern {
            area: word("area", area, Area::ALL, Area::word)?,
            direction: word("direction", direction, Direction::ALL, Direction::word)?,
            kind: word("kind", kind, Kind::ALL, Kind::word)?,
            action: word("action", action, Action::ALL, Action::word)?,
        }),
        _ => Err(Problem(
            format!("`{text}` is not a rule"),
            "a rule is area/direction/kind/action, as in schema/response/values/add; each may be `*`"
                .to_owned(),
        )),
    }
}

/// A fingerprint, with wildcards.
fn change_pattern(text: String) -> Result<(RulePattern, PointerGlob), Problem> {
    let malformed = || {
        Problem(
            format!("`{text}` is not a fingerprint"),
            "a fingerprint is area/kind/action:pointer; reports show that of each edit".to_owned(),
        )
    };
    let (rule, pointer) = text.split_once(':').ok_or_else(malformed)?;
    let parts: Vec<&str> = rule.split('/').collect();
    let [area, kind, action] = parts.as_slice() else {
        return Err(malformed());
    };
    let rule = RulePattern {
        area: word("area", area, Area::ALL, Area::word)?,
        direction: None,
        kind: word("kind", kind, Kind::ALL, Kind::word)?,
        action: word("action", action, Action::ALL, Action::word)?,
    };
    Ok((rule, PointerGlob::parse(pointer)?))
}

fn severity_word(text: String) -> Result<Severity, Problem> {
    let severity = word("severity", &text, Severity::ALL, Severity::word)?;
    severity.ok_or_else(|| unknown("severity", "*", Severity::ALL, Severity::word))
}

/// One of the words that reports use; nothing for `*`.
fn word<T: Copy>(
    what: &str,
    text: &str,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Result<Option<T>, Problem> {
    match all.iter().find(|value| word(**value) == text) {
        Some(value) => Ok(Some(*value)),
        None if text == "*" => Ok(None),
        None => Err(unknown(what, text, all, word)),
    }
}

fn unknown<T: Copy>(
    what: &str,
    text: &str,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Problem {
    let words: Vec<&str> = all.iter().map(|value| word(*value)).collect();
    let article = if what.starts_with('a') { "an" } else { "a" };
    Problem(
        format!("`{text}` is not {article} {what}"),
        format!("it is one of {}", words.join(", ")),
    )
}

fn not_blank(text: String) -> Result<String, Problem> {
    match text.trim() {
        "" => Err(Problem(
            "the reason is empty".to_owned(),
            REASON_EXAMPLE.to_owned(),
        )),
        reason => Ok(reason.to_owned()),
    }
}

/// A date, with quotes or without.
fn day(value: toml::Value) -> Result<String, Problem> {
    let date = match &value {
        toml::Value::String(text) => text.parse().ok(),
        toml::Value::Datetime(date) => Some(*date),
        _ => None,
    };
    match date {
        Some(Datetime {
            date: Some(date),
            time: None,
            offset: None,
        }) => Ok(date.to_string()),
        _ => Err(Problem(
            format!("{value} is not a day"),
            "a day is written as in `until = \"2027-01-31\"`".to_owned(),
        )),
    }
}
