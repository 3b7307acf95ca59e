//! `schema/review.toml`: severities of a team's own, and changes that were accepted.

use super::{Row, Stale};

/// What the file says. All of it may be missing.
#[derive(Debug, Default)]
pub struct Review {}

impl Review {
    /// Sets the levels that the file asks for and marks what it accepts. `today` is as in
    /// `2026-11-22`. Returns the acknowledgements that do nothing any more.
    pub fn apply(&self, _rows: &mut [Row], _today: &str) -> Vec<Stale> {
        Vec::new()
    }
}
