//! The face on the changed lines.

use review::render::{Format, render};
use review::{Action, Direction, Kind, Report, Row, Severity};

use crate::faces::fixture::{self, empty, hostile};
use crate::faces::sample::sample;

fn commands(report: &Report) -> String {
    render(report, Format::Github)
}

#[test]
fn a_report_reads_like_this() {
    insta::assert_snapshot!(commands(&sample()));
}

#[test]
fn nothing_is_annotated_when_nothing_changes() {
    assert_eq!(commands(&empty()), "");
}

/// Each line is one command of ours: no text of a document begins one, or ends its properties.
#[test]
fn text_of_a_document_is_no_command() {
    let text = commands(&hostile());
    let path = "file=%3A%3Aerror%3A%3Astop%0A%3A%3Awarning file=x%3A%3Ay,line=";
    for line in text.lines() {
        let command = ["::error ", "::warning ", "::notice "];
        let command = command.iter().find_map(|kind| line.strip_prefix(kind));
        let (properties, _) = command.and_then(|rest| rest.split_once("::")).expect(line);
        assert!(properties.starts_with(path) || properties.starts_with("title="));
    }
    assert!(text.contains("100%2525 %250A, a:b"));
    assert!(text.len() < 30_000, "{}", text.len());
    // Below its last line GitHub shows it, where nobody would look who reads the first.
    assert!(text.contains("line=900,endLine=907"));
}

/// GitHub shows ten of each kind in a step.
#[test]
fn what_is_left_out_is_counted() {
    let severities = [
        (Severity::Breaking, 12),
        (Severity::Risky, 11),
        (Severity::Safe, 15),
    ];
    let severities = severities
        .into_iter()
        .flat_map(|(severity, count)| std::iter::repeat_n(severity, count));
    let rows: Vec<Row> = severities.map(edit).collect();
    let report = Report {
        verdict: fixture::verdict(&rows),
        rows,
        ..sample()
    };
    let text = commands(&report);
    let count = |kind: &str| text.lines().filter(|line| line.starts_with(kind)).count();
    assert_eq!(count("::error "), 10);
    assert_eq!(count("::warning "), 10);
    assert_eq!(count("::notice "), 10);
    let last = text.lines().last().unwrap_or_default();
    // One warning is that of the acceptance, and one notice this.
    assert!(
        last.starts_with("::notice title=10 more edits::10 edits"),
        "{last}"
    );
}

fn edit(severity: Severity) -> Row {
    let effect = fixture::effect(
        Direction::Response,
        Kind::Existence,
        Action::Remove,
        severity,
    );
    fixture::row("edit", "/paths", "the path was removed", vec![effect])
}

/// A file that is not in the working tree has no lines to annotate.
#[test]
fn what_has_no_file_has_no_lines() {
    let mut report = sample();
    report.head.path = None;
    let text = commands(&report);
    assert!(text.lines().count() > 5);
    assert!(!text.contains("file=") && !text.contains("line="));
}
