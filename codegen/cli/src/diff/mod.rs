//! `cargo sdk diff`: what a change of the document does to the wire and to the crate.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use codegen::diagnostic::{Diagnostics, Source};
use review::Report;
use review::render::rejection::Rejection;
use review::settings::Settings;

use crate::outcome::{Outcome, Result, Unable, exit_code};
use crate::progress;
use crate::screen;
use findings::FailOn;
use output::{Also, Face};
use pair::{Found, Pair, Reading};
use writing::Written;

mod blank;
mod document_path;
mod findings;
mod folder;
pub mod git;
pub mod output;
pub mod pair;
pub mod pairs;
mod renames;
pub mod scope;
pub mod writing;

/// The day on which acceptances and sunsets are judged, for reports that are the same
/// tomorrow.
const TODAY: &str = "SCHEMA_REVIEW_TODAY";

pub const EXAMPLES: &str = "\
BASE and HEAD are files, revisions of git, or files of a revision as REV:PATH. Without them, the document that Cargo.toml
names is compared with what it was where HEAD left the default branch, or else each document under schema/ is; with one
revision, with what it was there.

Cargo.toml names files under [workspace.metadata.sdk], as for `generate`: schema, policy, review. What it does not name is
beside the document: the policy has its name and the ending toml, and the review file is review.toml.

Examples:
  cargo sdk diff                                       the working tree against the default branch
  cargo sdk diff v1.2.0                                against a revision
  cargo sdk diff v1.2.0 v1.3.0 --format markdown       two revisions
  cargo sdk diff main:schema/petstore.yaml new.yaml    a file of a revision, and a file
  cargo sdk diff old.json new.yaml --fail-on never     two documents
  cargo sdk diff --format github --also html=review.html --also markdown=review.md

Without --fail-on, a run fails when callers on the wire break, or when the change is a major one for the crate and the
version in the policy file is too low. What the review file accepts counts for the version only.

Where several documents have changed, their reports follow each other: in JSON as {\"reports\": [...]}, of which each is
what one document would be; as html with --out, in a file for each.

SCHEMA_REVIEW_TODAY=2026-11-22 sets the day on which accepted changes expire.

Exit codes: 0 fine, 1 findings, 2 wrong usage or unreadable input.";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The old version [default: where HEAD left the default branch]
    base: Option<String>,
    /// The new version [default: the working tree]
    head: Option<String>,
    /// The format of the report
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Face,
    /// The minimum severity that fails the run
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,
    /// Write the report to a file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write another format as well; may be repeated
    #[arg(long, value_name = "FORMAT=FILE")]
    also: Vec<Also>,
    /// The review file: severities and accepted changes [default: Cargo.toml's, or review.toml beside the document]
    #[arg(long, value_name = "FILE")]
    review: Option<PathBuf>,
    /// A folder beside the documents' own that they may refer to files of; may be repeated
    #[arg(long, value_name = "DIR")]
    allow_outside: Vec<PathBuf>,
    /// An overlay that is applied to both, after those of the policy files; may be repeated
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Show every warning about the documents
    #[arg(long, short)]
    verbose: bool,
}

pub fn run(options: &Options) -> ExitCode {
    exit_code(review(options))
}

impl Options {
    fn reading(&self) -> Reading {
        Reading {
            allow_outside: self.allow_outside.clone(),
            overlays: self.overlay.clone(),
        }
    }
}

fn review(options: &Options) -> Result<Outcome> {
    let (base, head) = (options.base.as_deref(), options.head.as_deref());
    let found = pairs::find(base, head, &options.reading())?;
    let mut inputs = found.inputs();
    inputs.extend(options.review.clone());
    let reports = match compare(found, options.review.as_deref(), options.verbose) {
        Ok(reports) => reports,
        Err(failure) => {
            if let Failure::Rejection(rejection) = &failure {
                show_rejection(rejection, options, &inputs)?;
            }
            return Err(failure.into());
        }
    };
    show(&reports, options, &inputs)?;
    let findings: Vec<_> = reports
        .iter()
        .flat_map(|report| findings::of(report, options.fail_on))
        .collect();
    for finding in &findings {
        screen::failure(&finding.message, &finding.help);
    }
    if findings.is_empty() {
        Ok(Outcome::Fine)
    } else {
        Ok(Outcome::Findings)
    }
}

/// Why there are no reports.
pub enum Failure {
    /// A document is none, or the review file. The errors were printed.
    Rejection(Rejection),
    Other(Unable),
}

/// A report for each pair. Of several documents those that did not change at all are left out.
pub fn compare(
    mut found: Found,
    config: Option<&Path>,
    verbose: bool,
) -> std::result::Result<Vec<Report>, Failure> {
    let today = today()?;
    let name = found.review_name.take();
    let review = accepted(found.review.take(), name, config)?;
    for note in found.pairs.iter().flat_map(|pair| &pair.notes) {
        screen::note(note);
    }
    let mut reports = Vec::new();
    for pair in &found.only_changed().pairs {
        reports.push(report(pair, &review, &today, verbose)?);
    }
    keep_what_all_find_stale(&mut reports);
    Ok(reports)
}

/// What the review file says: the one that was named, or else the one that is there.
fn accepted(
    found: Option<Source>,
    name: Option<String>,
    named: Option<&Path>,
) -> std::result::Result<Settings, Failure> {
    let mut diagnostics = Diagnostics::default();
    let file = match (named, &found) {
        (Some(path), _) => Some(path.display().to_string()),
        (None, found) => found.as_ref().map(|source| source.name.clone()),
    };
    let review = match (named, found) {
        (Some(path), _) => Settings::load(path, &mut diagnostics),
        (None, Some(source)) => Settings::parse(Arc::new(source), &mut diagnostics),
        (None, None) => Ok(name.map_or_else(Settings::default, Settings::of_no_file)),
    };
    review.map_err(|_| {
        screen::errors(&diagnostics);
        Failure::Rejection(Rejection {
            message: "the review file cannot be used".to_owned(),
            errors: diagnostics,
            file: file.map(|name| (name.clone(), name)),
        })
    })
}

fn report(
    pair: &Pair,
    review: &Settings,
    today: &str,
    verbose: bool,
) -> std::result::Result<Report, Failure> {
    let mut diagnostics = Diagnostics::default();
    let report = progress::shown(|| {
        review::compare(&pair.base, &pair.head, review, today, &mut diagnostics)
    });
    diagnostics.sort();
    match report {
        Ok(report) => {
            if verbose {
                screen::all(&diagnostics);
            }
            Ok(report)
        }
        Err(_) => {
            screen::errors(&diagnostics);
            let (base, head) = (&pair.base.document.name, &pair.head.document.name);
            let path = pair.head.path.as_ref();
            Err(Failure::Rejection(Rejection {
                message: format!("{base} and {head} cannot be compared"),
                errors: diagnostics,
                file: path.map(|path| (head.clone(), path.display().to_string())),
            }))
        }
    }
}

/// An acceptance is for one document; that the others do not need it says nothing. Those
/// that none needs are reported once.
fn keep_what_all_find_stale(reports: &mut [Report]) {
    let Some((first, others)) = reports.split_first_mut() else {
        return;
    };
    first
        .stale
        .retain(|stale| others.iter().all(|report| report.stale.contains(stale)));
    for report in others {
        report.stale.clear();
    }
}

fn show(reports: &[Report], options: &Options, inputs: &[PathBuf]) -> Result<()> {
    // Everything is rendered before anything is written.
    let mut written = Vec::new();
    let mut screen = None;
    match &options.out {
        Some(file) => written.extend(output::files(reports, options.format, file)),
        None => screen = Some(output::screen(reports, options.format)?),
    }
    for Also { face, file } in &options.also {
        written.extend(output::files(reports, *face, file));
    }
    writing::write(&written, inputs)?;
    if options.format == Face::Github {
        output::step_summary(reports)?;
    }
    screen.map_or(Ok(()), |text| output::print(&text))
}

/// An older report, which a pull request would keep, says nothing of this document.
fn show_rejection(rejection: &Rejection, options: &Options, inputs: &[PathBuf]) -> Result<()> {
    let mut written = Vec::new();
    let mut screen = String::new();
    let text = output::rejection(rejection, options.format);
    match &options.out {
        Some(file) => written.extend(text.map(|text| Written {
            file: file.clone(),
            text,
        })),
        None => screen = text.unwrap_or_default(),
    }
    for Also { face, file } in &options.also {
        written.extend(output::rejection(rejection, *face).map(|text| Written {
            file: file.clone(),
            text,
        }));
    }
    writing::write(&written, inputs)?;
    if options.format == Face::Github {
        output::add_to_summary(&rejection.markdown())?;
    }
    output::print(&screen)
}

impl From<Unable> for Failure {
    fn from(unable: Unable) -> Self {
        Self::Other(unable)
    }
}

impl From<Failure> for Unable {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Rejection(rejection) => Self(rejection.message),
            Failure::Other(unable) => unable,
        }
    }
}

/// In UTC, so that it is one day for everybody.
pub fn today() -> Result<String> {
    let now = || {
        jiff::Timestamp::now()
            .to_zoned_datetime(jiff::tz::TimeZone::UTC)
            .date()
    };
    let day = match env::var(TODAY) {
        Ok(text) => text.parse::<jiff::civil::Date>().map_err(|_| {
            Unable(format!(
                "{TODAY} is `{text}`, which is not a day\n  help: write it as in {TODAY}=2026-11-22"
            ))
        })?,
        Err(_) => now(),
    };
    Ok(day.to_string())
}
