//! The face for the comment on a pull request.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use review::render::{Format, markdown, render};
use review::{Action, Bump, Direction, Kind, Report, Row, Severity};
use serde_json::json;

use crate::faces::fixture::{self, HOSTILE, empty, hostile};
use crate::faces::sample::sample;

#[test]
fn a_report_reads_like_this() {
    insta::assert_snapshot!(render(&sample(), Format::Markdown));
}

#[test]
fn nothing_reads_like_this() {
    insta::assert_snapshot!(render(&empty(), Format::Markdown));
}

/// Outside of code, no text of a document is markup, mentions anyone, or refers to anything.
#[test]
fn text_of_a_document_stays_text() {
    let text = render(&hostile(), Format::Markdown);
    let read = Read::of(&text);
    for sign in ["@everyone", "#123", "https://", "www."] {
        assert!(!read.prose.contains(sign), "{sign} in {}", read.prose);
    }
    assert_eq!(read.markup.matches("<!--").count(), 1);
    assert!(text.starts_with(markdown::MARKER));
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
}

/// What a reader of Markdown makes of a comment.
#[derive(Default)]
struct Read {
    /// Text outside of code.
    prose: String,
    /// Tags and comments. None has anything of a document.
    markup: String,
}

impl Read {
    fn of(text: &str) -> Self {
        let mut read = Self::default();
        let mut code = false;
        for event in Parser::new_ext(text, Options::ENABLE_GFM | Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::CodeBlock(_)) => code = true,
                Event::End(TagEnd::CodeBlock) => code = false,
                Event::Text(text) if !code => read.prose.push_str(&text),
                Event::Html(html) | Event::InlineHtml(html) => read.markup.push_str(&html),
                Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Table(_)) => {
                    panic!("{event:?} in {text}")
                }
                _ => {}
            }
        }
        for line in read.markup.lines() {
            let ours = line.starts_with("<details><summary>") || line == "</details>";
            assert!(ours || line == markdown::MARKER, "{line} in {text}");
        }
        read
    }

    fn is_closed(&self) -> bool {
        let count = |tag| self.markup.matches(tag).count();
        count("<details>") == count("</details>")
    }
}

/// A reader has to know of what the crate does not have, and of a crate that is not there.
#[test]
fn what_the_crate_lacks_is_said() {
    let mut report = sample();
    report.head.left_out = vec!["POST /upload".into()];
    report.base.rejected = Some("it is Swagger 2.0".into());
    let text = render(&report, Format::Markdown);
    assert!(text.contains("crate: unknown\n"));
    assert!(
        text.contains(
            "the generator makes no crate of `main:schema/store.yaml`: it is Swagger 2.0"
        )
    );
    assert!(text.contains("<summary>The crate lacks 1 operation</summary>\n\n`POST /upload`"));
}

#[test]
fn what_is_cut_is_counted() {
    let report = many(&[3_000, 0, 0], 20);
    let text = render(&report, Format::Markdown);
    assert!(text.len() <= markdown::COMMENT, "{}", text.len());
    assert!(text.contains("### Breaking on the wire: 3000"));
    let shown = text.matches("was removed").count() - 2;
    let cut = format!("**{} more are not shown**", 3_000 - shown);
    assert!(text.contains(&cut), "{}", &text[text.len() - 600..]);
    assert!(shown > 100, "{shown}");
}

#[test]
fn the_step_summary_has_more_room() {
    let report = many(&[1_000, 0, 0], 20);
    let summary = markdown::render_within(&report, markdown::STEP_SUMMARY);
    assert!(!summary.contains("not shown"));
    assert!(summary.len() > markdown::COMMENT);
}

/// So many breaking, risky and safe edits, with texts of such a length.
fn many(counts: &[usize; 3], length: usize) -> Report {
    let severities = [Severity::Breaking, Severity::Risky, Severity::Safe];
    let severities = severities.into_iter().zip(counts);
    let severities = severities.flat_map(|(severity, count)| std::iter::repeat_n(severity, *count));
    let rows: Vec<Row> = severities
        .enumerate()
        .map(|(at, severity)| edit(at, severity, length))
        .collect();
    Report {
        verdict: fixture::verdict(&rows),
        rows,
        ..sample()
    }
}

fn edit(at: usize, severity: Severity, length: usize) -> Row {
    let text = HOSTILE[at % HOSTILE.len()].repeat(length / 10);
    let declared = Some(format!("pub x: {text}"));
    let message = format!("the property `{}` was removed", "x".repeat(length));
    let effect = fixture::effect(
        Direction::Response,
        Kind::Existence,
        Action::Remove,
        severity,
    );
    Row {
        base: Some(fixture::at("/x", json!(text), 1, 2)),
        operations: vec![format!("GET /{text}"); length.min(60)],
        surface: fixture::surface(vec![fixture::item(
            Bump::Major,
            "x::y",
            declared,
            None,
            &text,
        )]),
        ..fixture::row(&format!("edit-{at}"), "/x", &message, vec![effect])
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_report_is_larger_than_its_limit(
        counts in [0..200_usize, 0..200, 0..200],
        length in prop_oneof![Just(10_usize), Just(100), Just(5_000)],
        limit in prop_oneof![0..3_000_usize, 3_000..9_000_usize, Just(20_000), Just(markdown::COMMENT)],
    ) {
        let length = if counts.iter().sum::<usize>() > 60 { length.min(100) } else { length };
        let equivalent = fixture::equivalent(&"/x".repeat(100), &"same".repeat(100));
        let report = Report { equivalent: vec![equivalent; 200], ..many(&counts, length) };
        let text = markdown::render_within(&report, limit);
        prop_assert!(text.len() <= limit, "{} of {limit}", text.len());
        if limit > 3_000 {
            prop_assert!(Read::of(&text).is_closed(), "{text}");
            prop_assert!(text.ends_with(">\n\n") || text.ends_with("as well.\n"), "{text}");
        }
    }
}
