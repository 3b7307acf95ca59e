//! `schema/review.toml`: severities of a team's own, and changes that were accepted.
//!
//! ```toml
//! # The last table that matches an edit decides. `rule` is area/direction/kind/action; each part
//! # may be `*`. In `pointer`, `*` stands for what is between two slashes, `**` for any number of
//! # such parts. At least one of the two is there.
//! [[severity]]
//! rule = "schema/response/values/add"
//! pointer = "/components/schemas/Country/**"
//! severity = "safe"
//!
//! # `change` is the fingerprint that reports show, area/kind/action:pointer, with the same wildcards. In
//! # both, members of arrays are called by what they are: /enum/closed, /parameters/query:limit.
//! [[accept]]
//! change = "schema/existence/remove:/components/schemas/Profile/properties/city"
//! reason = "it was never filled"
//! until = "2027-01-31" # the last day; without it the acceptance has no end
//! ```

use crate::report::{Accepted, Effect, Row, Stale};
use crate::taxonomy::{Action, Area, Direction, Kind, Severity};
use codegen::diagnostic::Code;
use glob::PointerGlob;

mod file;
mod glob;

pub const UNREADABLE: Code = Code("R0001");
pub const SYNTAX: Code = Code("R0002");
pub const UNKNOWN_KEY: Code = Code("R0003");
pub const INVALID: Code = Code("R0004");

/// What the file says. All of it may be missing.
#[derive(Debug)]
pub struct Settings {
    severities: Vec<SeverityRule>,
    acceptances: Vec<Acceptance>,
    /// The file as the user named it.
    name: String,
}

/// The severity of some edits, in place of the one that reviews give by themselves.
#[derive(Debug)]
struct SeverityRule {
    rule: RulePattern,
    pointer: PointerGlob,
    severity: Severity,
    line: usize,
}

#[derive(Debug)]
struct Acceptance {
    /// As it was written.
    change: String,
    rule: RulePattern,
    pointer: PointerGlob,
    reason: String,
    until: Option<String>,
    line: usize,
}

/// What kind of edit; what is not there may be anything.
#[derive(Debug, Default)]
struct RulePattern {
    area: Option<Area>,
    direction: Option<Direction>,
    kind: Option<Kind>,
    action: Option<Action>,
}

impl Default for Settings {
    fn default() -> Self {
        Self::of_no_file("schema/review.toml".to_owned())
    }
}

impl Settings {
    /// Nothing is accepted, and the file is not there yet.
    pub fn of_no_file(name: String) -> Self {
        Self {
            severities: Vec::new(),
            acceptances: Vec::new(),
            name,
        }
    }

    /// The file as the user named it.
    pub fn file(&self) -> &str {
        &self.name
    }

    /// Sets the severities that the file asks for and marks what it accepts. `today` is as in
    /// `2026-11-22`. Returns the acceptances that do nothing any more.
    pub fn apply(&self, rows: &mut [Row], today: &str) -> Vec<Stale> {
        let mut matched = vec![false; self.acceptances.len()];
        for row in rows {
            let stable = row.fingerprint.split_once(':');
            let pointers = [
                &*row.location.pointer,
                stable.map_or("", |(_, pointer)| pointer),
            ];
            for effect in &mut row.effects {
                self.set_severity(effect, pointers);
            }
            for (acceptance, matched) in self.acceptances.iter().zip(&mut matched) {
                if acceptance.matches(row) {
                    *matched = true;
                    if row.accepted.is_none() && !acceptance.expired(today) {
                        row.accepted = Some(acceptance.accepted());
                    }
                }
            }
        }
        let stale = self.acceptances.iter().zip(matched);
        stale
            .filter_map(|(acceptance, matched)| acceptance.stale(matched, today))
            .collect()
    }

    /// The last table that matches decides; the note says which, since readers of a report would
    /// otherwise take the severity for the tool's own.
    fn set_severity(&self, effect: &mut Effect, pointers: [&str; 2]) {
        let matches = |severity: &&SeverityRule| severity.matches(effect, pointers);
        let Some(rule) = self.severities.iter().rev().find(matches) else {
            return;
        };
        if rule.severity == effect.severity {
            return;
        }
        let (before, after) = (effect.severity.word(), rule.severity.word());
        let why = format!("{after} by {}:{}, not {before}", self.name, rule.line);
        effect.note = match effect.note.as_str() {
            "" => why,
            note => format!("{note} ({why})"),
        };
        effect.severity = rule.severity;
    }
}

impl SeverityRule {
    /// By the pointer into the document, or by that of the fingerprint.
    fn matches(&self, effect: &Effect, pointers: [&str; 2]) -> bool {
        let RulePattern {
            area,
            direction,
            kind,
            action,
        } = &self.rule;
        area.is_none_or(|area| area == effect.area)
            && direction.is_none_or(|direction| direction == effect.direction)
            && kind.is_none_or(|kind| kind == effect.kind)
            && action.is_none_or(|action| action == effect.action)
            && pointers.iter().any(|pointer| self.pointer.matches(pointer))
    }
}

impl Acceptance {
    fn matches(&self, row: &Row) -> bool {
        let Some((rule, pointer)) = row.fingerprint.split_once(':') else {
            return false;
        };
        let words = [
            self.rule.area.map(Area::word),
            self.rule.kind.map(Kind::word),
            self.rule.action.map(Action::word),
        ];
        let wanted = words.iter().zip(rule.split('/'));
        wanted
            .into_iter()
            .all(|(wanted, word)| wanted.is_none_or(|wanted| wanted == word))
            && self.pointer.matches(pointer)
    }

    fn expired(&self, today: &str) -> bool {
        self.until.as_deref().is_some_and(|until| until < today)
    }

    fn accepted(&self) -> Accepted {
        Accepted {
            reason: self.reason.clone(),
            expires: self.until.clone(),
        }
    }

    fn stale(&self, matched: bool, today: &str) -> Option<Stale> {
        let why = match (matched, &self.until) {
            (false, _) => "no change has this fingerprint".to_owned(),
            (true, Some(until)) if self.expired(today) => format!("it expired on {until}"),
            (true, _) => return None,
        };
        Some(Stale {
            fingerprint: self.change.clone(),
            reason: self.reason.clone(),
            why,
            line: self.line,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use codegen::diagnostic::{Diagnostics, Source};
    use codegen::location::Pointer;

    #[test]
    fn the_last_severity_that_matches_decides_and_the_note_says_so() {
        let review = review(
            "[[severity]]
             rule = \"schema/response/*/*\"
             severity = \"none\"
             [[severity]]
             pointer = \"/components/schemas/Pet/**\"
             severity = \"risky\"",
        );
        let mut rows = [
            row("/components/schemas/Pet/enum/2"),
            row("/components/schemas/Dog"),
        ];
        assert_eq!(review.apply(&mut rows, "2026-11-22"), []);
        let [pet, dog] = &rows;
        assert_eq!(pet.effects[0].severity, Severity::Risky);
        assert_eq!(
            pet.effects[0].note,
            "as before (risky by review.toml:4, not breaking)"
        );
        assert_eq!(dog.effects[0].severity, Severity::None);
        assert_eq!(
            dog.effects[0].note,
            "as before (none by review.toml:1, not breaking)"
        );
    }

    #[test]
    fn a_severity_that_is_the_same_is_not_noted() {
        let review = review("[[severity]]\npointer = \"/**\"\nseverity = \"breaking\"");
        let mut rows = [row("/components/schemas/Pet")];
        review.apply(&mut rows, "2026-11-22");
        assert_eq!(rows[0].effects[0].note, "as before");
    }

    #[test]
    fn the_first_of_two_acceptances_gives_the_reason() {
        let accept =
            |reason| format!("[[accept]]\nchange = \"*/*/*:/**\"\nreason = \"{reason}\"\n");
        let review = review(&(accept("first") + &accept("second")));
        let mut rows = [row("/components/schemas/Pet")];
        assert_eq!(review.apply(&mut rows, "2026-11-22"), []);
        let accepted = rows[0].accepted.take().expect("both hold");
        assert_eq!(accepted.reason, "first");
    }

    #[test]
    fn accepted_changes_are_marked_until_the_day() {
        let review = review(
            "[[accept]]
             change = \"schema/existence/remove:/components/schemas/*\"
             reason = \"agreed\"
             until = 2026-11-22",
        );
        let mut rows = [row("/components/schemas/Pet")];
        assert_eq!(review.apply(&mut rows, "2026-11-22"), []);
        let accepted = rows[0].accepted.take().expect("it holds on the last day");
        assert_eq!(accepted.reason, "agreed");
        assert_eq!(accepted.expires.as_deref(), Some("2026-11-22"));

        let stale = review.apply(&mut rows, "2026-11-23");
        assert_eq!(rows[0].accepted, None);
        assert_eq!(stale[0].why, "it expired on 2026-11-22");
        assert_eq!(stale[0].line, 2);
        let stale = review.apply(&mut [], "2026-11-22");
        assert_eq!(stale[0].why, "no change has this fingerprint");
    }

    #[test]
    fn an_acceptance_is_for_its_kind_of_change_only() {
        let review = review(
            "[[accept]]
             change = \"schema/existence/add:/components/schemas/Pet\"
             reason = \"agreed\"
             [[accept]]
             change = \"*/*/remove:/paths/**\"
             reason = \"agreed\"",
        );
        let mut rows = [row("/components/schemas/Pet")];
        assert_eq!(review.apply(&mut rows, "2026-11-22").len(), 2);
        assert_eq!(rows[0].accepted, None);
    }

    fn review(text: &str) -> Settings {
        let mut diagnostics = Diagnostics::default();
        let source = Source::new("review.toml", text);
        let review = Settings::parse(Arc::new(source), &mut diagnostics);
        let messages: Vec<_> = diagnostics.iter().map(|d| d.render(false)).collect();
        review.unwrap_or_else(|_| panic!("{}", messages.join("\n")))
    }

    /// A schema that was removed, seen in responses.
    fn row(pointer: &str) -> Row {
        let (area, kind, action) = (Area::Schema, Kind::Existence, Action::Remove);
        let effect = Effect {
            area,
            direction: Direction::Response,
            kind,
            action,
            severity: Severity::Breaking,
            note: "as before".to_owned(),
            operations: Vec::new(),
        };
        Row {
            fingerprint: format!("schema/existence/remove:{pointer}"),
            location: Pointer::from(pointer).into(),
            message: String::new(),
            base: None,
            head: None,
            effects: vec![effect],
            surface: crate::report::Surface::default(),
            operations: Vec::new(),
            advice: "",
            renamed: None,
            stability: None,
            accepted: None,
        }
    }
}
