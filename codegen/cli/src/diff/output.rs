//! Reports on their way out: which texts go where, of one document and of several.

use std::env;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use review::Report;
use review::render::rejection::Rejection;
use review::render::{self, Format, github, markdown};

use super::writing::Written;
pub use crate::outcome::print;
use crate::outcome::{Result, Unable, cannot};

/// How a report is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Face {
    /// For the terminal
    Text,
    /// For people on GitHub: at most 65,536 bytes
    Markdown,
    /// The same, and empty where there is nothing to report: for a comment that is kept up to date
    Comment,
    /// For programs
    Json,
    /// One page that needs nothing else, with filters and both versions side by side
    Html,
    /// Annotations of GitHub Actions; the step summary is written as well
    Github,
}

/// A face and the file that it goes to, as in `html=review.html`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    pub face: Face,
    pub file: PathBuf,
}

impl std::str::FromStr for Also {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let (face, file) = text
            .split_once('=')
            .filter(|(_, file)| !file.is_empty())
            .ok_or("expected FORMAT=FILE, as in html=review.html")?;
        Ok(Self {
            face: Face::from_str(face, false).map_err(|_| {
                format!("`{face}` is none of text, markdown, comment, json, html, github")
            })?,
            file: file.into(),
        })
    }
}

/// What standard output shows.
pub fn screen(reports: &[Report], face: Face) -> Result<String> {
    let color = AutoStream::choice(&io::stdout()) != ColorChoice::Never;
    match (face, reports) {
        (Face::Html, [_, _, ..]) => Err(Unable(format!(
            "a page shows one document, and {} have changed\n  help: add --out FILE.html: each gets a file of its own",
            reports.len()
        ))),
        (face, reports) => Ok(one(reports, face, color)),
    }
}

/// What goes to a file; a page for each document.
pub fn files(reports: &[Report], face: Face, file: &Path) -> Vec<Written> {
    match (face, reports) {
        (Face::Html, [_, _, ..]) => {
            let mut pages = Vec::<Written>::new();
            for report in reports {
                let known = |file: &PathBuf| pages.iter().any(|page| page.file == *file);
                let mut names = (1..).map(|number| named(file, &report.title, number));
                pages.extend(names.find(|file| !known(file)).map(|file| Written {
                    file,
                    text: render::render(report, Format::Html),
                }));
            }
            pages
        }
        (face, reports) => vec![Written {
            file: file.to_owned(),
            text: one(reports, face, false),
        }],
    }
}

fn one(reports: &[Report], face: Face, color: bool) -> String {
    let texts = |format| {
        reports
            .iter()
            .map(move |report| render::render(report, format))
    };
    match face {
        Face::Text => texts(Format::Text { color }).collect::<Vec<_>>().join("\n"),
        Face::Markdown => within(reports, markdown::COMMENT),
        Face::Comment if reports.iter().all(is_empty) => String::new(),
        Face::Comment => within(reports, markdown::COMMENT),
        Face::Json => json(texts(Format::Json).collect()),
        Face::Html => texts(Format::Html).collect(),
        Face::Github => github::render(reports),
    }
}

/// One report is an object; several are a list in an object, so that it is distinct from the text.
fn json(texts: Vec<String>) -> String {
    match texts.as_slice() {
        [text] => text.clone(),
        texts => {
            let texts: Vec<&str> = texts.iter().map(|text| text.trim_end()).collect();
            format!("{{\"reports\":[{}]}}\n", texts.join(","))
        }
    }
}

fn is_empty(report: &Report) -> bool {
    report.rows.is_empty() && report.equivalent.is_empty() && report.stale.is_empty()
}

/// One after the other, each with its share of the room where there is too little for all.
fn within(reports: &[Report], limit: usize) -> String {
    let join = |limit| {
        let texts = reports
            .iter()
            .map(|report| markdown::render_within(report, limit));
        texts.collect::<Vec<_>>().join("\n")
    };
    let whole = join(limit);
    if whole.len() <= limit {
        whole
    } else {
        join(limit / reports.len().max(1) - 1)
    }
}

/// `review.html` as `review-schema-billing-yaml.html`; another of the same name gets a number.
fn named(file: &Path, title: &str, number: usize) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let word = |c: char| if c.is_alphanumeric() { c } else { '-' };
    let mut title: String = title.chars().map(word).collect();
    if number > 1 {
        title.push_str(&format!("-{number}"));
    }
    let name = match file.extension() {
        Some(extension) => format!("{stem}-{title}.{}", extension.to_string_lossy()),
        None => format!("{stem}-{title}"),
    };
    file.with_file_name(name)
}

/// What takes the place of a report that cannot be made; other faces than these have nothing.
pub fn rejection(rejection: &Rejection, face: Face) -> Option<String> {
    match face {
        Face::Github => Some(rejection.github()),
        Face::Comment | Face::Markdown => Some(rejection.markdown()),
        Face::Text | Face::Json | Face::Html => None,
    }
}

pub fn step_summary(reports: &[Report]) -> Result<()> {
    add_to_summary(&within(reports, markdown::STEP_SUMMARY))
}

/// Adds to the summary of the workflow's step, if this is one.
pub fn add_to_summary(text: &str) -> Result<()> {
    let Some(file) = env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty()) else {
        return Ok(());
    };
    let file = PathBuf::from(file);
    let open = OpenOptions::new().append(true).create(true).open(&file);
    open.and_then(|mut summary| summary.write_all(text.as_bytes()))
        .map_err(|error| cannot("write", &file, &error))
}
