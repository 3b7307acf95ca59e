//! `--round-trip`: the examples of a document, read into the types of its crate and written again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::Value;

use super::batch::{self, Pending};
use super::progress;
use super::record::{Failure, Record, RoundTrip};
use super::store::Store;
use crate::difference;
use crate::tools::{Result, Unable, cannot};
use samples::Sample;

/// It is part of other programs; here it is tested.
#[cfg(test)]
#[allow(dead_code)]
mod harness;
pub mod program;
pub mod samples;

const ARGUMENTS: [&str; 6] = [
    "build",
    "--workspace",
    "--bins",
    "--keep-going",
    "--quiet",
    "--message-format=json",
];

/// Builds and runs the program of each crate that has one.
pub fn run(records: &mut [Record], store: &Store) -> Result<()> {
    let toolchain = batch::toolchain(&ARGUMENTS)?;
    let mut pending = Vec::new();
    for (index, record) in records.iter_mut().enumerate() {
        let Some(generated) = &record.generated else {
            continue;
        };
        if generated.examples == 0 {
            continue;
        }
        let next = Pending::new(index, &record.document, generated, &toolchain);
        record.round_trip = store.kept("read", &record.document, &next.key);
        if record.round_trip.is_none() {
            pending.push(next);
        }
    }
    let bar = progress::bar("reading", pending.len());
    for batch in batch::batches(pending) {
        for (pending, made) in batch::cargo(&batch, &ARGUMENTS, store, &bar)? {
            let folder = store.crate_of(&pending.document);
            let samples = read_samples(&folder.join(program::SAMPLES))?;
            let lines = match &made.executable {
                Some(executable) => lines(executable, &folder),
                None => Err(made.check.messages.concat()),
            };
            let round_trip = compared(&samples, lines);
            store.keep("read", &pending.document, &pending.key, &round_trip)?;
            made.remove_files();
            records[pending.index].round_trip = Some(round_trip);
        }
    }
    bar.finish_and_clear();
    Ok(())
}

/// The name of the program, which is the only one of its name in a folder of many.
pub fn binary(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    format!("round-trip-{name}")
}

fn read_samples(path: &Path) -> Result<Vec<Sample>> {
    let text = fs::read_to_string(path).map_err(|error| cannot("read", path, &error))?;
    serde_json::from_str(&text).map_err(|error| Unable(format!("{}: {error}", path.display())))
}

/// What the program prints of a sample.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    Written(Value),
    Unreadable { path: String, reason: String },
}

/// What it prints of all of them, which ends early if it crashes.
fn lines(executable: &Path, folder: &Path) -> std::result::Result<Vec<Line>, String> {
    let mut command = Command::new(executable);
    command
        .arg(folder.join(program::SAMPLES))
        .stdin(Stdio::null());
    let output = command.output().map_err(|error| error.to_string())?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    Ok(stdout
        .lines()
        .map_while(|line| serde_json::from_str(line).ok())
        .collect())
}

fn compared(samples: &[Sample], lines: std::result::Result<Vec<Line>, String>) -> RoundTrip {
    let mut examples = BTreeMap::new();
    let (lines, missing) = match lines {
        Ok(lines) => (lines, Failure::new("", "the program crashed")),
        Err(messages) => (Vec::new(), Failure::new(&messages, "not compiled")),
    };
    for (index, sample) in samples.iter().enumerate() {
        let failure = match lines.get(index) {
            None => Some(missing.clone()),
            Some(Line::Unreadable { path, reason }) => Some(Failure::new(path, reason)),
            Some(Line::Written(written)) => difference::first(&sample.value, written)
                .map(|difference| Failure::new(&difference.at, difference.kind)),
        };
        examples.insert(sample.name.clone(), failure);
    }
    RoundTrip { examples }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    #[test]
    fn each_example_is_held_against_what_is_printed_of_it() {
        let values = [json!({"a": 1.0}), json!({"a": "x"}), json!({"a": 2})];
        let samples: Vec<Sample> = values
            .iter()
            .enumerate()
            .map(|(index, value)| Sample {
                name: format!("number {index}"),
                ty: 0,
                value: value.clone(),
            })
            .collect();
        // The last is missing, as after a crash.
        let printed = values[..2].iter().map(|value| {
            let line = harness::read::<BTreeMap<String, i64>>(&value.to_string().replace(".0", ""));
            serde_json::from_str(&serde_json::to_string(&line).expect("it is JSON"))
        });
        let printed = printed.collect::<serde_json::Result<Vec<Line>>>();
        let round_trip = compared(&samples, Ok(printed.expect("the lines can be read")));
        assert_eq!(round_trip.equal(), 1);
        let failure = |name: &str| {
            let failure = round_trip.examples[name].clone().expect("it fails");
            (failure.at, failure.why)
        };
        let (at, why) = failure("number 1");
        assert_eq!(at, "a");
        assert!(
            why.starts_with("invalid type: string \"x\", expected i64"),
            "{why}"
        );
        assert_eq!(failure("number 2").1, "the program crashed");
        let classes: Vec<String> = round_trip.classes().into_keys().collect();
        assert_eq!(
            classes,
            [
                "invalid type: string …, expected i64",
                "the program crashed"
            ]
        );
    }
}
