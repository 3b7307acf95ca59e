//! All documents, and how many of them passed what.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::record::{Counts, Record};
use crate::tools::Outcome;

pub struct Scoreboard {
    /// Sorted by document.
    pub records: Vec<Record>,
    /// Files that hold no OpenAPI document.
    pub others: Vec<String>,
}

/// What a document passes.
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
            Self::Clean => "without warnings of the compiler",
        }
    }

    /// None where the run did not look at it. What was not generated passes nothing.
    pub fn is_passed(self, record: &Record) -> Option<bool> {
        let Some(generated) = &record.generated else {
            return Some(false);
        };
        let check = record.check.as_ref();
        match self {
            Self::Generated => Some(true),
            Self::Complete => Some(generated.left_out.is_empty()),
            Self::Compiled => check.map(|check| check.errors.is_empty()),
            Self::Clean => check.map(|check| check.errors.is_empty() && check.warnings.is_empty()),
        }
    }
}

/// One kind of what was reported.
pub struct Class {
    pub name: String,
    pub documents: usize,
    pub times: usize,
}

impl Scoreboard {
    /// How many documents pass a step; None where the run did not look at it.
    pub fn passed(&self, step: Step) -> Option<usize> {
        let checked = self.records.iter().any(|record| record.check.is_some());
        let known = checked || matches!(step, Step::Generated | Step::Complete);
        let passes = |record: &&Record| step.is_passed(record) == Some(true);
        known.then(|| self.records.iter().filter(passes).count())
    }

    /// How many examples come back equal, of how many.
    pub fn examples(&self) -> (usize, usize) {
        let read = self
            .records
            .iter()
            .filter_map(|record| record.round_trip.as_ref());
        read.fold((0, 0), |(equal, all), examples| {
            (equal + examples.equal(), all + examples.examples.len())
        })
    }

    /// Examples of bodies of which any JSON comes back.
    pub fn untyped_examples(&self) -> usize {
        let crates = self
            .records
            .iter()
            .filter_map(|record| record.generated.as_ref());
        crates.map(|made| made.untyped_examples).sum()
    }

    /// What is counted of all records; what most documents have comes first.
    pub fn classes(&self, of: fn(&Record) -> Counts) -> Vec<Class> {
        let mut classes: BTreeMap<String, Class> = BTreeMap::new();
        for (name, times) in self.records.iter().flat_map(of) {
            let class = classes.entry(name.clone()).or_insert(Class {
                name,
                documents: 0,
                times: 0,
            });
            class.documents += 1;
            class.times += times;
        }
        let mut classes: Vec<Class> = classes.into_values().collect();
        classes.sort_by_key(|class| Reverse(class.documents));
        classes
    }

    /// Without a baseline, all documents have to become crates that compile without a warning.
    pub fn outcome(&self) -> Outcome {
        let steps = [Step::Generated, Step::Compiled, Step::Clean];
        let fails = |record: &Record| {
            steps
                .iter()
                .any(|step| step.is_passed(record) == Some(false))
        };
        if self.records.iter().any(fails) {
            Outcome::Findings
        } else {
            Outcome::Fine
        }
    }
}
