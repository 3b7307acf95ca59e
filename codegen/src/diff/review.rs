//! `schema/review.toml`: severities of a team's own, and changes that were accepted.
//!
//! ```toml
//! # The last table that matches an edit decides. `rule` is area/direction/kind/action; each part
//! # may be `*`. In `pointer`, `*` stands for what is between two slashes, `**` for any number of
//! # such parts. At least one of the two is there.
//! [[level]]
//! rule = "schema/response/values/add"
//! pointer = "/components/schemas/Country/**"
//! level = "safe"
//!
//! # `change` is the fingerprint that reports show, area/kind/action:pointer, with the same wildcards. In
//! # both, members of arrays are called by what they are: /enum/closed, /parameters/query:limit.
//! [[accept]]
//! change = "schema/existence/remove:/components/schemas/Profile/properties/city"
//! reason = "it was never filled"
//! until = "2027-01-31" # the last day; without it the acceptance has no end
//! ```

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::{Accepted, Action, Area, Direction, Effect, Kind, Level, Row, Stale};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Rejected, Source};
use crate::policy::toml_file::{self, TomlFile};

pub const UNREADABLE: Code = Code("R0001");
pub const SYNTAX: Code = Code("R0002");
pub const UNKNOWN_KEY: Code = Code("R0003");
pub const INVALID: Code = Code("R0004");

const FILE: TomlFile = TomlFile {
    name: "review file",
    keys: &[
        "level",
        "level.rule",
        "level.pointer",
        "level.level",
        "accept",
        "accept.change",
        "accept.reason",
        "accept.until",
    ],
    syntax: SYNTAX,
    unknown_key: UNKNOWN_KEY,
    invalid: INVALID,
};

/// What the file says. All of it may be missing.
#[derive(Debug, Default)]
pub struct Review {
    levels: Vec<LevelRule>,
    acceptances: Vec<Acceptance>,
    /// The file as the user named it.
    name: String,
}

/// The level of some edits, in place of the one that reviews give by themselves.
#[derive(Debug)]
struct LevelRule {
    rule: Rule,
    pointer: PointerGlob,
    level: Level,
    line: usize,
}

#[derive(Debug)]
struct Acceptance {
    /// As it was written.
    change: String,
    rule: Rule,
    pointer: PointerGlob,
    reason: String,
    until: Option<String>,
    line: usize,
}

/// What kind of edit; what is not there may be anything.
#[derive(Debug, Default)]
struct Rule {
    area: Option<Area>,
    direction: Option<Direction>,
    kind: Option<Kind>,
    action: Option<Action>,
}

/// A JSON pointer with wildcards. Not a glob library's: to those the braces and brackets of
/// templated paths are syntax.
#[derive(Debug)]
struct PointerGlob(Vec<String>);

impl Review {
    pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(Arc::new(Source { name, text }), diagnostics),
            Err(error) => {
                let message = format!("cannot read the review file {name}: {error}");
                diagnostics.push(
                    Diagnostic::error(UNREADABLE, message)
                        .help("name a review file in TOML, or none at all"),
                );
                Err(Rejected)
            }
        }
    }

    pub fn parse(source: Arc<Source>, diagnostics: &mut Diagnostics) -> Result<Self, Rejected> {
        let raw: Raw = FILE.read(&source, diagnostics)?;
        let mut reader = Reader {
            source: &source,
            diagnostics,
        };
        let levels = raw.level.into_iter().map(|table| reader.level(table));
        let levels: Vec<_> = levels.collect();
        let acceptances = raw.accept.into_iter().map(|table| reader.acceptance(table));
        let acceptances: Vec<_> = acceptances.collect();
        diagnostics.gate()?;
        Ok(Self {
            levels: levels.into_iter().flatten().collect(),
            acceptances: acceptances.into_iter().flatten().collect(),
            name: source.name.clone(),
        })
    }

    /// Sets the levels that the file asks for and marks what it accepts. `today` is as in
    /// `2026-11-22`. Returns the acceptances that do nothing any more.
    pub fn apply(&self, rows: &mut [Row], today: &str) -> Vec<Stale> {
        let mut matched = vec![false; self.acceptances.len()];
        for row in rows {
            let stable = row.fingerprint.split_once(':');
            let pointers = [
                row.pointer.as_str(),
                stable.map_or("", |(_, pointer)| pointer),
            ];
            for effect in &mut row.effects {
                self.set_level(effect, pointers);
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
    /// otherwise take the level for the tool's own.
    fn set_level(&self, effect: &mut Effect, pointers: [&str; 2]) {
        let matches = |level: &&LevelRule| level.matches(effect, pointers);
        let Some(rule) = self.levels.iter().rev().find(matches) else {
            return;
        };
        if rule.level == effect.level {
            return;
        }
        let (before, after) = (effect.level.word(), rule.level.word());
        let why = format!("{after} by {}:{}, not {before}", self.name, rule.line);
        effect.note = match effect.note.as_str() {
            "" => why,
            note => format!("{note} ({why})"),
        };
        effect.level = rule.level;
    }
}

impl LevelRule {
    /// By the pointer into the document, or by that of the fingerprint.
    fn matches(&self, effect: &Effect, pointers: [&str; 2]) -> bool {
        let Rule {
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

impl PointerGlob {
    fn any() -> Self {
        Self(vec!["**".to_owned()])
    }

    fn parse(text: &str) -> Result<Self, Problem> {
        let parts: Vec<&str> = text.split('/').collect();
        match parts.as_slice() {
            [""] => Ok(Self(Vec::new())),
            ["**"] => Ok(Self::any()),
            ["", rest @ ..] if !rest.contains(&"") => {
                Ok(Self(rest.iter().map(|part| (*part).to_owned()).collect()))
            }
            ["", ..] => Err(Problem(
                format!("the pointer `{text}` has an empty part"),
                "within a key, `/` is written `~1`: /paths/~1pets~1{id}/get".to_owned(),
            )),
            _ => Err(Problem(
                format!("`{text}` is not a JSON pointer"),
                "a pointer begins with `/`, as in /paths/*/get/**".to_owned(),
            )),
        }
    }

    /// `/a/**` is `/a` and everything below it.
    fn matches(&self, pointer: &str) -> bool {
        let parts: Vec<&str> = pointer.split('/').skip(1).collect();
        let same = |pattern: &String, part: &&str| {
            let (pattern, part): (Vec<char>, Vec<char>) =
                (pattern.chars().collect(), part.chars().collect());
            glob(&pattern, &part, |c| *c == '*', |a, b| a == b)
        };
        glob(&self.0, &parts, |part| part == "**", same)
    }
}

/// Whether the pattern matches the whole text, where a wild part stands for any number of parts.
/// It never goes back further than to the last wild part, and so takes no exponential time.
fn glob<P, T>(
    pattern: &[P],
    text: &[T],
    wild: impl Fn(&P) -> bool,
    same: impl Fn(&P, &T) -> bool,
) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(part) if wild(part) => {
                retry = Some((p + 1, t));
                p += 1;
            }
            Some(part) if same(part, &text[t]) => (p, t) = (p + 1, t + 1),
            _ => match retry {
                Some((after, taken)) => {
                    retry = Some((after, taken + 1));
                    (p, t) = (after, taken + 1);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(wild)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Raw {
    level: Vec<Spanned<RawLevel>>,
    accept: Vec<Spanned<RawAccept>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RawLevel {
    rule: Option<Spanned<String>>,
    pointer: Option<Spanned<String>>,
    level: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RawAccept {
    change: Option<Spanned<String>>,
    reason: Option<Spanned<String>>,
    until: Option<Spanned<toml::Value>>,
}

/// What is wrong, and what to do.
struct Problem(String, String);

/// Makes sense of the tables, and reports what does not.
struct Reader<'a> {
    source: &'a Arc<Source>,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn level(&mut self, table: Spanned<RawLevel>) -> Option<LevelRule> {
        let span = table.span();
        let raw = table.into_inner();
        let line = self.line(&span);
        if raw.rule.is_none() && raw.pointer.is_none() {
            let message = "this level is for no edits in particular";
            let help = "add `rule = \"area/direction/kind/action\"`, `pointer = \"/...\"`, or both";
            return self.fail(Some(span), Problem(message.to_owned(), help.to_owned()));
        }
        let rule = raw.rule.map(|text| self.value(text, level_rule));
        let pointer = raw
            .pointer
            .map(|text| self.value(text, |text| PointerGlob::parse(&text)));
        let level = self.required(raw.level, "level", LEVEL_EXAMPLE, &span);
        let level = level.and_then(|text| self.value(text, level_word));
        Some(LevelRule {
            rule: rule.unwrap_or(Some(Rule::default()))?,
            pointer: pointer.unwrap_or_else(|| Some(PointerGlob::any()))?,
            level: level?,
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
        self.source.text[..span.start].matches('\n').count() + 1
    }
}

const LEVEL_EXAMPLE: &str = "add `level = \"safe\"`, or breaking, risky, none";
const CHANGE_EXAMPLE: &str =
    "add `change = \"FINGERPRINT\"`; reports show the fingerprint of each edit";
const REASON_EXAMPLE: &str =
    "add `reason = \"...\"`: whoever reads the report next year wants to know";

fn level_rule(text: String) -> Result<Rule, Problem> {
    let parts: Vec<&str> = text.split('/').collect();
    match parts.as_slice() {
        [area, direction, kind, action] => Ok(Rule {
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
fn change_pattern(text: String) -> Result<(Rule, PointerGlob), Problem> {
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
    let rule = Rule {
        area: word("area", area, Area::ALL, Area::word)?,
        direction: None,
        kind: word("kind", kind, Kind::ALL, Kind::word)?,
        action: word("action", action, Action::ALL, Action::word)?,
    };
    Ok((rule, PointerGlob::parse(pointer)?))
}

fn level_word(text: String) -> Result<Level, Problem> {
    let level = word("level", &text, Level::ALL, Level::word)?;
    level.ok_or_else(|| unknown("level", "*", Level::ALL, Level::word))
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
    let article = match what.starts_with('a') {
        true => "an",
        false => "a",
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_matches_by_parts() {
        let cases = [
            ("/paths/*/get/**", "/paths/~1pets~1{id}/get", true),
            ("/paths/*/get/**", "/paths/~1pets/get/responses/200", true),
            ("/paths/*/get/**", "/paths/~1pets/post", false),
            ("/paths/~1pets~1{id}/**", "/paths/~1pets~1{id}/get", true),
            ("/paths/~1pets~1*/get", "/paths/~1pets~1{id}/get", true),
            ("/paths/*", "/paths/~1pets/get", false),
            (
                "/**/city",
                "/components/schemas/Profile/properties/city",
                true,
            ),
            (
                "/**/city",
                "/components/schemas/city/properties/town",
                false,
            ),
            ("/**", "", true),
            ("**", "/info/title", true),
            ("", "", true),
            ("", "/info", false),
            ("/a*b*c", "/aXbYbZc", true),
            ("/a*b*c", "/aXbYbZ", false),
        ];
        for (pattern, pointer, expected) in cases {
            let Ok(glob) = PointerGlob::parse(pattern) else {
                panic!("{pattern} is a pattern");
            };
            assert_eq!(glob.matches(pointer), expected, "{pattern} {pointer}");
        }
    }

    #[test]
    fn many_wildcards_take_no_exponential_time() {
        let pattern = "/**/a".repeat(30);
        let pointer = "/a".repeat(2000) + "/b";
        let glob = PointerGlob::parse(&pattern).ok().expect("it is a pattern");
        assert!(!glob.matches(&pointer));
    }

    #[test]
    fn the_last_level_that_matches_decides_and_the_note_says_so() {
        let review = review(
            "[[level]]
             rule = \"schema/response/*/*\"
             level = \"none\"
             [[level]]
             pointer = \"/components/schemas/Pet/**\"
             level = \"risky\"",
        );
        let mut rows = [
            row("/components/schemas/Pet/enum/2"),
            row("/components/schemas/Dog"),
        ];
        assert_eq!(review.apply(&mut rows, "2026-11-22"), []);
        let [pet, dog] = &rows;
        assert_eq!(pet.effects[0].level, Level::Risky);
        assert_eq!(
            pet.effects[0].note,
            "as before (risky by review.toml:4, not breaking)"
        );
        assert_eq!(dog.effects[0].level, Level::None);
        assert_eq!(
            dog.effects[0].note,
            "as before (none by review.toml:1, not breaking)"
        );
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

    fn review(text: &str) -> Review {
        let mut diagnostics = Diagnostics::default();
        let source = Source {
            name: "review.toml".to_owned(),
            text: text.to_owned(),
        };
        let review = Review::parse(Arc::new(source), &mut diagnostics);
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
            level: Level::Breaking,
            note: "as before".to_owned(),
            operations: Vec::new(),
        };
        Row {
            fingerprint: format!("schema/existence/remove:{pointer}"),
            pointer: pointer.to_owned(),
            message: String::new(),
            base: None,
            head: None,
            effects: vec![effect],
            rust: crate::diff::Rust::default(),
            operations: Vec::new(),
            renamed: None,
            stability: None,
            accepted: None,
        }
    }
}
