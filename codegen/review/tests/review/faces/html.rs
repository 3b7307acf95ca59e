//! The face for whoever reviews the change.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac_sha256::Hash;
use review::render::{Format, render};
use review::{Action, Direction, Kind, Report, Row, Severity};
use serde_json::{Value, json};

use crate::faces::fixture::{self, HOSTILE, empty, hostile};
use crate::faces::sample::{self, SILENT, sample};
use tests::browser::Browser;

fn page(report: &Report) -> String {
    render(report, Format::Html)
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let (_, rest) = text.split_once(start).expect(start);
    rest.split_once(end).expect(end).0
}

/// What differs from page to page.
fn content(page: &str) -> &str {
    between(page, "<main>\n", "</main>")
}

#[test]
fn an_edit_looks_like_this() {
    let report = Report {
        rows: vec![sample::row(SILENT)],
        stale: Vec::new(),
        equivalent: Vec::new(),
        ..sample()
    };
    let page = page(&report);
    insta::assert_snapshot!(between(content(&page), "</form>\n", "<p class=\"nothing\""));
}

#[test]
fn nothing_looks_like_this() {
    let page = page(&empty());
    insta::assert_snapshot!(between(content(&page), "", "<form"));
}

/// What the policy does not name does not run: not what a document brings, and neither the page's
/// own script after an edit of it.
#[test]
fn the_policy_names_the_style_and_the_script() {
    let page = page(&hostile());
    for (tag, start) in [("style", "<style>"), ("script", "<script>")] {
        let text = between(&page, start, &format!("</{tag}>")).to_owned();
        let hash = BASE64_STANDARD.encode(Hash::hash(text.as_bytes()));
        let policy = format!("{tag}-src 'sha256-{hash}';");
        assert!(page.contains(&policy), "write in html.rs: {policy}");
    }
    assert!(page.contains("default-src 'none';"));
}

#[test]
fn text_of_a_document_is_no_markup() {
    let page = page(&hostile());
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(page.matches("</script").count(), 2);
    assert!(!page.contains("<img") && !page.contains("<!--"));
    assert!(!content(&page).contains("\" onmouseover"));
    assert!(page.chars().all(|c| c == '\n' || !c.is_control()));
    assert!(!page.contains('\u{202e}'));
    let data = between(&page, "id=\"data\">", "</script>");
    let data: Value = serde_json::from_str(data).expect("it is JSON");
    assert_eq!(data["operations"][0], format!("GET /{}", HOSTILE[0]));
    assert!(page.len() < 500_000, "{}", page.len());
}

/// The lists of operations are what could be large: most edits have the same.
#[test]
fn a_list_of_operations_is_there_once() {
    let operations: Vec<String> = (0..500).map(|at| format!("GET /operations/{at}")).collect();
    let rows = (0..100).map(|at| Row {
        operations: operations.clone(),
        ..edit(at)
    });
    let page = page(&Report {
        rows: rows.collect(),
        ..sample()
    });
    assert_eq!(page.matches("<code>GET /operations/499</code>").count(), 1);
    assert_eq!(page.matches("href=\"#list-0\"").count(), 100);
}

fn edit(at: usize) -> Row {
    let effect = fixture::effect(
        Direction::Response,
        Kind::Existence,
        Action::Remove,
        Severity::Breaking,
    );
    fixture::row(
        &format!("edit-{at}"),
        "/paths",
        "the path was removed",
        vec![effect],
    )
}

/// The page with a script of the test after its own, which the policy is made to allow.
fn with_reader(page: &str) -> String {
    let hash = between(page, "script-src 'sha256-", "'");
    let reader = include_str!("reader.js");
    page.replace(&format!("'sha256-{hash}'"), "'unsafe-inline'")
        .replace("</body>", &format!("<script>{reader}</script></body>"))
}

#[test]
fn filters_and_keys_work_in_a_browser() {
    let Some(browser) = Browser::find() else {
        return;
    };
    let document = browser.dump(&with_reader(&page(&sample())));
    let seen = BASE64_STANDARD
        .decode(between(&document, ">BEGIN", "END<"))
        .expect("base64");
    let seen: Value = serde_json::from_slice(&seen).expect("it is JSON");
    let expected = json!({
        "all": 10,
        "risky": 1,
        "riskySections": ["Risky on the wire 1"],
        "riskyOrBreaking": 5,
        "count": "6 of 11 edits",
        "cleared": 10,
        "crate": 7,
        "docs": 1,
        "wire": 6,
        "operations": ["Any operation", "GET /usage", "GET /profile", "PUT /profile"],
        "ofOperation": 5,
        "text": 1,
        "nothing": true,
        "afterText": 10,
        "first": "edit-1",
        "second": "edit-2",
        "third": "edit-3",
        "toggled": true,
        "search": "text",
        "typed": "text",
        "ground": "rgb(255, 255, 255)",
        "otherGround": "rgb(17, 19, 23)",
        "sameGround": true,
        "help": true,
        "requests": 0,
    });
    assert_eq!(seen, expected);
}

/// As it is, with its policy: its script, which is that of every page, runs, and nothing that a document brings does.
#[test]
fn the_page_runs_under_its_policy() {
    let Some(browser) = Browser::find() else {
        return;
    };
    let document = browser.dump(&page(&hostile()));
    assert!(document.contains("class=\"scripted\""));
    assert_eq!(document.matches("<script").count(), 2);
}

#[test]
fn pictures_are_taken_when_asked_for() {
    let Some(browser) = Browser::find() else {
        return;
    };
    let page = page(&sample());
    for theme in ["light", "dark"] {
        let page = page.replace("<html lang", &format!("<html data-theme=\"{theme}\" lang"));
        for (width, height) in [(1400, 1800), (800, 2400)] {
            browser.screenshot(&page, &format!("report-{theme}-{width}"), width, height);
        }
    }
}
