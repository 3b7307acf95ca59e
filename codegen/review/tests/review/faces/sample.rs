//! The report on `base.yaml` and `head.yaml`, which differ in one edit of each kind.

use std::sync::Arc;

use codegen::diagnostic::{Diagnostics, Source};
use review::settings::Settings;
use review::{Input, Report, Row};

const BASE: &str = include_str!("base.yaml");
const HEAD: &str = include_str!("head.yaml");
const REVIEW: &str = include_str!("review.toml");
/// What fails at run time, and the compiler says nothing.
pub const SILENT: &str = "/components/schemas/Profile/properties/name/maxLength";
/// What requests and responses see.
pub const CITY: &str = "/components/schemas/Profile/properties/city";
const POLICY: &str = "[package]\nversion = \"0.4.2\"\n";
/// The day on which it is made.
const TODAY: &str = "2026-11-22";

pub fn sample() -> Report {
    let mut diagnostics = Diagnostics::default();
    let base = Input {
        document: source("main:schema/store.yaml", BASE),
        policy: Some(source("main:schema/store.toml", POLICY)),
        ..Input::default()
    };
    let head = Input {
        document: source("schema/store.yaml", HEAD),
        policy: Some(source("schema/store.toml", POLICY)),
        path: Some("schema/store.yaml".into()),
        ..Input::default()
    };
    let review = review(&mut diagnostics);
    let report = review::compare(&base, &head, &review, TODAY, &mut diagnostics);
    report.unwrap_or_else(|_| panic!("both are documents"))
}

/// The row at the pointer.
pub fn row(pointer: &str) -> Row {
    let mut rows = sample().rows.into_iter();
    let row = rows.find(|row| &*row.location.pointer == pointer);
    row.unwrap_or_else(|| panic!("no edit is at {pointer}"))
}

fn review(diagnostics: &mut Diagnostics) -> Settings {
    let settings = Settings::parse(source("schema/review.toml", REVIEW), diagnostics);
    settings.unwrap_or_else(|_| panic!("the review file is right"))
}

fn source(name: &str, text: &str) -> Arc<Source> {
    let (name, text) = (name.to_owned(), text.to_owned());
    Arc::new(Source::new(name, text))
}
