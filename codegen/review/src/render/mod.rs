//! A report as text for its readers, one file per format.

use crate::report::Report;

mod excerpt;
pub mod github;
mod headline;
pub mod html;
pub mod json;
pub mod markdown;
pub mod rejection;
mod sections;
mod short;
pub mod text;

/// How a report is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For the terminal; `color` asks for escape sequences.
    Text {
        color: bool,
    },
    Markdown,
    Json,
    Html,
    Github,
}

pub fn render(report: &Report, format: Format) -> String {
    match format {
        Format::Text { color } => text::render(report, color),
        Format::Markdown => markdown::render(report),
        Format::Json => json::render(report),
        Format::Html => html::render(report),
        Format::Github => github::render(std::slice::from_ref(report)),
    }
}
