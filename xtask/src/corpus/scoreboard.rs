//! All documents, and how many of them passed what.

use super::record::{Counts, Record};
use crate::tools::Outcome;

pub struct Scoreboard {
    /// Sorted by document.
    pub records: Vec<Record>,
    /// Files that hold no OpenAPI document.
    pub others: Vec<String>,
}

/// What a document passes, one built on the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Generated,
    Complete,
    Compiled,
    Clean,
}

impl Step {
    pub const ALL: [Self; 4] = [Self::Generated, Self::Complete, Self::Compiled, Self::Clean];

    pub fn name(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::Complete => "complete (nothing left out)",
            Self::Compiled => "compiled",
            Self::Clean => "without warnings",
        }
    }

    pub fn is_passed(self, record: &Record) -> bool {
        match self {
            Self::Generated => record.generated.is_some(),
            Self::Complete => record.is_complete(),
            Self::Compiled => record.compiles(),
            Self::Clean => record.is_clean(),
        }
    }

    /// Whether the run looked at it.
    pub fn is_known(self, record: &Record) -> bool {
        match self {
            Self::Generated | Self::Complete => true,
            Self::Compiled | Self::Clean => record.generated.is_none() || record.check.is_some(),
        }
    }
}

impl Scoreboard {
    pub fn new(records: Vec<Record>, others: Vec<String>) -> Self {
        Self { records, others }
    }

    /// How many documents pass a step.
    pub fn passed(&self, step: Step) -> usize {
        self.records
            .iter()
            .filter(|record| step.is_passed(record))
            .count()
    }

    /// The sum over all crates.
    pub fn sum(&self, of: impl Fn(&super::record::Generated) -> usize) -> usize {
        let crates = self
            .records
            .iter()
            .filter_map(|record| record.generated.as_ref());
        crates.map(of).sum()
    }

    /// What was reported of the records, by class: how often, and of how many documents; the most frequent first.
    pub fn classes(&self, of: impl Fn(&Record) -> Option<&Counts>) -> Vec<(String, usize, usize)> {
        let mut classes: std::collections::BTreeMap<&str, (usize, usize)> = Default::default();
        for (class, count) in self.records.iter().filter_map(of).flatten() {
            let (times, documents) = classes.entry(class).or_default();
            *times += count;
            *documents += 1;
        }
        let mut classes: Vec<_> = classes
            .into_iter()
            .map(|(class, (times, documents))| (class.to_owned(), times, documents))
            .collect();
        classes.sort_by(|one, other| other.2.cmp(&one.2).then(one.0.cmp(&other.0)));
        classes
    }

    /// Without a baseline, all documents have to become crates that compile without a warning.
    pub fn outcome(&self) -> Outcome {
        let steps = [Step::Generated, Step::Compiled, Step::Clean];
        let passes = |record: &Record| {
            let mut known = steps.iter().filter(|step| step.is_known(record));
            known.all(|step| step.is_passed(record))
        };
        if self.records.iter().all(passes) {
            Outcome::Fine
        } else {
            Outcome::Findings
        }
    }
}
