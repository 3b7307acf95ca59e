//! The verbs of `cargo sdk`, for the command itself and for a repository's own tasks.

use std::process::ExitCode;

pub mod changelog;
mod clock;
mod defaults;
pub mod diff;
pub mod explain;
mod extract;
mod generate;
pub mod help;
mod init;
mod lock;
mod machine;
pub mod names;
pub mod outcome;
mod progress;
mod review_comment;
mod review_needed;
mod screen;
mod tool;

pub use clock::cpu_time;
pub use generate::Target;
pub use init::{INSTALL, Workflows};
pub use tool::Tool;

/// What the command can do.
#[derive(Debug, clap::Subcommand)]
pub enum Verb {
    /// Set a repository up: the document, its policy, the crate, and the review of pull requests
    #[command(after_help = init::HELP)]
    Init(init::Options),
    /// Write the SDK crate and print what changed
    ///
    /// Nothing is written when the document has an error, and a folder with files of others is
    /// rejected.
    #[command(after_help = generate::EXAMPLES)]
    Generate(Target),
    /// Compare the SDK crate on disk with what would be generated, and change nothing
    Check(Target),
    /// Review a change of the document: what it does to callers on the wire and to users of the crate
    #[command(after_help = diff::EXAMPLES)]
    Diff(diff::Options),
    /// Make a document of some of the operations of another, with what they reach
    #[command(after_help = extract::EXAMPLES)]
    Extract(extract::Options),
    /// Turn a change of the document into the entry of the crate's changelog, and the needed version
    #[command(after_help = changelog::EXAMPLES)]
    Changelog(changelog::Options),
    /// Say what the code of a warning or an error means, by an example
    #[command(after_help = explain::HELP)]
    Explain(explain::Options),
    /// Keep one comment on a pull request that reports its change of the document
    #[command(after_help = review_comment::HELP)]
    ReviewComment(review_comment::Options),
    /// Report whether a pull request has to do with the documents, and so with the review
    #[command(after_help = review_needed::HELP)]
    ReviewNeeded(review_needed::Options),
}

impl Verb {
    /// Runs it. Exit codes: 0 fine, 1 findings, 2 wrong usage or unreadable input.
    pub fn run(&self, tool: Tool) -> ExitCode {
        match self {
            Self::Init(options) => init::run(options),
            Self::Generate(target) => generate::generate(target),
            Self::Check(target) => generate::check(target, tool),
            Self::Diff(options) => diff::run(options),
            Self::Extract(options) => extract::run(options),
            Self::Changelog(options) => changelog::run(options, tool),
            Self::Explain(options) => explain::run(options),
            Self::ReviewComment(options) => review_comment::run(options),
            Self::ReviewNeeded(options) => review_needed::run(options),
        }
    }
}
