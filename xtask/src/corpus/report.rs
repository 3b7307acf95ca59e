//! What was found as a file, and what no longer passes that passed in such a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::documents;
use super::record::Record;
use super::scoreboard::{Scoreboard, Step};
use super::table::{self, Style};
use crate::tools::{Outcome, Result, Unable, cannot};

/// The file that `--report` writes and `--baseline` reads.
#[derive(Serialize, Deserialize)]
pub struct Report {
    documents: Vec<Record>,
    no_documents: Vec<String>,
}

pub fn write(path: &Path, scoreboard: &Scoreboard) -> Result<()> {
    let text = if path.extension().is_some_and(|extension| extension == "md") {
        table::text(scoreboard, Style::Markdown)
    } else {
        let report = Report {
            documents: scoreboard.records.clone(),
            no_documents: scoreboard.others.clone(),
        };
        let json = serde_json::to_string_pretty(&report);
        json.map_err(|error| Unable(error.to_string()))? + "\n"
    };
    fs::write(path, text).map_err(|error| cannot("write", path, &error))
}

pub fn read(path: &Path) -> Result<Report> {
    let text = fs::read_to_string(path).map_err(|error| cannot("read", path, &error))?;
    serde_json::from_str(&text).map_err(|error| {
        let file = path.display();
        Unable(format!(
            "{file} is no report: {error}\n  help: write one with --report {file}"
        ))
    })
}

/// Prints what passed then and fails now, of the documents that were asked for.
pub fn compare(baseline: &Report, now: &Scoreboard, only: Option<&str>) -> Outcome {
    let records: BTreeMap<&str, &Record> = now
        .records
        .iter()
        .map(|record| (record.document.as_str(), record))
        .collect();
    let asked =
        |record: &&Record| only.is_none_or(|only| documents::matches(only, &record.document));
    let mut worse = Vec::new();
    for before in baseline.documents.iter().filter(asked) {
        match records.get(before.document.as_str()) {
            Some(now) => worse.extend(fails(before, now)),
            None => worse.push(format!("{}: it is not there", before.document)),
        }
    }
    if worse.is_empty() {
        anstream::println!("\nnothing that passed in the baseline fails");
        return Outcome::Fine;
    }
    anstream::println!("\npassed in the baseline and fails now:");
    worse.iter().for_each(|line| anstream::println!("  {line}"));
    Outcome::Findings
}

fn fails(before: &Record, now: &Record) -> Vec<String> {
    let worse =
        |step: &Step| step.is_passed(before) == Some(true) && step.is_passed(now) == Some(false);
    let steps = Step::ALL.into_iter().filter(worse).map(Step::name);
    let mut lines: Vec<String> = steps.map(str::to_owned).collect();
    if let (Some(before), Some(now)) = (&before.round_trip, &now.round_trip) {
        let passed = |name: &&String| matches!(before.examples.get(*name), Some(None));
        let failing = now.examples.iter().filter(|(_, failure)| failure.is_some());
        let worse = failing.map(|(name, _)| name).filter(passed);
        lines.extend(worse.map(|name| format!("the example of {name}")));
    }
    lines
        .iter()
        .map(|line| format!("{}: {line}", now.document))
        .collect()
}
