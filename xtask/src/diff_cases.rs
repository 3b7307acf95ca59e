//! The verb `diff-cases`: the review against the expectations of another tool's own tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use codegen::diagnostic::{Diagnostics, Source};
use review::settings::Settings;
use review::{Input, Report, Severity};

use crate::listed;
use crate::tools::{Outcome, Result, Unable, cannot};

/// Cases on which the two disagree and are meant to.
const LISTED: &str = "tests/diff_cases.toml";

/// One row of `cases.tsv`.
struct Case {
    name: String,
    base: String,
    head: String,
    flags: String,
    tuples: BTreeSet<String>,
    level: String,
}

/// Runs every case of the folder; whether nothing unexpected was found.
pub fn run(folder: &Path) -> Result<Outcome> {
    let rules = rules(&read(&folder.join("rules.tsv"))?);
    let cases = cases(&read(&folder.join("cases.tsv"))?, &rules);
    let listed = listed::disagreements(LISTED)?;
    let mut score = Score::default();
    for case in &cases {
        let report = compare(folder, case)?;
        score.count(case, &report, listed.get(&case.name));
    }
    Ok(if score.print(cases.len()) {
        Outcome::Fine
    } else {
        Outcome::Findings
    })
}

fn compare(folder: &Path, case: &Case) -> Result<Report> {
    let input = |file: &str| -> Result<Input> {
        let document = Source::new(file, read(&folder.join(file))?);
        Ok(Input {
            document: Arc::new(document),
            ..Input::default()
        })
    };
    let mut diagnostics = Diagnostics::default();
    let (base, head) = (input(&case.base)?, input(&case.head)?);
    let today = cargo_sdk::diff::today()?;
    review::compare(&base, &head, &Settings::default(), &today, &mut diagnostics).map_err(|_| {
        let texts: Vec<String> = diagnostics.iter().map(|d| d.render(false)).collect();
        Unable(format!("{}: {}", case.name, texts.join("\n")))
    })
}

#[derive(Default)]
struct Score {
    verdicts: usize,
    tuples: usize,
    found: usize,
    expected: Vec<String>,
    unexpected: Vec<String>,
}

impl Score {
    fn count(&mut self, case: &Case, report: &Report, reason: Option<&String>) {
        let breaking = report.verdict.wire == Severity::Breaking;
        let agrees = breaking == (case.level == "err");
        let found = tuples(report);
        let missing: Vec<&String> = case.tuples.difference(&found).collect();
        self.verdicts += usize::from(agrees);
        self.tuples += case.tuples.len();
        self.found += case.tuples.len() - missing.len();
        let mut lines = Vec::new();
        if !agrees {
            let ours = report.verdict.wire.word();
            lines.push(format!("verdict: {} there, {ours} here", case.level));
        }
        lines.extend(missing.iter().map(|tuple| format!("missing: {tuple}")));
        let line = |text: String| match case.flags.as_str() {
            "" => format!("{} {text}", case.name),
            flags => format!("{} ({flags}) {text}", case.name),
        };
        match (lines.is_empty(), reason) {
            (true, None) => {}
            (false, Some(reason)) => {
                let text = lines.join("; ");
                self.expected.push(line(format!("{text}\n      {reason}")));
            }
            (false, None) => self.unexpected.extend(lines.into_iter().map(line)),
            (true, Some(_)) => {
                let text = format!("agrees: take it out of {LISTED}");
                self.unexpected.push(line(text));
            }
        }
    }

    fn print(&self, cases: usize) -> bool {
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        anstream::println!(
            "verdicts: {} of {cases} agree ({:.1} %)",
            self.verdicts,
            share(self.verdicts, cases)
        );
        anstream::println!(
            "tuples:   {} of {} found ({:.1} %)",
            self.found,
            self.tuples,
            share(self.found, self.tuples)
        );
        anstream::println!("listed disagreements: {}", self.expected.len());
        self.expected
            .iter()
            .for_each(|line| anstream::println!("  {line}"));
        if !self.unexpected.is_empty() {
            anstream::println!("not listed in {LISTED}: {}", self.unexpected.len());
            self.unexpected
                .iter()
                .for_each(|line| anstream::println!("  {line}"));
        }
        self.unexpected.is_empty()
    }
}

/// The kinds of change in a report, as `area/direction/kind/action`.
fn tuples(report: &Report) -> BTreeSet<String> {
    let effects = report.rows.iter().flat_map(|row| &row.effects);
    let words = effects.map(|effect| {
        [
            effect.area.word(),
            effect.direction.word(),
            effect.kind.word(),
            effect.action.word(),
        ]
        .join("/")
    });
    words.collect()
}

/// From a rule's name to its tuple.
fn rules(text: &str) -> BTreeMap<String, String> {
    let rows = text.lines().skip(1).map(|line| line.split('\t').collect());
    rows.filter_map(|cells: Vec<&str>| {
        let name = cells.get(5)?;
        Some(((*name).to_owned(), cells[..4].join("/")))
    })
    .collect()
}

fn cases(text: &str, rules: &BTreeMap<String, String>) -> Vec<Case> {
    let rows = text.lines().skip(1).map(|line| line.split('\t').collect());
    let case = |cells: Vec<&str>| {
        let cell = |index: usize| cells.get(index).copied().unwrap_or_default().to_owned();
        let (names, level) = (cell(8), cell(9));
        // `rule*3`: three times.
        let names = names.split(',').filter_map(|name| name.split('*').next());
        Case {
            name: cell(0),
            base: cell(1),
            head: cell(2),
            flags: cell(3),
            tuples: names.filter_map(|name| rules.get(name).cloned()).collect(),
            level,
        }
    };
    rows.map(case).collect()
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| cannot("read", path, &error))
}
