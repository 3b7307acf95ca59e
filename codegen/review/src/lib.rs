//! What a change of the document does: to callers on the wire, and to applications that use the crate.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use codegen::diagnostic::{Diagnostics, Rejected, Severity, Source};
use codegen::document::Plain;
use settings::Review;
use sides::Partial;
pub use taxonomy::{Action, Area, Bump, Direction, Kind, Level};
pub use verdict::raised;

mod advice;
pub mod attribution;
mod entries;
mod fingerprint;
pub mod render;
pub mod settings;
pub mod sides;
pub mod surface;
mod taxonomy;
mod unexplained;
mod verdict;
mod version;
pub mod wire;

/// One side of a comparison, as it was read.
#[derive(Debug, Default)]
pub struct Input {
    /// The document. Its name is what reports call it: `schema/billing.yaml`, or
    /// `main:schema/billing.yaml`.
    pub document: Arc<Source>,
    /// The policy file that goes with it, if there is one.
    pub policy: Option<Arc<Source>>,
    /// Where the document is in the working tree, if it is there.
    pub path: Option<PathBuf>,
    /// The document is not there; this one stands for it, and nobody can look into it.
    pub absent: bool,
}

/// Compares two documents, and the crates that they become.
///
/// `today`, as in `2026-11-22`, is the day on which acceptances and sunsets are judged.
/// Only a document that is not one at all is refused; what is wrong with it is in `diagnostics`.
pub fn compare(
    base: &Input,
    head: &Input,
    review: &Review,
    today: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Report, Rejected> {
    let (mut base_problems, mut head_problems) = (Diagnostics::default(), Diagnostics::default());
    let (before, after) = std::thread::scope(|scope| {
        let before = scope.spawn(|| read(base, &mut base_problems));
        let after = read(head, &mut head_problems);
        (before.join().unwrap_or(Err(Rejected)), after)
    });
    diagnostics.extend(base_problems);
    diagnostics.extend(head_problems);
    let (mut before, mut after) = (before?, after?);
    let (found, surface) = std::thread::scope(|scope| {
        let found = scope.spawn(|| wire::compare(&before.plain, &after.plain, today));
        let surface = crates(&before, &after);
        (found.join().map_err(|_| Rejected), surface)
    });
    let mut found = found?;
    let mut rows = attribution::join(
        found.rows,
        &found.covers,
        surface,
        &mut found.equivalent,
        (&before.plain, &after.plain),
        (base.policy.as_deref(), head.policy.as_deref()),
    );
    rows.iter_mut()
        .filter(|row| !is_in_crates(row, &before, &after))
        .for_each(|row| row.rust.fails_at_run_time = false);
    rows.iter_mut()
        .for_each(|row| leave_out_places(row, base.absent, head.absent));
    let stale = review.apply(&mut rows, today);
    version::settle(&mut rows, base.absent || head.absent);
    rows.sort_by_key(attribution::order);
    if rows.is_empty() && found.equivalent.is_empty() {
        found.equivalent = unexplained::edits(&before.plain, &after.plain);
    }
    let verdict = verdict::verdict(&rows, &before, &after);
    let (base, head) = (
        std::mem::take(&mut before.side),
        std::mem::take(&mut after.side),
    );
    // Taking large documents apart takes a while, for which nobody has to wait.
    std::thread::spawn(move || drop((before, after)));
    Ok(Report {
        title: head.name.clone(),
        verdict,
        base,
        head,
        rows,
        equivalent: found.equivalent,
        stale,
    })
}

fn leave_out_places(row: &mut Row, in_base: bool, in_head: bool) {
    row.base.take_if(|_| in_base);
    row.head.take_if(|_| in_head);
}

/// Nothing is known of a crate that is not there, and nothing fails of what a crate goes without.
fn is_in_crates(row: &Row, base: &Read, head: &Read) -> bool {
    let (Some(_), Some(_)) = (&base.planned, &head.planned) else {
        return false;
    };
    let left_out = [&base.side.left_out, &head.side.left_out];
    let left_out = |operation| left_out.iter().any(|list| list.contains(operation));
    row.operations.is_empty() || !row.operations.iter().all(left_out)
}

/// A side as far as it could be read.
struct Read {
    plain: Plain,
    side: Side,
    planned: Option<Partial>,
    version: Option<semver::Version>,
    absent: bool,
}

fn read(input: &Input, diagnostics: &mut Diagnostics) -> Result<Read, Rejected> {
    let plain = Plain::read(Arc::clone(&input.document), diagnostics)?;
    let text = |pointer| plain.value.pointer(pointer).and_then(Value::as_str);
    let mut side = Side {
        name: input.document.name.clone(),
        path: input.path.as_ref().map(|path| path.display().to_string()),
        version: text("/info/version").unwrap_or_default().to_owned(),
        text: input.document.text.clone(),
        policy: input.policy.as_ref().map(|policy| policy.name.clone()),
        refused: None,
        error: None,
        left_out: Vec::new(),
    };
    let mut problems = Diagnostics::default();
    let planned = sides::plan(&plain, input.policy.clone(), &mut problems);
    match &planned {
        Ok(planned) => {
            side.left_out.clone_from(&planned.left_out);
            side.error = first_error(&problems).filter(|_| !input.absent);
        }
        Err(Rejected) => {
            side.refused = first_error(&problems).or_else(|| Some("it has errors".to_owned()));
        }
    }
    let planned = planned.ok();
    let stated = planned
        .as_ref()
        .and_then(|planned| planned.policy.package.version.as_ref());
    let stated = stated.filter(|_| !input.absent);
    let version = stated.and_then(|version| version.get_ref().parse().ok());
    Ok(Read {
        plain,
        side,
        planned,
        version,
        absent: input.absent,
    })
}

/// The first error, and where it is.
fn first_error(problems: &Diagnostics) -> Option<String> {
    let first = problems.iter().find(|d| d.severity == Severity::Error)?;
    Some(match &first.span {
        Some(span) => {
            let (line, column) = span.line_column();
            let name = &span.source.name;
            format!("{} ({name}:{line}:{column})", first.message)
        }
        None => first.message.clone(),
    })
}

fn crates(base: &Read, head: &Read) -> Vec<surface::Change> {
    let mut changes = match (&base.planned, &head.planned) {
        (Some(base), Some(head)) => surface::compare(&base.sdk, &head.sdk),
        _ => Vec::new(),
    };
    // With its document a crate comes or goes as a whole: nothing of it was otherwise before.
    changes.retain(|change| {
        let (was, is) = (change.item.before.is_some(), change.item.after.is_some());
        !(base.absent && was || head.absent && is)
    });
    changes
}

/// Everything that differs between two documents, judged. One [`Row`] is one edit.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What was compared, as in `schema/billing.yaml`.
    pub title: String,
    pub base: Side,
    pub head: Side,
    /// The worst first, then in the order of the file.
    pub rows: Vec<Row>,
    /// Edits that change nothing: another spelling of the same meaning.
    pub equivalent: Vec<Equivalent>,
    /// Acceptances that match no change any more, or that have expired.
    pub stale: Vec<Stale>,
    pub verdict: Verdict,
}

/// One of the two documents.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Side {
    /// The file as a reader finds it: `schema/billing.yaml`, or `main:schema/billing.yaml`.
    pub name: String,
    /// The path of the file in the working tree, for annotations; not there for a revision's.
    pub path: Option<String>,
    /// `info.version`
    pub version: String,
    /// The text of the document, of which reports show lines.
    pub text: String,
    /// The policy file that goes with it, as a reader finds it.
    pub policy: Option<String>,
    /// Why there is no crate of this document; what follows about the crate is then unknown.
    pub refused: Option<String>,
    /// What `cargo xtask generate` refuses the document for, although a crate could be compared.
    pub error: Option<String>,
    /// Operations that the crate goes without, as `METHOD /path`: what the generator does not support.
    pub left_out: Vec<String>,
}

impl Side {
    /// Why `cargo xtask generate` writes no crate of the document, if it does not.
    pub fn fault(&self) -> Option<String> {
        let refused = self.refused.as_ref().or(self.error.as_ref());
        let left_out = || Some(format!("`{}` is not supported", self.left_out.first()?));
        refused.cloned().or_else(left_out)
    }
}

/// The whole in one line: each half is the worst of its rows; on the wire, accepted ones are left
/// out, while the crate's version has to tell of all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    pub wire: Level,
    /// Edits by their worst level; accepted ones are not counted.
    pub breaking: usize,
    pub risky: usize,
    pub safe: usize,
    pub none: usize,
    pub accepted: usize,
    pub rust: Bump,
    /// Edits that compile and fail at run time, which `rust` does not tell; accepted ones are not counted.
    pub fails_at_run_time: usize,
    /// The package version in the base's policy file.
    pub version_base: Option<String>,
    /// The package version in the head's policy file.
    pub version_now: Option<String>,
    /// The least version that the change allows, counted from `version_base`.
    pub version_needed: Option<String>,
    /// `version_now` is at least `version_needed`.
    pub version_suffices: bool,
}

/// One edit of the document, at the place where it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Of the area, the kind, the action and the pointer, with the members of arrays called by what they
    /// are; stable while the message, lines and numbers may change.
    pub fingerprint: String,
    /// Where the edit is in the head, or in the base for what was removed.
    pub pointer: String,
    /// What changed, in one sentence without a final period: "the property `name` was removed".
    pub message: String,
    pub base: Option<Place>,
    pub head: Option<Place>,
    /// What the edit is to callers, by direction and area; at least one.
    pub effects: Vec<Effect>,
    pub rust: Rust,
    /// `METHOD /path` of the operations that reach the place, in the order of the document.
    pub operations: Vec<String>,
    /// The edit is a rename, and what would soften it.
    /// What those who call have to do, where no item of the crate says it.
    pub to_do: &'static str,
    pub renamed: Option<Renamed>,
    /// `x-stability-level` of the operations, where it is not stable.
    pub stability: Option<String>,
    /// The edit was accepted in `schema/review.toml`.
    pub accepted: Option<Accepted>,
}

/// What one edit is in one direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    pub area: Area,
    pub direction: Direction,
    pub kind: Kind,
    pub action: Action,
    pub level: Level,
    /// Why the level is what it is, or what callers meet; one sentence, may be empty.
    pub note: String,
    pub operations: Vec<String>,
}

/// A value of a document and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub pointer: String,
    pub value: Value,
    /// From 1.
    pub line: usize,
    /// The last line of the value, for showing it.
    pub end_line: usize,
}

/// What the edit does to the crate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rust {
    pub bump: Bump,
    /// Calls or answers fail that did not; of what is not major, the compiler says nothing of it.
    pub fails_at_run_time: bool,
    /// The worst first. Empty where nothing of the crate changes.
    pub items: Vec<Item>,
}

/// One public item of the crate that changes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    pub bump: Bump,
    /// It is this change of the crate that fails; where the crate stays as it is, no item does.
    pub fails_at_run_time: bool,
    /// As in `models::Profile::city`.
    pub path: String,
    /// Its declaration, as in `pub city: Option<String>`.
    pub before: Option<String>,
    pub after: Option<String>,
    /// What calling code has to do, in one sentence; may be empty.
    pub note: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Renamed {
    pub from: String,
    pub to: String,
    /// What would keep old code working, as lines of the policy file or the document.
    pub softened_by: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    pub reason: String,
    /// The last day on which it holds, as in `2027-01-31`.
    pub expires: Option<String>,
}

/// An edit of the text that means the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Equivalent {
    pub pointer: String,
    /// "written as `allOf` before"
    pub message: String,
    /// The line in the base, and that in the head, from 1; of the text as a whole there is none.
    pub base: Option<usize>,
    pub head: Option<usize>,
}

/// An acceptance that does nothing any more.
#[derive(Debug, Clone, PartialEq)]
pub struct Stale {
    pub fingerprint: String,
    pub reason: String,
    /// "no change has this fingerprint", or "it expired on 2026-01-31"
    pub why: String,
    /// The line in the review file.
    pub line: usize,
}

impl Effect {
    /// Only requests of the server are concerned, which the application reads and answers.
    pub fn is_inbound(&self) -> bool {
        let inbound = |name: &String| {
            [wire::WEBHOOK, wire::CALLBACK]
                .iter()
                .any(|word| name.starts_with(word))
        };
        !self.operations.is_empty() && self.operations.iter().all(inbound)
    }
}

impl Row {
    /// The worst of the edit on the wire.
    pub fn level(&self) -> Level {
        self.effects
            .iter()
            .map(|effect| effect.level)
            .max()
            .unwrap_or_default()
    }

    /// The compiler says nothing, and what runs fails.
    pub fn is_silent(&self) -> bool {
        self.rust.fails_at_run_time && self.rust.bump < Bump::Major
    }

    /// The worst in one direction, if the edit is seen there.
    pub fn level_in(&self, direction: Direction) -> Option<Level> {
        self.effects
            .iter()
            .filter(|effect| effect.direction == direction)
            .map(|effect| effect.level)
            .max()
    }
}
