//! The verb `names`: what the operations of a document are called.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::generate::{self, Target};
use crate::outcome::{Outcome, exit_code, print};

pub const HELP: &str = "\
Prints the method, the path and the name of each operation, separated by tabs: what the policy file says, or else what the lock
keeps, or else what is inferred. Nothing is written.

Examples:
  cargo sdk names
  cargo sdk names petstore.yaml | grep -i order";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The document [default: what Cargo.toml names]
    #[arg(value_name = "DOCUMENT")]
    pub document: Option<PathBuf>,
    /// The policy file [default: beside the document, as petstore.toml, if it is there]
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// The file of names that are kept [default: beside the document, as petstore.lock]
    #[arg(long, value_name = "FILE")]
    pub lock: Option<PathBuf>,
    /// A folder beside the document's own that it may refer to files of; may be repeated
    #[arg(long, value_name = "DIR")]
    pub allow_outside: Vec<PathBuf>,
    /// An overlay that is applied to the document, after those of the policy file; may be repeated
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
    /// Those of these operations alone: `dns.**`; may be repeated
    #[arg(long, value_name = "NAME")]
    pub only: Vec<String>,
    /// Likewise, by their paths: '/zones/**'; may be repeated
    #[arg(long, value_name = "PATH")]
    pub path: Vec<String>,
}

pub fn run(options: &Options) -> ExitCode {
    let target = Target {
        document: options.document.clone(),
        // Nothing is written there.
        out: options.document.is_some().then(PathBuf::new),
        policy: options.policy.clone(),
        lock: options.lock.clone(),
        allow_outside: options.allow_outside.clone(),
        overlay: options.overlay.clone(),
        only: options.only.clone(),
        path: options.path.clone(),
        ..Target::default()
    };
    let files = match target.files() {
        Ok(files) => files,
        Err(unable) => return exit_code(Err(unable)),
    };
    let mut names = match generate::generated(&target, &files) {
        Ok(generated) => generated.sdk.operation_names(),
        Err(code) => return ExitCode::from(code),
    };
    names.dedup_by(|one, other| one.0 == other.0);
    let lines = names.iter();
    let lines = lines.map(|(key, name)| format!("{}\t{name}\n", key.replacen(' ', "\t", 1)));
    exit_code(print(&lines.collect::<String>()).map(|()| Outcome::Fine))
}
