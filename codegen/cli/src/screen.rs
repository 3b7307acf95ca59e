//! What the commands print for people.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anstream::eprintln;
use codegen::Generated;
use codegen::diagnostic::{Diagnostics, Severity};
use codegen::document::extract::Extract;
use codegen::document::{Part, codes};
use codegen::files::Difference;
use codegen::timings::{Stage, Time, Timings};

use crate::outcome::say;

const BOLD: &str = "\u{1b}[1m";
const GREEN: &str = "\u{1b}[1;32m";
const RED: &str = "\u{1b}[1;31m";
const PLAIN: &str = "\u{1b}[0m";

/// How many paths of a kind are named.
const SHOWN: usize = 12;

/// How many operations that are left out, and how many other warnings, are shown without `--verbose`.
const LEFT_OUT: usize = 10;
const WARNINGS: usize = 5;

/// All errors; the first warnings; everything with `verbose`. What is not shown is counted.
pub fn diagnostics(diagnostics: &Diagnostics, verbose: bool) {
    let (mut left_out, mut warnings, mut hidden) = (0, 0, 0);
    for diagnostic in diagnostics.iter() {
        let (seen, most) = if diagnostic.code == codes::LEFT_OUT {
            (&mut left_out, LEFT_OUT)
        } else {
            (&mut warnings, WARNINGS)
        };
        let shown = match diagnostic.severity {
            Severity::Error => true,
            Severity::Warning => {
                *seen += 1;
                hidden += usize::from(*seen > most);
                verbose || *seen <= most
            }
            Severity::Note => verbose,
        };
        if shown {
            eprintln!("{}\n", diagnostic.render(true));
        }
    }
    if !verbose {
        say_hidden(hidden, diagnostics.count(Severity::Note));
    }
    let errors = diagnostics.count(Severity::Error);
    if errors > 0 {
        let problems = counted(errors, "error", "errors");
        eprintln!("{RED}{problems}{PLAIN}; nothing was written");
    }
}

/// What a program reads.
pub fn document(value: &serde_json::Value) {
    say!("{value:#}");
}

pub fn all(diagnostics: &Diagnostics) {
    for diagnostic in diagnostics.iter() {
        eprintln!("{}\n", diagnostic.render(true));
    }
}

pub fn errors(diagnostics: &Diagnostics) {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    for diagnostic in errors {
        eprintln!("{}\n", diagnostic.render(true));
    }
}

/// "12 more warnings and 3 notes: --verbose shows them"
fn say_hidden(warnings: usize, notes: usize) {
    let parts = [
        (warnings, counted(warnings, "more warning", "more warnings")),
        (notes, counted(notes, "note", "notes")),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(_, text)| text)
        .collect();
    if !parts.is_empty() {
        eprintln!("{}: --verbose shows all", parts.join(" and "));
    }
}

pub fn written(out: &Path, generated: &Generated, difference: &Difference) {
    let (name, version) = generated.package();
    let left_out = match generated.left_out() {
        0 => String::new(),
        count => format!(" ({RED}{count} left out{PLAIN}, see its README.md)"),
    };
    say!(
        "{BOLD}{name}{PLAIN} {version} in {}: {}{left_out}, {}",
        out.display(),
        counted(generated.operations(), "operation", "operations"),
        counted(generated.types(), "type", "types"),
    );
    if let Some(part) = &generated.part {
        taken(part);
    }
    paths("written", &difference.missing);
    paths("updated", &difference.stale);
    paths("removed", &difference.orphans);
    say!(
        "  {:>9}  {}",
        "unchanged",
        counted(difference.unchanged, "file", "files")
    );
}

/// What became of a file or a folder.
pub struct Step {
    pub path: PathBuf,
    pub what: &'static str,
}

impl Step {
    pub fn written(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            what: "written",
        }
    }
}

/// All that `init` did, and what is next.
pub fn initialized(generated: &Generated, steps: &[Step], install: Option<&str>, readme: &str) {
    let (name, version) = generated.package();
    say!(
        "{BOLD}{name}{PLAIN} {version}: {}, {}",
        counted(generated.operations(), "operation", "operations"),
        counted(generated.types(), "type", "types"),
    );
    for Step { path, what } in steps {
        say!("  {what:>9}  {}", path.display());
    }
    say!("\nNext:");
    say!("  look at what operations are called: {BOLD}cargo sdk names{PLAIN}");
    say!(
        "  change what you want otherwise in the policy file, then: {BOLD}cargo sdk generate{PLAIN}"
    );
    let examples = generated.files.keys();
    let mut examples = examples.filter_map(|path| {
        let file = path.strip_prefix("examples/")?;
        file.strip_suffix(".rs")
    });
    if let Some(example) = examples.next() {
        say!("  make a call: {BOLD}cargo run -p {name} --example {example}{PLAIN}");
    }
    if let Some(install) = install {
        say!(
            "  see that the workflow can install the command so, or write another there: {install}"
        );
    }
    say!("  check everything in; {readme} says how to go on");
}

pub fn extracted(out: &Path, extracted: &Extract, change: &str) {
    let components = counted(extracted.components, "component", "components");
    say!("{BOLD}{}{PLAIN} {change}: {components}", out.display());
    taken(&extracted.part);
}

/// Which part of a document it is.
pub fn taken(part: &Part) {
    let along = match part.along.as_slice() {
        [] => String::new(),
        [one] => format!(", and with them {one}, which a reference leads into"),
        [one, more @ ..] => format!(
            ", and with them {one} and {} more that references lead into",
            more.len()
        ),
    };
    let asked = part.taken - part.along.len();
    say!(
        "  {:>9}  {asked} of {} operations{along}",
        "taken",
        part.all
    );
    if part.webhooks > 0 {
        let webhooks = counted(part.webhooks, "webhook", "webhooks");
        say!(
            "  {:>9}  {webhooks}, of which none is of a part",
            "left out"
        );
    }
}

pub fn fresh(out: &Path, difference: &Difference) {
    let files = counted(difference.unchanged, "file", "files");
    say!("{GREEN}fresh{PLAIN}: {files} in {}", out.display());
}

pub fn stale_lock(lock: &str, command: &str) {
    say!("{RED}{lock}{PLAIN}");
    say!("run: {BOLD}{command}{PLAIN}");
}

pub fn stale(out: &Path, difference: &Difference, lock: Option<&str>, command: &str) {
    say!("{RED}{} is not what the schema says{PLAIN}", out.display());
    paths("missing", &difference.missing);
    paths("stale", &difference.stale);
    paths("orphan", &difference.orphans);
    paths("orphan", &difference.strangers);
    if !difference.strangers.is_empty() {
        let files = counted(difference.strangers.len(), "file", "files");
        say!("{files} that the generator did not write: move them away, it removes only its own");
    }
    if let Some(lock) = lock {
        say!("{RED}{lock}{PLAIN}");
    }
    if difference.strangers.len() < difference.count() {
        say!("run: {BOLD}{command}{PLAIN}");
    }
}

/// What each stage took, and all together.
pub fn timings(timings: &Timings, knows_cpu: bool) {
    let ms = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1000.0);
    let line = |name: &str, time: Time| {
        let cpu = if knows_cpu {
            ms(time.cpu)
        } else {
            "-".to_owned()
        };
        eprintln!("{name:>10}  {:>10}  {cpu:>10}", ms(time.wall));
    };
    eprintln!(
        "{BOLD}{:>10}  {:>10}  {:>10}{PLAIN}",
        "stage", "wall ms", "CPU ms"
    );
    for stage in Stage::ALL {
        line(stage.name(), timings.of(stage));
    }
    line("all", timings.all());
}

pub fn note(message: &str) {
    eprintln!("{BOLD}note{PLAIN}: {message}");
}

pub fn failure(message: &str, help: &str) {
    eprintln!("{RED}error{PLAIN}: {message}\n  help: {help}");
}

fn paths(label: &str, paths: &[String]) {
    for path in paths.iter().take(SHOWN) {
        say!("  {label:>9}  {path}");
    }
    if paths.len() > SHOWN {
        say!("  {label:>9}  and {} more", paths.len() - SHOWN);
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
