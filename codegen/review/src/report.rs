//! The data of a report: what differs between two documents, one row for each edit.

use std::cmp::Reverse;

use serde_json::Value;

use codegen::location::{FileId, Location};

use crate::taxonomy::{Action, Area, Bump, Direction, Kind, Severity};

/// What the names of the server's requests start with, where operations have their method.
pub const WEBHOOK: &str = "WEBHOOK";
pub const CALLBACK: &str = "CALLBACK";

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
    /// The file in which edits are accepted, as a reader finds it; it need not be there yet.
    pub review_file: String,
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
    /// The other files of the document, by [`FileId`] from 1.
    pub others: Vec<OtherFile>,
    /// The policy file that goes with it, as a reader finds it.
    pub policy: Option<String>,
    /// Why the generator makes no crate of this document; the crate is not compared then.
    pub rejected: Option<String>,
    /// Why the generator rejects the document, although most of a crate could be compared.
    pub error: Option<String>,
    /// Operations that the crate lacks, as `METHOD /path`: the generator does not support them.
    pub left_out: Vec<String>,
}

/// A file that a document refers to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OtherFile {
    /// As a reader finds it.
    pub name: String,
    pub text: String,
}

impl Side {
    /// What the file is called that holds the place.
    pub fn name_of(&self, place: &Place) -> &str {
        self.other(place.file)
            .map_or(&self.name, |other| &other.name)
    }

    /// The path in the working tree of the file that holds the place.
    pub fn path_of(&self, place: &Place) -> Option<String> {
        let path = self.path.clone()?;
        let Some(other) = self.other(place.file) else {
            return Some(path);
        };
        // Names and paths differ in what the folder of the document is called.
        let folder = |path: &str| {
            path.rsplit_once('/')
                .map_or(0, |(folder, _)| folder.len() + 1)
        };
        let inside = other.name.strip_prefix(&self.name[..folder(&self.name)])?;
        Some(format!("{}{inside}", &path[..folder(&path)]))
    }

    /// One of the files other than the document itself.
    pub fn other(&self, file: FileId) -> Option<&OtherFile> {
        self.others.get(file.0.checked_sub(1)?)
    }

    /// Why the generator writes no crate of the document, if it does not.
    pub fn fault(&self) -> Option<String> {
        let rejected = self.rejected.as_ref().or(self.error.as_ref());
        let left_out = || Some(format!("`{}` is not supported", self.left_out.first()?));
        rejected.cloned().or_else(left_out)
    }
}

/// The whole in one line: each half is the worst of its rows. On the wire, accepted ones are left
/// out; the crate's version has to cover all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    pub wire: Severity,
    /// Edits by their worst severity; accepted ones are not counted.
    pub breaking: usize,
    pub risky: usize,
    pub safe: usize,
    pub none: usize,
    pub accepted: usize,
    pub surface: Bump,
    /// Edits that compile and fail at run time, whatever `surface` is; accepted ones are not counted.
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
    pub location: Location,
    /// What changed, in one sentence without a final period: "the property `name` was removed".
    pub message: String,
    pub base: Option<Place>,
    pub head: Option<Place>,
    /// What the edit is to callers, by direction and area; at least one.
    pub effects: Vec<Effect>,
    pub surface: Surface,
    /// `METHOD /path` of the operations that reach the place, in the order of the document.
    pub operations: Vec<String>,
    /// What callers have to do, where no item of the crate says it.
    pub advice: &'static str,
    /// The edit is a rename, and what would soften it.
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
    pub severity: Severity,
    /// Why the severity is what it is, or what callers meet; one sentence, may be empty.
    pub note: String,
    pub operations: Vec<String>,
}

/// A value of a document and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// In the document as one.
    pub location: Location,
    /// The file that holds it.
    pub file: FileId,
    pub value: Value,
    /// From 1.
    pub line: usize,
    /// The last line of the value, for showing it.
    pub end_line: usize,
}

/// What the edit does to the public surface of the crate.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Surface {
    pub bump: Bump,
    /// Calls fail that did not, or their responses cannot be read. Unless the bump is major, the compiler
    /// does not notice.
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
    pub location: Location,
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

impl Surface {
    /// The worst of the items first.
    pub fn of(mut items: Vec<Item>) -> Self {
        items.sort_by_cached_key(Item::worst_first);
        Self {
            bump: items.iter().map(|item| item.bump).max().unwrap_or_default(),
            fails_at_run_time: items.iter().any(|item| item.fails_at_run_time),
            items,
        }
    }
}

impl Item {
    /// A key that sorts the worst to the front, then by path.
    pub fn worst_first(&self) -> impl Ord + use<> {
        let worst = Reverse((self.bump, self.fails_at_run_time));
        (worst, self.path.clone())
    }
}

impl Effect {
    /// Only requests of the server are concerned, which the application receives and responds to.
    pub fn is_from_server(&self) -> bool {
        let from_server = |name: &String| name.starts_with(WEBHOOK) || name.starts_with(CALLBACK);
        !self.operations.is_empty() && self.operations.iter().all(from_server)
    }
}

impl Row {
    /// The worst of the edit on the wire.
    pub fn severity(&self) -> Severity {
        self.effects
            .iter()
            .map(|effect| effect.severity)
            .max()
            .unwrap_or_default()
    }

    /// The compiler says nothing, and what runs fails.
    pub fn is_silent(&self) -> bool {
        let surface = &self.surface;
        let mut major = surface.items.iter().filter(|item| item.bump == Bump::Major);
        surface.fails_at_run_time && major.all(|item| item.fails_at_run_time)
    }

    /// The worst in one direction, if the edit is seen there.
    pub fn severity_in(&self, direction: Direction) -> Option<Severity> {
        self.effects
            .iter()
            .filter(|effect| effect.direction == direction)
            .map(|effect| effect.severity)
            .max()
    }
}
