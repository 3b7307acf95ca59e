//! `corpus-document`: the process that makes the crate of one document and prints what is known of it.

use std::path::Path;

use codegen::{Diagnostics, Files, Generated, Generator, Severity};

use super::hash::Hash;
use super::record::{self, Counts, Record};
use super::round_trip::samples::{self, Samples};
use super::{classes, package};
use crate::tools::{Outcome, Result, Unable};

/// Writes the crate and prints the record.
pub fn make(document: &Path, folder: &Path) -> Result<Outcome> {
    let mut diagnostics = Diagnostics::default();
    let generated = Generator::new(document).generate(&mut diagnostics).ok();
    diagnostics.sort();
    let severity = match generated {
        Some(_) => Severity::Warning,
        None => Severity::Error,
    };
    let mut record = Record {
        document: String::new(),
        version: String::new(),
        generated: None,
        reported: reported(&diagnostics, severity),
        cpu_ms: None,
        check: None,
        round_trip: None,
    };
    if let Some(generated) = generated {
        let samples = samples::of(&generated);
        let files = package::files(&generated, &samples, folder)?;
        codegen::write(folder, &files).map_err(|error| Unable(error.to_string()))?;
        record.generated = Some(summary(&generated, &files, &samples));
    }
    record.cpu_ms = cargo_sdk::cpu_time().map(|time| time.as_millis() as u64);
    let json = serde_json::to_string(&record).map_err(|error| Unable(error.to_string()))?;
    println!("{json}");
    Ok(Outcome::Fine)
}

fn reported(diagnostics: &Diagnostics, severity: Severity) -> Counts {
    let mut counts = Counts::new();
    for diagnostic in diagnostics.iter().filter(|d| d.severity == severity) {
        *counts.entry(classes::of(diagnostic)).or_default() += 1;
    }
    counts
}

fn summary(generated: &Generated, files: &Files, samples: &Samples) -> record::Generated {
    let hash = files.iter().fold(Hash::default(), |hash, (path, text)| {
        hash.and(path).and(text)
    });
    let left_out = generated.sdk.left_out.iter();
    record::Generated {
        package: generated.package().0.to_owned(),
        operations: generated.operations(),
        types: generated.types(),
        left_out: left_out
            .map(|left| format!("{}: {}", left.operation, left.reason))
            .collect(),
        lines: lines(&generated.files),
        examples: samples.samples.len(),
        untyped_examples: samples.untyped,
        hash: hash.hex(),
    }
}

fn lines(files: &Files) -> usize {
    let own = |path: &str| path.starts_with("src/") && !path.starts_with("src/runtime/");
    let own = files.iter().filter(|(path, _)| own(path));
    own.map(|(_, text)| text.lines().count()).sum()
}
