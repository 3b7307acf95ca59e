//! cargo-semver-checks and cargo-public-api: where they are, and what they say of two crates.

use std::path::PathBuf;
use std::process::{Command, Output};

use review::Bump;

use super::crates::Pair;
use crate::tools::{self, Result, Unable};

/// The folder below `target/tools`.
const FOLDER: &str = "semver";
const SEMVER_CHECKS: (&str, &str) = ("cargo-semver-checks", "0.51.0");
const PUBLIC_API: (&str, &str) = ("cargo-public-api", "0.52.0");

/// The tools.
pub struct Judges {
    semver_checks: PathBuf,
    public_api: PathBuf,
}

/// What a tool says of two crates.
#[derive(Debug, PartialEq)]
pub enum Finding {
    /// The least bump, and the lines that say why.
    Bump(Bump, Vec<String>),
    /// It does not read what this version of rustdoc writes; its own words.
    Unreadable(String),
}

impl Judges {
    pub fn find() -> Result<Self> {
        let find = |(package, version)| tools::install::cargo_program(FOLDER, package, version);
        Ok(Self {
            semver_checks: find(SEMVER_CHECKS)?,
            public_api: find(PUBLIC_API)?,
        })
    }

    pub fn semver_checks(&self, pair: &Pair) -> Result<Finding> {
        let mut command = Command::new(&self.semver_checks);
        // Both crates have the same version: it is asked which one the head should have.
        command.args([
            "semver-checks",
            "--color",
            "never",
            "--release-type",
            "patch",
        ]);
        command.arg("--baseline-rustdoc").arg(&pair.base);
        command.arg("--current-rustdoc").arg(&pair.head);
        let output = output(&mut command)?;
        Ok(semver_checks(&printed(&output)))
    }

    pub fn public_api(&self, pair: &Pair) -> Result<Finding> {
        let mut command = Command::new(&self.public_api);
        command.args(["public-api", "--color", "never", "--omit", "blanket-impls"]);
        command.arg("diff").arg(&pair.base).arg(&pair.head);
        let output = output(&mut command)?;
        Ok(if output.status.success() {
            public_api(&String::from_utf8_lossy(&output.stdout))
        } else {
            Finding::Unreadable(reason(&printed(&output)))
        })
    }
}

/// It fails for every finding, so that only its summary says whether it did its work.
fn semver_checks(printed: &str) -> Finding {
    let summary = |text: &str| printed.lines().any(|line| line.contains(text));
    let findings = printed.lines().filter(|line| line.starts_with("--- "));
    let findings = findings.map(str::to_owned).collect();
    if summary("Summary semver requires new major version") {
        Finding::Bump(Bump::Major, findings)
    } else if summary("Summary semver requires new minor version") {
        Finding::Bump(Bump::Minor, findings)
    } else if summary("Summary no semver update required") {
        Finding::Bump(Bump::None, findings)
    } else {
        Finding::Unreadable(reason(printed))
    }
}

/// It lists removed items with `-`, added ones with `+`, and changed ones with both.
fn public_api(printed: &str) -> Finding {
    let lines = |sign: char| printed.lines().filter(move |line| line.starts_with(sign));
    let items = printed.lines().filter(|line| line.starts_with(['-', '+']));
    let bump = if lines('-').next().is_some() {
        Bump::Major
    } else if lines('+').next().is_some() {
        Bump::Minor
    } else {
        Bump::None
    };
    Finding::Bump(bump, items.map(str::to_owned).collect())
}

/// The error without the stack behind it.
fn reason(printed: &str) -> String {
    let lines = printed.lines().map(str::trim);
    let lines = lines.take_while(|line| !line.starts_with("Stack backtrace"));
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

fn output(command: &mut Command) -> Result<Output> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output();
    output.map_err(|error| Unable(format!("{program}: {error}")))
}

fn printed(output: &Output) -> String {
    let printed = [output.stdout.as_slice(), &output.stderr].concat();
    String::from_utf8_lossy(&printed).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_of_semver_checks_is_its_answer() {
        let finding = |summary: &str| {
            let finding = "--- failure method_missing: pub method removed or renamed ---";
            semver_checks(&format!("{finding}\n     Summary {summary}\n"))
        };
        let bump = |summary: &str| match finding(summary) {
            Finding::Bump(bump, _) => bump,
            Finding::Unreadable(text) => panic!("{text}"),
        };
        let major = "semver requires new major version: 1 major and 2 minor checks failed";
        let minor = "semver requires new minor version: 0 major and 1 minor checks failed";
        assert_eq!(bump(major), Bump::Major);
        assert_eq!(bump(minor), Bump::Minor);
        assert_eq!(bump("no semver update required"), Bump::None);
        let Finding::Bump(_, findings) = finding(major) else {
            panic!("it is a result");
        };
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn a_format_that_a_tool_does_not_know_is_no_answer() {
        let printed = "error: failed to load rustdoc\n\nCaused by:\n    unsupported rustdoc format v99\n\nStack backtrace:\n   0: load";
        let text = "error: failed to load rustdoc Caused by: unsupported rustdoc format v99";
        assert_eq!(semver_checks(printed), Finding::Unreadable(text.to_owned()));
    }

    #[test]
    fn an_item_that_public_api_misses_breaks_and_a_new_one_does_not() {
        let bump = |items: &str| match public_api(&format!("Removed items\n====\n{items}")) {
            Finding::Bump(bump, _) => bump,
            Finding::Unreadable(text) => panic!("{text}"),
        };
        assert_eq!(bump("(none)\n"), Bump::None);
        assert_eq!(bump("+pub fn a::b()\n"), Bump::Minor);
        assert_eq!(bump("-pub fn a::b()\n+pub fn a::b(i64)\n"), Bump::Major);
    }
}
