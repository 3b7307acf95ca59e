//! The verb `diff-pairs`: what must hold of a review of any two documents, on pairs of real ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use codegen::diagnostic::{Diagnostics, Source};
use codegen::location::Location;
use review::render::{Format, render};
use review::settings::Settings;
use review::{Action, Input, Item, Report, Row, Severity};

use crate::tools::{Outcome, Result, Unable};

/// Compares `base` and `head` in each folder below the given one, both ways.
pub fn run(folder: &Path) -> Result<Outcome> {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(|error| Unable(format!("cannot read {}: {error}", folder.display())))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    anstream::println!("{HEADER}");
    let mut problems = Vec::new();
    for pair in &folders {
        let name = pair.file_name().unwrap_or_default().to_string_lossy();
        let (base, head) = (side(pair, "base")?, side(pair, "head")?);
        let start = Instant::now();
        let report = compare(&name, &base, &head)?;
        let time = start.elapsed();
        let back = compare(&name, &head, &base)?;
        anstream::println!("{}", line(&name, &base, &head, &report, time.as_millis()));
        problems.extend(
            wrong(&report)
                .into_iter()
                .map(|text| format!("{name}: {text}")),
        );
        let uneven = uneven(&report, &back);
        problems.extend(uneven.into_iter().map(|text| format!("{name}: {text}")));
    }
    problems
        .iter()
        .for_each(|problem| anstream::println!("{problem}"));
    Ok(if problems.is_empty() {
        Outcome::Fine
    } else {
        Outcome::Findings
    })
}

const HEADER: &str = "\
| pair | KB | rows | breaking | risky | safe | none | changing nothing | crate | markdown, bytes | ms |
|---|---:|---:|---:|---:|---:|---:|---:|---|---:|---:|";

fn line(name: &str, base: &Input, head: &Input, report: &Report, time: u128) -> String {
    let size = (base.document.text.len() + head.document.text.len()) / 1000;
    let verdict = &report.verdict;
    let rejected = report.base.rejected.is_some() || report.head.rejected.is_some();
    let surface = if rejected {
        "rejected"
    } else {
        verdict.surface.word()
    };
    let markdown = render(report, Format::Markdown).len();
    let cells = [
        name.to_owned(),
        size.to_string(),
        report.rows.len().to_string(),
        verdict.breaking.to_string(),
        verdict.risky.to_string(),
        verdict.safe.to_string(),
        verdict.none.to_string(),
        report.equivalent.len().to_string(),
        surface.to_owned(),
        markdown.to_string(),
        time.to_string(),
    ];
    format!("| {} |", cells.join(" | "))
}

fn side(pair: &Path, stem: &str) -> Result<Input> {
    for extension in ["json", "yaml", "yml"] {
        let path = pair.join(stem).with_extension(extension);
        if let Ok(text) = fs::read_to_string(&path) {
            let name = path.display().to_string();
            return Ok(Input {
                document: Arc::new(Source::new(name, text)),
                ..Input::default()
            });
        }
    }
    Err(Unable(format!(
        "there is no {stem} document in {}",
        pair.display()
    )))
}

fn compare(name: &str, base: &Input, head: &Input) -> Result<Report> {
    let mut diagnostics = Diagnostics::default();
    let review = Settings::default();
    let today = cargo_sdk::diff::today()?;
    review::compare(base, head, &review, &today, &mut diagnostics).map_err(|_| {
        let texts: Vec<String> = diagnostics.iter().map(|d| d.render(false)).collect();
        Unable(format!("{name}: {}", texts.join("\n")))
    })
}

/// Rows are distinct, and each side that was there has a line.
fn wrong(report: &Report) -> Vec<String> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for row in &report.rows {
        if !seen.insert(&row.fingerprint) {
            problems.push(format!("twice: {}", row.fingerprint));
        }
        let action = row.effects.first().map(|effect| effect.action);
        let (base, head) = (row.base.is_some(), row.head.is_some());
        let fits = match action {
            Some(Action::Add | Action::Set) => head,
            Some(Action::Remove) => base,
            _ => base && head,
        };
        let lines = [&row.base, &row.head].into_iter().flatten();
        let lines = lines.filter(|place| place.line == 0 || place.end_line < place.line);
        if !fits || lines.count() > 0 {
            problems.push(format!("no line: {} ({})", row.fingerprint, row.message));
        }
    }
    problems
}

/// What was added one way was removed the other way. An item of the crate that comes has a row of its own, where no edit made it;
/// one that goes is in the row of the edit by which another has its name.
fn uneven(report: &Report, back: &Report) -> Vec<String> {
    let side = |row: &Row| match (&row.base, &row.head) {
        (None, Some(head)) => Some((true, head.location.clone())),
        (Some(base), None) => Some((false, base.location.clone())),
        _ => None,
    };
    let mut counts: BTreeMap<(bool, Location), i64> = BTreeMap::new();
    for row in &report.rows {
        if let Some(key) = side(row) {
            *counts.entry(key).or_default() += 1;
        }
    }
    for row in &back.rows {
        if let Some((added, location)) = side(row) {
            *counts.entry((!added, location)).or_default() -= 1;
        }
    }
    let is_explained = |(added, location): &(bool, Location), count: i64| {
        let (rows, other, added) = if count > 0 {
            (&report.rows, back, *added)
        } else {
            (&back.rows, report, !added)
        };
        let mut rows = rows
            .iter()
            .filter(|row| side(row) == Some((added, location.clone())));
        rows.any(|row| is_mirrored(row, other))
    };
    let counts = counts.into_iter();
    let counts = counts.filter(|(key, count)| *count != 0 && !is_explained(key, *count));
    let word = |added| if added { "added" } else { "removed" };
    counts
        .map(|((added, location), count)| {
            let pointer = &location.pointer;
            format!("{} one way only ({count}): {pointer}", word(added))
        })
        .collect()
}

/// Whether a row is of the crate alone, and the other report has what comes as what was there, in whichever row.
fn is_mirrored(row: &Row, other: &Report) -> bool {
    let items = || other.rows.iter().flat_map(|row| &row.surface.items);
    let was_there = |item: &Item| {
        let mut back = items().filter(|back| back.path == item.path);
        back.any(|back| back.before.is_some() != item.before.is_some())
    };
    let is_of_crate = row
        .effects
        .iter()
        .all(|effect| effect.severity == Severity::None);
    is_of_crate && !row.surface.items.is_empty() && row.surface.items.iter().all(was_there)
}
