//! The order in which every face shows the edits: each in one section, the worst section first.

use crate::report::{Report, Row};
use crate::taxonomy::{Bump, Severity};

/// What a reader has to know of edits together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    Breaking,
    /// The compiler says nothing of these, so they come before those of which it does.
    RunTime,
    Crate,
    Risky,
    Safe,
    Nothing,
}

/// The edits of a report, in the order of the sections.
#[derive(Debug)]
pub struct Sections<'r> {
    /// None is empty.
    pub open: Vec<(Section, Vec<&'r Row>)>,
    pub accepted: Vec<&'r Row>,
}

impl<'r> Sections<'r> {
    pub fn of(report: &'r Report) -> Self {
        let (accepted, mut open): (Vec<&Row>, Vec<&Row>) =
            report.rows.iter().partition(|row| row.accepted.is_some());
        open.sort_by_key(|row| (Section::of(row), std::cmp::Reverse(rank(row))));
        let groups = open.chunk_by(|a, b| Section::of(a) == Section::of(b));
        Self {
            open: groups
                .map(|rows| (Section::of(rows[0]), rows.to_vec()))
                .collect(),
            accepted,
        }
    }
}

impl Section {
    pub fn of(row: &Row) -> Self {
        match (row.severity(), row.surface.bump) {
            _ if row.is_silent() => Self::RunTime,
            (Severity::Breaking, _) => Self::Breaking,
            (Severity::Risky, _) => Self::Risky,
            (_, Bump::Major) => Self::Crate,
            (Severity::Safe, _) | (_, Bump::Minor) => Self::Safe,
            _ => Self::Nothing,
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Breaking => "Breaking on the wire",
            Self::RunTime => "Compiles, fails at run time",
            Self::Crate => "Safe on the wire, breaks the crate",
            Self::Risky => "Risky on the wire",
            Self::Safe => "Safe",
            Self::Nothing => "No effect on callers",
        }
    }

    /// The title, and how many edits are below it.
    pub fn counted(self, rows: &[&Row]) -> String {
        let (title, count) = (self.title(), rows.len());
        match self.breaking(rows) {
            Some(breaking) => format!("{title}: {count} (breaking on the wire: {breaking})"),
            None => format!("{title}: {count}"),
        }
    }

    /// The verdict counts what breaks the wire wherever it stands, so that a section with other edits
    /// as well says how many of its own do.
    pub fn breaking(self, rows: &[&Row]) -> Option<usize> {
        let breaking = rows
            .iter()
            .filter(|row| row.severity() == Severity::Breaking);
        Some(breaking.count()).filter(|count| *count > 0 && self != Self::Breaking)
    }

    /// What the title means to the reader.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Breaking => "What callers send or read today is invalid after this.",
            Self::RunTime => {
                "Applications build as before; then calls are rejected, or responses cannot be read."
            }
            Self::Crate => {
                "Callers on the wire are not affected; applications that use the crate stop compiling."
            }
            Self::Risky => "Some callers may break: it depends on what they do.",
            Self::Safe => "Callers and applications work as before.",
            Self::Nothing => "Names and texts that never reach callers.",
        }
    }

    /// Each edit deserves to be shown whole.
    pub fn is_grave(self) -> bool {
        self <= Self::Risky
    }
}

fn rank(row: &Row) -> (Severity, Bump) {
    (row.severity(), row.surface.bump)
}
