//! `cargo xtask bench`: how the time of the generator grows with a document.

use std::fs;
use std::path::Path;

use codegen::timings::{self, Stage, Timings};
use codegen::{Diagnostics, Generator};

use crate::tools::{self, Outcome, Result, Unable, cannot};

pub mod crates;
mod document;

/// Each size is done so often, and the fastest counts: what slows a run down is not the generator.
const RUNS: usize = 3;

/// Generates crates of so many operations and prints what that took.
pub fn run(sizes: &[usize]) -> Result<Outcome> {
    if cfg!(debug_assertions) {
        anstream::eprintln!(
            "this build is not optimized; `cargo run --release -p xtask -- bench` has the times that users see"
        );
    }
    anstream::println!("{}", header());
    for &operations in sizes {
        let folder = tools::install::target().join("bench");
        fs::create_dir_all(&folder).map_err(|error| cannot("create", &folder, &error))?;
        let path = folder.join("openapi.json");
        let text = document::of(operations).to_string();
        fs::write(&path, &text).map_err(|error| cannot("write", &path, &error))?;
        let timings = fastest(&path, &folder.join("sdk"))?;
        fs::remove_dir_all(&folder).map_err(|error| cannot("remove", &folder, &error))?;
        anstream::println!("{}", line(operations, text.len(), &timings));
    }
    Ok(Outcome::Fine)
}

fn fastest(document: &Path, folder: &Path) -> Result<Timings> {
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        if folder.exists() {
            fs::remove_dir_all(folder).map_err(|error| cannot("remove", folder, &error))?;
        }
        let cpu = || cargo_sdk::cpu_time().unwrap_or_default();
        let (result, timings) = timings::measured(cpu, || generate(document, folder));
        result?;
        runs.push(timings);
    }
    let fastest = runs.into_iter().min_by_key(|timings| timings.all().cpu);
    Ok(fastest.expect("there is a run"))
}

fn generate(document: &Path, folder: &Path) -> Result<()> {
    let mut diagnostics = Diagnostics::default();
    let generated = Generator::new(document).generate(&mut diagnostics);
    let generated = generated.map_err(|_| {
        let first = diagnostics.iter().next().map(|d| d.render(false));
        Unable(first.unwrap_or_default())
    })?;
    let written = timings::stage(Stage::Write, || codegen::write(folder, &generated.files));
    written.map_err(|error| Unable(error.to_string()))?;
    Ok(())
}

fn header() -> String {
    let stages = Stage::ALL.map(Stage::name).join(" | ");
    let rule = "---:|".repeat(Stage::ALL.len() + 4);
    format!("| operations | KB | {stages} | CPU ms | µs per operation |\n|{rule}")
}

fn line(operations: usize, bytes: usize, timings: &Timings) -> String {
    let all = timings.all().cpu;
    let mut cells = vec![operations.to_string(), (bytes / 1000).to_string()];
    let stages = Stage::ALL.map(|stage| timings.of(stage).cpu.as_millis().to_string());
    cells.extend(stages);
    cells.push(all.as_millis().to_string());
    cells.push((all.as_micros() / operations as u128).to_string());
    format!("| {} |", cells.join(" | "))
}
