//! `cargo xtask contract`: a mock server that validates judges what is sent and gives what is read.
//!
//! The server is Prism. Without a document it serves this repository's own, and the SDK's examples are run against it.

use std::path::PathBuf;

use crate::tools::{Outcome, Result};

mod document;
mod examples;
mod fitting;
mod judging;
mod patterns;
mod prism;
mod table;
mod values;

pub const HELP: &str = "\
With --schema one call of each operation of the document is made, with values made from its schemas. A call is good if the
server finds no fault with the request and the crate can read the response. One that is made of an example may violate the
document itself; where it cannot be read strictly, it is read by what it means, or else one that is made of the schema is.

Exit codes: 0 all is good, 1 some is not, 2 wrong usage or unreadable input.";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// A document, in place of the SDK's examples; may be given several times
    #[arg(long, value_name = "FILE")]
    pub schema: Vec<PathBuf>,
    /// The policy file of the documents
    #[arg(long, value_name = "FILE", requires = "schema")]
    pub config: Option<PathBuf>,
    /// Show each failure
    #[arg(long, requires = "schema")]
    pub verbose: bool,
}

pub fn run(options: &Options) -> Result<Outcome> {
    if options.schema.is_empty() {
        examples::run()
    } else {
        document::run(options)
    }
}
