//! The deviations of one reading: one for all items of a list that have the same.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Deviation;
use crate::runtime::path::{self, Step};

/// What was found, with the path of the only one, if it is one.
#[derive(Default)]
pub struct Listing(BTreeMap<Found, Option<Vec<Step>>>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    path: Vec<Step>,
    expected: Cow<'static, str>,
    found: &'static str,
}

impl Listing {
    pub fn add(&mut self, at: &[Step], expected: Cow<'static, str>, found: &'static str) {
        let key = Found {
            path: at.iter().map(every).collect(),
            expected,
            found,
        };
        let place = self.0.entry(key);
        place
            .and_modify(|only| *only = None)
            .or_insert_with(|| Some(at.to_vec()));
    }

    /// Those of another as well.
    pub fn extend(&mut self, other: Self) {
        for (found, only) in other.0 {
            let place = self.0.entry(found);
            place.and_modify(|only| *only = None).or_insert(only);
        }
    }

    /// In the order of their paths, which begin with the member that holds all of them, if one does.
    pub fn deviations(self, member: Option<&str>, sensitive: &[&str]) -> Vec<Deviation> {
        let list = self.0.into_iter();
        let mut list: Vec<Found> = list
            .map(|(found, only)| Found {
                path: only.unwrap_or(found.path),
                ..found
            })
            .collect();
        list.sort();
        let list = list.into_iter().map(|found| Deviation {
            path: path::text(&found.path, member, sensitive),
            expected: found.expected.into_owned(),
            found: found.found.to_owned(),
        });
        list.collect()
    }
}

/// The same step to all items or entries.
fn every(step: &Step) -> Step {
    match step {
        Step::Item(_) => Step::Items,
        Step::Entry(_) => Step::Entries,
        other => other.clone(),
    }
}
