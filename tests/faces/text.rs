//! The face for the terminal.

use codegen::diff::Report;
use codegen::diff::render::{Format, render};

use crate::fixture::{empty, hostile, sample};

fn plain(report: &Report) -> String {
    render(report, Format::Text { color: false })
}

#[test]
fn a_report_reads_like_this() {
    insta::assert_snapshot!(plain(&sample()));
}

#[test]
fn nothing_reads_like_this() {
    insta::assert_snapshot!(plain(&empty()));
}

#[test]
fn colors_are_all_that_color_adds() {
    let colored = render(&sample(), Format::Text { color: true });
    let mut pieces = colored.split("\u{1b}[");
    let mut stripped = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        stripped.push_str(piece.split_once('m').expect("an escape sequence ends").1);
    }
    let trimmed = |text: &str| {
        let lines = text.lines().map(|line| line.trim_end().to_owned());
        lines.collect::<Vec<_>>()
    };
    assert_eq!(trimmed(&stripped), trimmed(&plain(&sample())));
}

/// No text of a document moves the cursor, and none makes the report long.
#[test]
fn a_terminal_is_safe_from_a_document() {
    let text = plain(&hostile());
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
    assert!(!text.contains('\u{202e}'));
    assert!(text.len() < 200_000, "{}", text.len());
}
