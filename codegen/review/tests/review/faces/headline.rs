//! The first lines of every face.

use review::render::{Format, render};
use review::{Bump, Report, Verdict};

use crate::faces::fixture::{empty, verdict};
use crate::faces::sample::sample;

/// That the compiler says nothing is no reason to say nothing.
#[test]
fn what_fails_without_a_word_is_counted() {
    let rows: Vec<_> = sample()
        .rows
        .into_iter()
        .filter(|row| row.is_silent())
        .collect();
    let message = rows[0].message.clone();
    let verdict = verdict(&rows);
    assert_eq!(verdict.surface, Bump::Patch);
    let report = Report {
        verdict,
        rows,
        ..empty()
    };
    let shown = "crate: patch, 0.4.2 -> 0.4.3, 1 fails at run time";
    let text = render(&report, Format::Text { color: false });
    assert!(text.contains(shown), "{text}");
    assert!(text.contains(&format!("\n  crate   {message}")), "{text}");
    let markdown = render(&report, Format::Markdown);
    assert!(markdown.contains(shown), "{markdown}");
    assert!(
        markdown.contains(&format!("\n- **crate:** {message}")),
        "{markdown}"
    );
    let page = render(&report, Format::Html);
    let half = "<span class=\"half breaking\"><small>Crate</small> patch, 0.4.2 → 0.4.3, 1 fails at run time</span>";
    assert!(page.contains(half), "{page}");
    let several = Verdict {
        fails_at_run_time: 2,
        ..report.verdict.clone()
    };
    let report = Report {
        verdict: several,
        ..report
    };
    let text = render(&report, Format::Text { color: false });
    assert!(
        text.contains("crate: patch, 0.4.2 -> 0.4.3, 2 fail at run time"),
        "{text}"
    );
}
