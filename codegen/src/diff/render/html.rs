//! One self-contained page: filters, base and head side by side, light and dark.

use crate::diff::Report;

pub fn render(_report: &Report) -> String {
    String::new()
}
