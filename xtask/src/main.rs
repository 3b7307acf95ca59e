//! The commands of this workspace: `cargo xtask --help`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod changelog;
mod contract;
mod diff;
mod diff_cases;
mod diff_pairs;
mod diff_semver;
mod generate;
mod listed;
mod parity;
mod review_comment;
mod review_needed;
mod schema;
mod screen;
mod tools;

/// Documents are many small values, which this gives out and takes back faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Exit codes: 0 fine, 1 findings, 2 wrong usage.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, about = ABOUT, after_help = AFTER)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const ABOUT: &str = "Turns an OpenAPI document into a Rust SDK crate, and checks the result";
const AFTER: &str = "\
Without options, `generate` and `check` are about schema/billing.yaml, schema/billing.toml and generated/.

Exit codes: 0 fine, 1 findings, 2 wrong usage.
Colors appear on a terminal only; NO_COLOR=1 turns them off.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the SDK crate and print what changed
    ///
    /// Nothing is written when the document has an error, and a folder with files of others is
    /// refused.
    #[command(after_help = GENERATE_EXAMPLES)]
    Generate(Target),
    /// Compare the SDK crate on disk with what would be generated, and change nothing
    Check(Target),
    /// Review a change of the document: what it does to callers on the wire and to users of the crate
    #[command(after_help = diff::EXAMPLES)]
    Diff(diff::Options),
    /// Turn a change of the document into the entry of the crate's changelog, and the needed version
    #[command(after_help = changelog::EXAMPLES)]
    Changelog(changelog::Options),
    /// Tell whether a pull request has to do with the documents, and so with the review
    #[command(after_help = review_needed::HELP)]
    ReviewNeeded(review_needed::Options),
    /// Keep one comment on a pull request that tells of its change of the document
    #[command(disable_help_flag = true)]
    ReviewComment {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
    /// Validate schema/ with an independent validator, and each example against its schema (Python)
    Validate,
    /// Run the SDK's examples against a mock server that checks each request (Node)
    Contract,
    /// Compare the review with the expectations of another tool's tests (cases.tsv and rules.tsv)
    DiffCases { folder: PathBuf },
    /// Review pairs of documents, and check what must hold of every review (FOLDER/*/base, head)
    DiffPairs { folder: PathBuf },
    /// Compare the predicted version with cargo-semver-checks and cargo-public-api (tests/rust_half/)
    DiffSemver { cases: Vec<String> },
    /// Compare what the SDK sends with what the official Python SDK sends (Python)
    Parity,
}

const GENERATE_EXAMPLES: &str = "\
Examples:
  cargo xtask generate
  cargo xtask generate --schema petstore.yaml --out ../petstore --name petstore";

/// Which document becomes which crate.
#[derive(Debug, clap::Args)]
pub struct Target {
    /// An OpenAPI 3.0 or 3.1 document, YAML or JSON [default: schema/billing.yaml]
    #[arg(long, value_name = "FILE", requires = "out")]
    schema: Option<PathBuf>,
    /// The folder of the crate; every file in it is the generator's [default: generated]
    #[arg(long, value_name = "DIR", requires = "schema")]
    out: Option<PathBuf>,
    /// The name of the crate [default: the policy file's, or else made from the document's title]
    #[arg(long, value_name = "CRATE", requires = "schema")]
    name: Option<String>,
    /// The policy file: package metadata, environment variables, method names
    #[arg(long, value_name = "FILE", requires = "schema")]
    config: Option<PathBuf>,
    /// Show every warning, and notes on what has no effect on the crate
    #[arg(long, short)]
    verbose: bool,
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Generate(target) => generate::generate(&target),
        Command::Check(target) => generate::check(&target),
        Command::Diff(options) => diff::run(&options),
        Command::Changelog(options) => changelog::run(&options),
        Command::ReviewNeeded(options) => review_needed::run(&options),
        Command::ReviewComment { arguments } => review_comment::run(&arguments),
        Command::Validate => tools::exit_code(schema::run()),
        Command::Contract => tools::exit_code(contract::run()),
        Command::DiffCases { folder } => tools::exit_code(diff_cases::run(&folder)),
        Command::DiffPairs { folder } => tools::exit_code(diff_pairs::run(&folder)),
        Command::DiffSemver { cases } => tools::exit_code(diff_semver::run(&cases)),
        Command::Parity => tools::exit_code(parity::run()),
    }
}
