//! The face for the terminal.

use review::render::{Format, render};
use review::{Action, Direction, Kind, Report, Row, Severity};

use crate::faces::fixture::{effect, empty, hostile, row};
use crate::faces::sample::{self, CITY, SILENT, sample};

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

/// Two hundred edits are still read, not scrolled past: after some of them, each has a line.
#[test]
fn many_edits_have_a_line_each() {
    let rows = vec![sample::row(CITY); 200];
    let text = plain(&Report { rows, ..sample() });
    assert!(text.contains("Breaking on the wire: 200"));
    assert!(text.contains("\nand 180 more\n  major main:schema/store.yaml:53  the property"));
    assert!(text.lines().count() < 600, "{}", text.lines().count());
}

/// Of a document without line breaks there is no line to show, and so the values are.
#[test]
fn a_document_of_one_line_shows_values() {
    let mut report = sample();
    report.rows = vec![sample::row(SILENT)];
    report.base.text = format!("{{{}}}", " ".repeat(4_000));
    report.head.text = report.base.text.clone();
    for row in &mut report.rows {
        for place in [&mut row.base, &mut row.head].into_iter().flatten() {
            (place.line, place.end_line) = (1, 1);
        }
    }
    let text = plain(&report);
    assert!(text.contains("= was: 120\n"));
    assert!(text.contains("= now: 80\n"));
    assert!(text.lines().all(|line| line.len() < 400));
}

/// What moved goes at one place and comes at another, for one reason.
#[test]
fn a_reason_is_given_once() {
    let effects = [Action::Add, Action::Remove].map(|action| {
        let mut effect = effect(Direction::None, Kind::Existence, action, Severity::Breaking);
        effect.note = "nobody is there".to_owned();
        effect
    });
    let report = Report {
        rows: vec![row("a", "/a", "moved", effects.into())],
        ..sample()
    };
    let formats = [Format::Text { color: false }, Format::Markdown];
    for format in formats {
        let text = render(&report, format);
        assert_eq!(text.matches("nobody is there").count(), 1, "{text}");
    }
    let page = render(&report, Format::Html);
    assert_eq!(page.matches("Nobody is there").count(), 1, "{page}");
}

/// Where the server calls, the application reads requests and sends the responses.
#[test]
fn requests_of_the_server_are_called_so() {
    let line = |operations: [&str; 2]| {
        let read = effect(
            Direction::Response,
            Kind::Type,
            Action::Change,
            Severity::Risky,
        );
        let sent = effect(
            Direction::Request,
            Kind::Type,
            Action::Change,
            Severity::Safe,
        );
        let mut effects = vec![read, sent];
        for effect in &mut effects {
            effect.operations = operations.map(str::to_owned).to_vec();
        }
        let rows = vec![row("a", "/webhooks/born", "the type changed", effects)];
        let text = plain(&Report { rows, ..empty() });
        let mut lines = text.lines().filter_map(|line| line.split_once("= wire: "));
        lines.next().map(|(_, line)| line.to_owned())
    };
    let from_server = line(["WEBHOOK born", "CALLBACK died of GET /pets"]);
    assert_eq!(
        from_server.as_deref(),
        Some("risky for requests of the server, safe for responses to the server")
    );
    let both = line(["WEBHOOK born", "GET /pets"]);
    assert_eq!(
        both.as_deref(),
        Some("risky for responses, safe for requests")
    );
}

/// Also where no item of the crate changes.
#[test]
fn every_face_says_what_to_do() {
    let effects = vec![effect(
        Direction::Request,
        Kind::Constraints,
        Action::Decrease,
        Severity::Breaking,
    )];
    let report = Report {
        rows: vec![Row {
            advice: "Send less of it.",
            ..row("edit", "/x", "the limit was lowered", effects)
        }],
        ..empty()
    };
    for format in [
        Format::Text { color: false },
        Format::Markdown,
        Format::Json,
        Format::Html,
        Format::Github,
    ] {
        let text = render(&report, format);
        assert!(text.contains("Send less of it."), "{text}");
    }
}
