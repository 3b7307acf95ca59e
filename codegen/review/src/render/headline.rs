//! The verdict in words: one line, what caused each half of it, and which version to write.

use super::short;
use crate::report::{Effect, Equivalent, Place, Renamed, Report, Row, Side, Verdict};
use crate::taxonomy::{Bump, Direction, Severity};

/// `wire: 2 breaking, 1 risky; crate: major, 0.4.2 -> 0.5.0`
pub fn verdict(report: &Report) -> String {
    format!(
        "wire: {}; crate: {}",
        wire(&report.verdict),
        surface(report)
    )
}

/// The half of callers on the wire: `2 breaking, 1 risky`.
pub fn wire(verdict: &Verdict) -> String {
    let counts = [(verdict.breaking, "breaking"), (verdict.risky, "risky")];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let bad: Vec<String> = counts
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    match (bad.is_empty(), verdict.safe) {
        (false, _) => bad.join(", "),
        (true, 0) => "no change".to_owned(),
        (true, safe) => format!("{safe} safe"),
    }
}

/// The half of applications that use the crate: `major, 0.4.2 -> 0.5.0`, or `no change, 2 fail at run time`.
pub fn surface(report: &Report) -> String {
    if crateless(report).is_some() {
        return "unknown".to_owned();
    }
    let verdict = &report.verdict;
    let word = match verdict.surface {
        Bump::None => "no change",
        bump => bump.word(),
    };
    let version = match (&verdict.version_base, &verdict.version_needed) {
        (Some(base), Some(needed)) if base != needed => {
            let (base, needed) = (short::text(base, 40), short::text(needed, 40));
            format!(", {base} -> {needed}")
        }
        _ => String::new(),
    };
    let failing = match verdict.fails_at_run_time {
        0 => String::new(),
        1 => ", 1 fails at run time".to_owned(),
        count => format!(", {count} fail at run time"),
    };
    format!("{word}{version}{failing}")
}

/// The document of which there is no crate, and why.
pub fn crateless(report: &Report) -> Option<(&Side, &str)> {
    let sides = [&report.base, &report.head];
    sides
        .into_iter()
        .find_map(|side| Some((side, side.rejected.as_deref()?)))
}

/// The document of which the generator would write no crate, and why, where most of one is compared.
pub fn faulty(report: &Report) -> Option<(&Side, &str)> {
    let head = &report.head;
    Some((head, head.error.as_deref()?))
}

/// The document whose crate goes without operations: the head, as long as it does.
pub fn incomplete(report: &Report) -> Option<&Side> {
    let sides = [&report.head, &report.base];
    sides.into_iter().find(|side| !side.left_out.is_empty())
}

/// What makes one half of the verdict as bad as it is.
#[derive(Debug)]
pub struct Cause<'r> {
    /// `wire` or `crate`
    pub half: &'static str,
    pub row: &'r Row,
    pub text: String,
}

/// The halves of the verdict that something caused, each with the worst edit.
pub fn causes(report: &Report) -> Vec<Cause<'_>> {
    let open = || report.rows.iter().filter(|row| row.accepted.is_none());
    let verdict = &report.verdict;
    let wire = open()
        .filter(|_| verdict.wire > Severity::None)
        .find(|row| row.severity() == verdict.wire);
    // What stops compiling is heard of anyway; short of that, what fails without a word is the worst.
    let silent = verdict.surface < Bump::Major && verdict.fails_at_run_time > 0;
    let surface = if silent {
        open().find(|row| row.is_silent())
    } else {
        // What was accepted is released all the same.
        (open().chain(&report.rows))
            .filter(|_| verdict.surface > Bump::None)
            .find(|row| row.surface.bump == verdict.surface)
    };
    let cause = |half, row, text| Cause { half, row, text };
    let wire = wire.map(|row| cause("wire", row, message(row)));
    let surface = surface.map(|row| cause("crate", row, with_item(row)));
    wire.into_iter().chain(surface).collect()
}

/// The sentence of an edit, cut.
pub fn message(row: &Row) -> String {
    short::text(&row.message, 300)
}

/// The sentence, and the item of the crate that it is about.
fn with_item(row: &Row) -> String {
    let message = message(row);
    let accepted = match row.accepted {
        Some(_) => ", accepted",
        None => "",
    };
    match row.surface.items.first() {
        Some(item) if !row.message.contains(&format!("`{}`", item.path)) => {
            format!("{message}: `{}`{accepted}", short::text(&item.path, 100))
        }
        _ => format!("{message}{accepted}"),
    }
}

/// What an edit does to the crate, after what it is on the wire: `, crate major`.
pub fn in_crate(row: &Row) -> String {
    match row.surface.bump {
        Bump::None => String::new(),
        bump => format!(", crate {}", bump.word()),
    }
}

/// Whether the version of the policy file will do, and which to write if not.
pub fn version(report: &Report) -> Option<String> {
    if crateless(report).is_some() {
        return None;
    }
    let verdict = &report.verdict;
    let needed = short::text(verdict.version_needed.as_ref()?, 40);
    let write = format!("write `version = \"{needed}\"` below `[package]`");
    Some(match &verdict.version_now {
        None => match (&report.base.policy, &report.head.policy) {
            (Some(gone), None) => {
                let gone = short::text(gone, 120);
                format!("the policy file {gone} was removed: restore it, and {write}")
            }
            _ => format!("no policy file states the crate's version: {write}"),
        },
        Some(now) if verdict.version_suffices => match verdict.surface {
            Bump::None => return None,
            _ => format!(
                "the policy file states `{}`, which is high enough",
                short::text(now, 40)
            ),
        },
        Some(now) => format!(
            "the policy file states `{}`, which is too low: {write}",
            short::text(now, 40)
        ),
    })
}

/// `schema/billing.yaml:12`, in the head if the edit is there.
pub fn place(report: &Report, row: &Row) -> Option<String> {
    let head = row.head.as_ref().map(|place| (&report.head, place));
    let (side, place) = head.or_else(|| row.base.as_ref().map(|place| (&report.base, place)))?;
    let name = short::text(side.name_of(place), 120);
    Some(format!("{name}:{}", place.line))
}

/// `breaking for responses, risky for requests`
pub fn severities(row: &Row) -> String {
    let in_direction = |direction| severity_in(row, direction).map(word);
    let (read, sent) = (
        carrier(row, Direction::Response),
        carrier(row, Direction::Request),
    );
    let responses = in_direction(Direction::Response);
    let requests = in_direction(Direction::Request);
    let mut words = match (responses, requests) {
        (Some(both), Some(other)) if both == other => {
            vec![format!("{both} for {read} and {sent}")]
        }
        (responses, requests) => {
            let responses = responses.map(|word| format!("{word} for {read}"));
            let requests = requests.map(|word| format!("{word} for {sent}"));
            responses.into_iter().chain(requests).collect()
        }
    };
    if row.severity_in(Direction::Request) > row.severity_in(Direction::Response) {
        words.reverse();
    }
    words.extend(in_direction(Direction::None).map(str::to_owned));
    words.join(", ")
}

/// What carries values in one direction: of webhooks and callbacks the application reads requests.
pub fn carrier(row: &Row, direction: Direction) -> &'static str {
    let mut effects = row.effects.iter().filter(|e| e.direction == direction);
    match (direction, effects.all(Effect::is_from_server)) {
        (Direction::None, _) => "",
        (Direction::Response, false) => "responses",
        (Direction::Request, false) => "requests",
        (Direction::Response, true) => "requests of the server",
        (Direction::Request, true) => "responses to the server",
    }
}

/// The severity in one direction; that an edit is nothing to nobody says nothing beside the others.
pub fn severity_in(row: &Row, direction: Direction) -> Option<Severity> {
    let sent = |effect: &Effect| effect.direction != Direction::None;
    let beside = direction == Direction::None && row.effects.iter().any(sent);
    let severity = row.severity_in(direction)?;
    (!beside || severity > Severity::None).then_some(severity)
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::None => "no effect",
        severity => severity.word(),
    }
}

/// Whether there is anything to say of the crate.
pub fn touches_crate(row: &Row) -> bool {
    row.surface.bump > Bump::None || row.surface.fails_at_run_time
}

/// `major`, or what else the edit does to the crate.
pub fn effect_in_rust(row: &Row) -> String {
    match (row.surface.fails_at_run_time, row.surface.bump) {
        (true, Bump::None) => "compiles, fails at run time".to_owned(),
        (true, bump) => format!("{}, fails at run time", bump.word()),
        (false, Bump::None) => "no change".to_owned(),
        (false, bump) => bump.word().to_owned(),
    }
}

/// `2 operations`, if any reaches the edit.
pub fn reach(row: &Row) -> Option<String> {
    let count = row.operations.len();
    (count > 0).then(|| operations(count))
}

/// `2 operations`
pub fn operations(count: usize) -> String {
    match count {
        1 => "1 operation".to_owned(),
        count => format!("{count} operations"),
    }
}

/// The value, in a line; of what was renamed, its name.
pub fn value_of(row: &Row, place: &Place, name: impl Fn(&Renamed) -> &String) -> String {
    match &row.renamed {
        Some(renamed) => short::text(name(renamed), 60),
        None => {
            let sides = [&row.base, &row.head].into_iter().flatten();
            let other = sides
                .map(|side| &side.value)
                .find(|value| **value != place.value);
            short::differing(&place.value, other.unwrap_or(&place.value), 60)
        }
    }
}

/// Why the severities are what they are, each reason once.
pub fn notes(row: &Row) -> Vec<&str> {
    let mut notes: Vec<&str> = Vec::new();
    for effect in &row.effects {
        if !effect.note.is_empty() && !notes.contains(&effect.note.as_str()) {
            notes.push(&effect.note);
        }
    }
    notes
}

/// What would soften a rename.
pub fn advice(row: &Row) -> Option<&str> {
    let renamed = row.renamed.as_ref()?;
    Some(renamed.softened_by.as_str()).filter(|advice| !advice.is_empty())
}

/// Whether the document says the same as before: the cause is elsewhere, as in the policy file.
pub fn is_unchanged(row: &Row) -> bool {
    let value = |place: &Option<Place>| place.as_ref().map(|place| place.value.clone());
    row.base.is_some() && row.renamed.is_none() && value(&row.base) == value(&row.head)
}

/// `2 edits that change nothing`
pub fn equivalent(report: &Report) -> Option<String> {
    match report.equivalent.len() {
        0 => None,
        1 => Some("1 edit that changes nothing".to_owned()),
        count => Some(format!("{count} edits that change nothing")),
    }
}

/// `base:12, head:14`: where an edit is that changes nothing.
pub fn lines(edit: &Equivalent) -> String {
    let side = |name, line: Option<usize>| line.map(|line| format!("{name}:{line}"));
    let sides = [side("base", edit.base), side("head", edit.head)];
    sides.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The sentence of an edit, as a title.
pub fn sentence(row: &Row) -> String {
    capital(&message(row))
}

/// A sentence that begins with a capital letter unless with a name.
pub fn capital(sentence: &str) -> String {
    let mut rest = sentence.chars();
    match rest.next() {
        Some(first) => first.to_uppercase().chain(rest).collect(),
        None => String::new(),
    }
}
