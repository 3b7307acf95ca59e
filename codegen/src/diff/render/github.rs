//! Workflow commands of GitHub Actions: annotations on the lines of the changed file.

use crate::diff::Report;

pub fn render(_report: &Report) -> String {
    String::new()
}
