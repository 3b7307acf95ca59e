//! For programs: documented, in `docs/review-json.md`, and versioned.
//!
//! The types of this file are the format, field by field. [`VERSION`] rises when a field is renamed,
//! removed or gets another meaning; new fields may come without that. Words are lower case, as
//! [`Severity`](crate::taxonomy::Severity), [`Bump`](crate::taxonomy::Bump), [`Direction`](crate::taxonomy::Direction),
//! [`Area`](crate::taxonomy::Area), [`Kind`](crate::taxonomy::Kind) and [`Action`](crate::taxonomy::Action) list
//! them. A field without a value is `null`; none is ever left out. In short:
//!
//! ```json
//! {
//!   "version": 4,
//!   "title": "schema/billing.yaml",
//!   "verdict": {"wire": "breaking", "crate": "major", "version_now": "0.4.2", "version_needed": "0.5.0"},
//!   "changes": [{"fingerprint": "…", "direction": "response", "area": "schema", "kind": "existence",
//!                "action": "remove", "severity": "breaking", "pointer": "/components/…"}],
//!   "equivalent": 3
//! }
//! ```

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use crate::report::{self, Effect, Item, Place, Report, Row, Side};

/// The version of the format.
pub const VERSION: u32 = 4;

pub fn render(report: &Report) -> String {
    let document = Root::of(report);
    let json = serde_json::to_string_pretty(&document).expect("its keys are texts");
    json + "\n"
}

/// The whole file.
#[derive(Debug, Serialize)]
struct Root<'r> {
    /// Of this format: [`VERSION`].
    version: u32,
    /// What was compared.
    title: &'r str,
    verdict: Verdict<'r>,
    base: DocumentSide<'r>,
    head: DocumentSide<'r>,
    /// One for each edit and each direction and area in which it is seen. The worst edit first.
    changes: Vec<Change<'r>>,
    /// How many edits change nothing: another spelling of the same meaning.
    equivalent: usize,
    equivalent_edits: Vec<EquivalentEdit<'r>>,
    /// Acceptances that do nothing any more.
    stale: Vec<Stale<'r>>,
}

/// Each half is the worst of its changes; on the wire, accepted ones are left out.
#[derive(Debug, Serialize)]
struct Verdict<'r> {
    /// A severity: `breaking`, `risky`, `safe` or `none`.
    wire: &'r str,
    /// A bump: `major`, `minor`, `patch` or `none`.
    #[serde(rename = "crate")]
    surface: &'r str,
    /// Edits that compile and fail at run time, whatever `crate` is.
    fails_at_run_time: usize,
    /// The package version in the policy file of the base.
    version_base: Option<&'r str>,
    /// The package version in the policy file of the head.
    version_now: Option<&'r str>,
    /// The least version that the change allows.
    version_needed: Option<&'r str>,
    /// `version_now` is at least `version_needed`.
    version_suffices: bool,
    /// Edits by their worst severity; edits, not entries of `changes`.
    edits: Edits,
}

#[derive(Debug, Serialize)]
struct Edits {
    breaking: usize,
    risky: usize,
    safe: usize,
    none: usize,
    accepted: usize,
}

/// One of the two documents.
#[derive(Debug, Serialize)]
struct DocumentSide<'r> {
    /// As in `schema/billing.yaml`, or `main:schema/billing.yaml`.
    name: &'r str,
    /// `info.version`
    version: &'r str,
    /// Why the generator makes no crate of it; `crate` says nothing then.
    rejected: Option<&'r str>,
    /// Why the generator rejects it, although most of a crate is compared.
    error: Option<&'r str>,
    /// Operations that the crate lacks, as `METHOD /path`.
    left_out: &'r [String],
}

/// One edit, as it is seen in one direction and area.
#[derive(Debug, Serialize)]
struct Change<'r> {
    /// Of the edit, which several entries may share; the one that a review file accepts.
    fingerprint: &'r str,
    /// Of this entry: the fingerprint, the direction and the area. No two entries have the same.
    id: String,
    /// Where the edit is in the head, or in the base for what was removed or renamed: a JSON pointer.
    pointer: &'r str,
    /// What changed, in one sentence.
    message: &'r str,
    /// Why the severity is what it is; may be empty.
    note: &'r str,
    /// `request`, `response` or `none`.
    direction: &'r str,
    area: &'r str,
    kind: &'r str,
    action: &'r str,
    /// `breaking`, `risky`, `safe` or `none`.
    severity: &'r str,
    /// `METHOD /path` of those that reach the place.
    operations: &'r [String],
    base: Option<ValueAt<'r>>,
    head: Option<ValueAt<'r>>,
    /// What the edit does to the crate; the same in all entries of an edit.
    #[serde(rename = "crate")]
    surface: Surface<'r>,
    renamed: Option<Renamed<'r>>,
    /// `x-stability-level` of the operations, where it is not stable.
    stability: Option<&'r str>,
    accepted: Option<Accepted<'r>>,
}

/// A value of a document and its place.
#[derive(Debug, Serialize)]
struct ValueAt<'r> {
    /// In the document as one, with what it refers to in other files.
    pointer: &'r str,
    /// The file that holds it, where that is not the document itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'r str>,
    value: &'r Value,
    /// From 1.
    line: usize,
    /// The last line of the value.
    end_line: usize,
}

/// `item`, `before`, `after` and `note` are those of the worst of `items`.
#[derive(Debug, Serialize)]
struct Surface<'r> {
    /// `major`, `minor`, `patch` or `none`.
    bump: &'r str,
    /// It compiles as before, and fails when it runs.
    fails_at_run_time: bool,
    item: Option<&'r str>,
    before: Option<&'r str>,
    after: Option<&'r str>,
    note: &'r str,
    items: Vec<PublicItem<'r>>,
}

/// One public item of the crate.
#[derive(Debug, Serialize)]
struct PublicItem<'r> {
    bump: &'r str,
    fails_at_run_time: bool,
    /// As in `models::Profile::city`.
    item: &'r str,
    /// Its declaration.
    before: Option<&'r str>,
    after: Option<&'r str>,
    /// What calling code has to do; may be empty.
    note: &'r str,
}

#[derive(Debug, Serialize)]
struct Renamed<'r> {
    from: &'r str,
    to: &'r str,
    /// What would keep old code working.
    softened_by: &'r str,
}

/// The edit was accepted in the review file.
#[derive(Debug, Serialize)]
struct Accepted<'r> {
    reason: &'r str,
    /// The last day on which it holds, as in `2027-01-31`.
    expires: Option<&'r str>,
}

#[derive(Debug, Serialize)]
struct EquivalentEdit<'r> {
    pointer: &'r str,
    message: &'r str,
    /// The line in the base, from 1.
    base: Option<usize>,
    /// The line in the head.
    head: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Stale<'r> {
    fingerprint: &'r str,
    reason: &'r str,
    /// Why it does nothing.
    why: &'r str,
    /// In the review file.
    line: usize,
}

impl<'r> Root<'r> {
    fn of(report: &'r Report) -> Self {
        Self {
            version: VERSION,
            title: &report.title,
            verdict: Verdict::of(&report.verdict),
            base: DocumentSide::of(&report.base),
            head: DocumentSide::of(&report.head),
            changes: report
                .rows
                .iter()
                .flat_map(|row| changes(report, row))
                .collect(),
            equivalent: report.equivalent.len(),
            equivalent_edits: report.equivalent.iter().map(EquivalentEdit::of).collect(),
            stale: report.stale.iter().map(Stale::of).collect(),
        }
    }
}

/// The entries of one edit.
fn changes<'r>(report: &'r Report, row: &'r Row) -> Vec<Change<'r>> {
    let mut taken = BTreeSet::new();
    let entries = row.effects.iter().map(|effect| {
        let id = id(row, effect, &mut taken);
        Change::of(report, row, effect, id)
    });
    entries.collect()
}

/// Two effects of an edit may be in the same direction and area: the second has its kind and
/// action in its name as well, and a number where that is not enough.
fn id(row: &Row, effect: &Effect, taken: &mut BTreeSet<String>) -> String {
    let (direction, area) = (effect.direction.word(), effect.area.word());
    let short = format!("{}:{direction}:{area}", row.fingerprint);
    let long = format!("{short}:{}:{}", effect.kind.word(), effect.action.word());
    let numbered = (2..).map(|number| format!("{long}:{number}"));
    let mut names = [short, long.clone()].into_iter().chain(numbered);
    names
        .find(|name| taken.insert(name.clone()))
        .unwrap_or(long)
}

impl<'r> Change<'r> {
    fn of(report: &'r Report, row: &'r Row, effect: &'r Effect, id: String) -> Self {
        let at = |side: &'r Side, place: &'r Option<Place>| {
            place.as_ref().map(|place| ValueAt::of(side, place))
        };
        Self {
            fingerprint: &row.fingerprint,
            id,
            pointer: &row.location.pointer,
            message: &row.message,
            note: &effect.note,
            direction: effect.direction.word(),
            area: effect.area.word(),
            kind: effect.kind.word(),
            action: effect.action.word(),
            severity: effect.severity.word(),
            operations: if effect.operations.is_empty() {
                &row.operations
            } else {
                &effect.operations
            },
            base: at(&report.base, &row.base),
            head: at(&report.head, &row.head),
            surface: Surface::of(row),
            renamed: row.renamed.as_ref().map(Renamed::of),
            stability: row.stability.as_deref(),
            accepted: row.accepted.as_ref().map(Accepted::of),
        }
    }
}

impl<'r> Surface<'r> {
    fn of(row: &'r Row) -> Self {
        let surface = &row.surface;
        let worst = surface.items.first();
        let mut notes = surface.items.iter().map(|item| item.note.as_str());
        Self {
            bump: surface.bump.word(),
            fails_at_run_time: surface.fails_at_run_time,
            item: worst.map(|item| item.path.as_str()),
            before: worst.and_then(|item| item.before.as_deref()),
            after: worst.and_then(|item| item.after.as_deref()),
            note: notes.find(|note| !note.is_empty()).unwrap_or(row.advice),
            items: surface.items.iter().map(PublicItem::of).collect(),
        }
    }
}

impl<'r> PublicItem<'r> {
    fn of(item: &'r Item) -> Self {
        Self {
            bump: item.bump.word(),
            fails_at_run_time: item.fails_at_run_time,
            item: &item.path,
            before: item.before.as_deref(),
            after: item.after.as_deref(),
            note: &item.note,
        }
    }
}

impl<'r> Verdict<'r> {
    fn of(verdict: &'r report::Verdict) -> Self {
        Self {
            wire: verdict.wire.word(),
            surface: verdict.surface.word(),
            fails_at_run_time: verdict.fails_at_run_time,
            version_base: verdict.version_base.as_deref(),
            version_now: verdict.version_now.as_deref(),
            version_needed: verdict.version_needed.as_deref(),
            version_suffices: verdict.version_suffices,
            edits: Edits {
                breaking: verdict.breaking,
                risky: verdict.risky,
                safe: verdict.safe,
                none: verdict.none,
                accepted: verdict.accepted,
            },
        }
    }
}

impl<'r> DocumentSide<'r> {
    fn of(side: &'r Side) -> Self {
        Self {
            name: &side.name,
            version: &side.version,
            rejected: side.rejected.as_deref(),
            error: side.error.as_deref(),
            left_out: &side.left_out,
        }
    }
}

impl<'r> ValueAt<'r> {
    fn of(side: &'r Side, place: &'r Place) -> Self {
        Self {
            file: side.other(place.file).map(|other| other.name.as_str()),
            pointer: &place.location.pointer,
            value: &place.value,
            line: place.line,
            end_line: place.end_line,
        }
    }
}

impl<'r> Renamed<'r> {
    fn of(renamed: &'r report::Renamed) -> Self {
        Self {
            from: &renamed.from,
            to: &renamed.to,
            softened_by: &renamed.softened_by,
        }
    }
}

impl<'r> Accepted<'r> {
    fn of(accepted: &'r report::Accepted) -> Self {
        Self {
            reason: &accepted.reason,
            expires: accepted.expires.as_deref(),
        }
    }
}

impl<'r> EquivalentEdit<'r> {
    fn of(edit: &'r report::Equivalent) -> Self {
        Self {
            pointer: &edit.location.pointer,
            message: &edit.message,
            base: edit.base,
            head: edit.head,
        }
    }
}

impl<'r> Stale<'r> {
    fn of(stale: &'r report::Stale) -> Self {
        Self {
            fingerprint: &stale.fingerprint,
            reason: &stale.reason,
            why: &stale.why,
            line: stale.line,
        }
    }
}
