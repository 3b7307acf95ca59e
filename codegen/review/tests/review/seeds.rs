//! The vendor's two pages about the usage endpoint, written before and after it went from alpha to
//! beta: a change of schema as it happens, and the example of docs/review.md.

use std::path::PathBuf;

use hmac_sha256::Hash;
use review::Severity;
use review::render::{Format, render};
use review::{Bump, Report};
use tests::browser::Browser;
use tests::changes::{self, folder};
use tests::workspace::{read, root};

const NAME: &str = "seeds";
/// Set to write the example and the picture instead of comparing them.
const RENEW: &str = "RENEW";
const COMMAND: &str = "RENEW=1 cargo test -p review --test review seeds";

const START: &str = "<!-- The example, made by codegen/review/tests/review/seeds.rs -->\n";
const END: &str = "<!-- The end of the example -->\n";

const WIDTH: u32 = 1400;
const HEIGHT: u32 = 930;
/// A picture that nobody minds cloning.
const LARGEST: usize = 150_000;

fn report() -> Report {
    changes::report(NAME)
}

/// Who called without credentials may be refused, and the crate's constructor asks for them.
#[test]
fn the_verdict_asks_for_a_version() {
    let verdict = report().verdict;
    assert_eq!(
        (verdict.wire, verdict.surface),
        (Severity::Risky, Bump::Major)
    );
    assert_eq!(verdict.version_now.as_deref(), Some("0.1.0"));
    assert_eq!(verdict.version_needed.as_deref(), Some("0.2.0"));
    assert!(!verdict.version_suffices);
}

#[test]
fn a_report_reads_like_this() {
    let faces = [
        ("text", Format::Text { color: false }),
        ("markdown", Format::Markdown),
        ("json", Format::Json),
    ];
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder(NAME));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (name, format) in faces {
        settings.bind(|| insta::assert_snapshot!(name, render(&report(), format)));
    }
}

#[test]
fn the_page_shows_the_report() {
    let file = root().join("docs/review.md");
    let text = read(&file);
    let (before, rest) = text.split_once(START).expect("the example has a start");
    let (shown, after) = rest.split_once(END).expect("the example has an end");
    let example = quoted(&render(&report(), Format::Markdown));
    if renews() {
        let text = format!("{before}{START}{example}{END}{after}");
        std::fs::write(file, text).expect("the page is written");
    } else {
        assert!(
            shown == example,
            "docs/review.md shows another report; renew it: {COMMAND}"
        )
    }
}

/// As a quotation, so that its headings are not the page's.
fn quoted(markdown: &str) -> String {
    let lines = markdown.trim_end().lines();
    let lines = lines.map(|line| format!("> {line}").trim_end().to_owned() + "\n");
    format!("\n{}\n", lines.collect::<String>())
}

/// Pixels differ with the browser and its fonts; the page is the same everywhere, and so its hash
/// tells whether the picture is of it.
#[test]
fn the_picture_shows_the_page() {
    let page = render(&report(), Format::Html);
    let hash: String = Hash::hash(page.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let (picture, kept) = (docs("review.png"), docs("review.png.of"));
    if renews() {
        let browser = Browser::find().expect("a picture needs Chromium");
        let light = page.replace("<html lang", "<html data-theme=\"light\" lang");
        browser.picture(&light, &picture, WIDTH, HEIGHT);
        std::fs::write(&kept, format!("{hash}\n")).expect("the hash is written");
    }
    assert!(
        read(&kept).trim_end() == hash,
        "the page is not the one in docs/review.png any more; renew it and look at it: {COMMAND}"
    );
    let picture = std::fs::read(&picture).expect("there is a picture");
    // Of a PNG, the first chunk is of this form.
    let width = picture.get(16..20).expect("it has a head");
    assert_eq!(width, WIDTH.to_be_bytes());
    assert!(picture.len() < LARGEST, "{} bytes", picture.len());
}

fn docs(name: &str) -> PathBuf {
    root().join("docs").join(name)
}

fn renews() -> bool {
    std::env::var_os(RENEW).is_some()
}
