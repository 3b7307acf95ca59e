//! For programs: documented and versioned.

use crate::diff::Report;

pub fn render(_report: &Report) -> String {
    String::new()
}
