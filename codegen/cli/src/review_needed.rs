//! `cargo sdk review-needed`: whether a pull request has to do with the documents, for a workflow that would otherwise
//! build and compare for nothing.

use std::env;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::diff::git::Git;
use crate::diff::scope::Scope;
use crate::outcome::{Outcome, Result, cannot, exit_code, say};

pub const HELP: &str = "\
It does if any commit since HEAD left the default branch touches the folder of the document that Cargo.toml names under
[workspace.metadata.sdk], or its policy or review file elsewhere; without such a table, schema/. It does even if a later
commit reverts that: an earlier run may have left a comment, which the review then clears. It does as well after a push
that replaced commits.

In a workflow the result is the step's output `needed`, true or false.

Exit codes: 0 either way, 2 wrong usage or too little history.";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The commit that was there before the push, if there was one: github.event.before
    #[arg(long, value_name = "REV", default_value = "")]
    before: String,
}

pub fn run(options: &Options) -> ExitCode {
    exit_code(report(options))
}

fn report(options: &Options) -> Result<Outcome> {
    let (needed, why) = needed(options)?;
    say!("{}: {why}", if needed { "needed" } else { "not needed" });
    if let Some(file) = env::var_os("GITHUB_OUTPUT").filter(|file| !file.is_empty()) {
        let file = PathBuf::from(file);
        let output = OpenOptions::new().append(true).create(true).open(&file);
        output
            .and_then(|mut output| writeln!(output, "needed={needed}"))
            .map_err(|error| cannot("write", &file, &error))?;
    }
    Ok(Outcome::Fine)
}

fn needed(options: &Options) -> Result<(bool, String)> {
    let git = Git::find()?;
    let scope = Scope::find(&git)?;
    let base = git.merge_base()?;
    let touching = git.touching(&base, &scope.places())?;
    let places = match scope.places().split_first() {
        Some((_, [])) | None => scope.shown(),
        Some((_, others)) => format!("{}, {}", scope.shown(), others.join(", ")),
    };
    let replaced = !options.before.is_empty() && !git.is_in_history(&options.before)?;
    Ok(match touching {
        0 if replaced => (
            true,
            "commits were replaced, which may have touched it".to_owned(),
        ),
        0 => (
            false,
            format!("no commit since {} touches {places}", base.name),
        ),
        1 => (
            true,
            format!("a commit since {} touches {places}", base.name),
        ),
        count => (
            true,
            format!("{count} commits since {} touch {places}", base.name),
        ),
    })
}
