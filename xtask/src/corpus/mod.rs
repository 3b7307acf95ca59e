//! `cargo xtask corpus`: a crate of each document below a folder, compiled, and the table of how that went.

use std::path::PathBuf;

use crate::tools::{Outcome, Result};
use scoreboard::Scoreboard;
use store::Store;
use table::Style;

mod batch;
mod checking;
mod classes;
mod documents;
mod generation;
mod hash;
mod making;
mod package;
mod progress;
mod record;
mod report;
mod round_trip;
mod scoreboard;
mod store;
mod table;

pub use making::make;

pub const HELP: &str = "\
What is made is below target/corpus: a crate for each document in crates/, and what is known of each in kept/, so that a
second run redoes only what changed (the document, this generator, the versions of dependencies). CPU times are those of
this build: `cargo run --release -p xtask -- corpus DIR` has those that a user sees.

Exit codes: 0 fine, 1 findings (with --baseline: something that passed there fails; otherwise: a document that is not
generated, does not compile, or has a warning of the compiler), 2 wrong usage or unreadable input.";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The folder of the documents: every .yaml, .yml and .json file below it that is an OpenAPI document
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Only documents whose path below DIR matches; `*` stands for any text
    #[arg(long, value_name = "GLOB")]
    pub only: Option<String>,
    /// Compile the crates with clippy, and count its warnings and errors
    #[arg(long)]
    pub check: bool,
    /// Read the documents' examples of bodies into the types of the crates, and compare what they write
    #[arg(long)]
    pub round_trip: bool,
    /// How much is done at once [default: the number of CPUs]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// Write what was found: Markdown where the name ends with .md, otherwise JSON, as --baseline reads it
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// A report of an earlier run: exit code 1 if something that passed there fails now
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
}

pub fn run(options: &Options) -> Result<Outcome> {
    let baseline = options.baseline.as_deref().map(report::read).transpose()?;
    let found = documents::find(&options.folder, options.only.as_deref())?;
    let store = Store::open(options.jobs)?;
    let mut records = generation::run(&found.documents, &store)?;
    if options.check {
        checking::run(&mut records, &store)?;
    }
    if options.round_trip {
        round_trip::run(&mut records, &store)?;
    }
    let scoreboard = Scoreboard {
        records,
        others: found.others,
    };
    anstream::print!("{}", table::text(&scoreboard, Style::Text));
    if let Some(path) = &options.report {
        report::write(path, &scoreboard)?;
    }
    match baseline {
        Some(baseline) => Ok(report::compare(
            &baseline,
            &scoreboard,
            options.only.as_deref(),
        )),
        None => Ok(scoreboard.outcome()),
    }
}
