//! Reviews of documents that are values.

use std::sync::Arc;

use codegen::diagnostic::{Diagnostics, Source};
use review::render::{self, Format};
use review::settings::Settings;
use review::{Action, Input, Kind, Report, Row, Severity};
use serde_json::Value;

use crate::properties::dice::Dice;

pub const FORMATS: [Format; 5] = [
    Format::Text { color: true },
    Format::Markdown,
    Format::Json,
    Format::Html,
    Format::Github,
];

/// The report on two documents as they are written.
pub fn texts(base: &str, head: &str) -> Option<Report> {
    let input = |text: &str| Input {
        document: Arc::new(Source::new("schema.yaml", text)),
        ..Input::default()
    };
    let mut diagnostics = Diagnostics::default();
    review::compare(
        &input(base),
        &input(head),
        &Settings::default(),
        "2026-11-22",
        &mut diagnostics,
    )
    .ok()
}

pub fn values(base: &Value, head: &Value) -> Report {
    texts(&yaml(base), &yaml(head)).expect("both are documents")
}

pub fn yaml(value: &Value) -> String {
    serde_yaml::to_string(value).expect("values can be written")
}

/// The keywords of each object in an order of their own.
pub fn shuffled(value: &Value, dice: &mut Dice) -> String {
    serde_yaml::to_string(&reordered(value, dice)).expect("values can be written")
}

fn reordered(value: &Value, dice: &mut Dice) -> serde_yaml::Value {
    match value {
        Value::Object(map) => {
            let mut members: Vec<_> = map.iter().collect();
            dice.shuffle(&mut members);
            let members = members.into_iter().map(|(key, value)| {
                (
                    serde_yaml::Value::from(key.as_str()),
                    reordered(value, dice),
                )
            });
            serde_yaml::Value::Mapping(members.collect())
        }
        Value::Array(list) => list.iter().map(|value| reordered(value, dice)).collect(),
        value => serde_yaml::to_value(value).expect("values can be written"),
    }
}

/// What a row says, in one line.
pub fn line(row: &Row) -> String {
    let effects = row.effects.iter().map(|effect| {
        format!(
            "{}/{}/{}/{}",
            effect.direction.word(),
            effect.kind.word(),
            effect.action.word(),
            effect.severity.word()
        )
    });
    let effects: Vec<String> = effects.collect();
    format!(
        "{} [{}] at {} ({})",
        row.message,
        effects.join(" "),
        row.location.pointer,
        row.surface.bump.word()
    )
}

pub fn lines(report: &Report) -> String {
    report.rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Whether a row says that something changes for callers, or in what they read.
pub fn counts(row: &Row) -> bool {
    let text = row.effects.iter().any(|effect| effect.kind == Kind::Docs);
    row.severity() != Severity::None || (text && row.surface.items.is_empty())
}

/// What holds of every report; says what does not.
pub fn flaw(report: &Report) -> Option<String> {
    let mut seen = std::collections::BTreeSet::new();
    let (base, head) = (
        report.base.text.lines().count(),
        report.head.text.lines().count(),
    );
    report.rows.iter().find_map(|row| {
        let places = [(&row.base, base), (&row.head, head)];
        let outside = places.iter().any(|(place, lines)| {
            place.as_ref().is_some_and(|at| {
                at.line == 0 || at.line > at.end_line || at.end_line > (*lines).max(1)
            })
        });
        let action = |wanted| row.effects.iter().all(|effect| effect.action == wanted);
        let problem = match () {
            () if !seen.insert(&row.fingerprint) => "the fingerprint is there twice",
            () if row.effects.is_empty() => "it has no effect",
            () if row.base.is_none() && row.head.is_none() => "it has no place",
            () if row.message.is_empty() => "it says nothing",
            () if outside => "its lines are not in the file",
            () if action(Action::Remove) && row.base.is_none() => "removed from nowhere",
            () if action(Action::Add) && row.head.is_none() => "added nowhere",
            () => return None,
        };
        Some(format!("{problem}: {}", line(row)))
    })
}

/// All faces of a report.
pub fn faces(report: &Report) -> Vec<String> {
    FORMATS
        .iter()
        .map(|format| render::render(report, *format))
        .collect()
}
