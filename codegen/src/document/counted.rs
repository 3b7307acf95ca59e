//! What is reported once, however often it is found.

use std::collections::BTreeMap;

use super::Reporter;
use crate::diagnostic::{Code, Diagnostic};
use crate::location::Location;

/// By code and message.
#[derive(Debug, Default)]
pub struct Counted {
    found: BTreeMap<(Code, String), Found>,
}

#[derive(Debug)]
struct Found {
    diagnostic: Diagnostic,
    /// The pointer where it was found first.
    first: String,
    count: usize,
}

impl Counted {
    /// Notes a finding; the pointer is spelled out for the first one alone.
    pub fn add(&mut self, diagnostic: Diagnostic, pointer: impl FnOnce() -> String) {
        let key = (diagnostic.code, diagnostic.message.clone());
        let first = || Found {
            diagnostic,
            first: pointer(),
            count: 0,
        };
        self.found.entry(key).or_insert_with(first).count += 1;
    }

    /// Reports each at the key where it was found first.
    pub fn report(self, location: impl Fn(&str) -> Location, reporter: &mut Reporter<'_>) {
        for found in self.found.into_values() {
            let mut diagnostic = found.diagnostic;
            if found.count > 1 {
                let places = format!(" ({} places, the first is shown)", found.count);
                diagnostic.message.push_str(&places);
            }
            reporter.at_key(diagnostic, &location(&found.first));
        }
    }
}
