//! `cargo sdk changelog`: what a change of the document is to users of the crate, as the entry of its changelog, and
//! the version that it needs.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use review::{Report, raised};
use semver::Version;

use crate::diff::output;
use crate::diff::pair::Reading;
use crate::diff::pairs;
use crate::diff::writing::{self, Written};
use crate::diff::{self, git::Git};
use crate::outcome::{Outcome, Result, Unable, cannot, exit_code};
use crate::screen;
use crate::tool::Tool;
use entry::Entry;

mod entry;
mod file;

/// Not in the folder of the crate, whose every file is the generator's.
const CHANGELOG: &str = "CHANGELOG.md";

pub const EXAMPLES: &str = "\
BASE and HEAD are as in `cargo sdk diff`. The version is counted from the one in the policy file of BASE; accepted
changes count, since they affect users of the crate too. The changelog is the workspace's, because the folder of
the crate is the generator's.

With --write the working tree is changed: lines that the changelog has already under the version are left as they are,
and the policy file keeps its comments. A version that is high enough stays.

Examples:
  cargo sdk changelog                   the entry of this branch
  cargo sdk changelog v0.1.0 --write    of everything since a release

Exit codes: 0 fine, 2 wrong usage or unreadable input.";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// The old version [default: where HEAD left the default branch]
    base: Option<String>,
    /// The new version [default: the working tree]
    head: Option<String>,
    /// Write the entry into the changelog, and the version into the policy file
    #[arg(long)]
    write: bool,
    /// The changelog [default: CHANGELOG.md at the root]
    #[arg(long, value_name = "FILE")]
    changelog: Option<PathBuf>,
    /// The review file, as of `cargo sdk diff`
    #[arg(long, value_name = "FILE")]
    review: Option<PathBuf>,
    /// A folder beside the documents' own that they may refer to files of; may be repeated
    #[arg(long, value_name = "DIR")]
    allow_outside: Vec<PathBuf>,
    /// An overlay that is applied to both, after those of the policy files; may be repeated
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
}

pub fn run(options: &Options, tool: Tool) -> ExitCode {
    exit_code(changelog(options, tool))
}

fn changelog(options: &Options, tool: Tool) -> Result<Outcome> {
    let (base, head) = (options.base.as_deref(), options.head.as_deref());
    let reading = Reading {
        allow_outside: options.allow_outside.clone(),
        overlays: options.overlay.clone(),
    };
    let found = pairs::find(base, head, &reading)?.only_changed();
    let [pair] = found.pairs.as_slice() else {
        let names = found
            .pairs
            .iter()
            .map(|pair| pair.head.document.name.as_str());
        let names: Vec<&str> = names.collect();
        return Err(Unable(format!(
            "several documents have changed: {}\n  help: name the one whose crate it is about",
            names.join(", ")
        )));
    };
    if options.write && pair.head.path.is_none() {
        return Err(Unable(NOT_HERE.to_owned()));
    }
    let policy = pair.policy_file.clone();
    // The version is written into the policy, and nothing into the others.
    let mut inputs = found.inputs();
    inputs.extend(options.review.clone());
    inputs.retain(|input| {
        !policy
            .as_ref()
            .is_some_and(|policy| is_same_file(input, policy))
    });
    let same = pair.is_same();
    let [report] = <[Report; 1]>::try_from(diff::compare(found, options.review.as_deref(), false)?)
        .map_err(|_| Unable("the comparison gave no report".to_owned()))?;
    let versions = Versions::of(&report)?;
    let entry = Entry::of(&report, versions.as_ref().map(Versions::head));
    if same || entry.is_empty() {
        println!("nothing changes for users of the crate: there is nothing to write");
        if let (true, Some(versions)) = (options.write, &versions) {
            report_left_over(&read(&changelog_file(options))?, &entry, versions, options);
        }
        return Ok(Outcome::Fine);
    }
    if options.write {
        write(
            options,
            &entry,
            versions.as_ref(),
            policy.as_deref(),
            &inputs,
            tool,
        )
    } else {
        output::print(&entry.text(&diff::today()?))?;
        if let Some(versions) = &versions {
            screen::note(&versions.sentence());
        }
        Ok(Outcome::Fine)
    }
}

/// A file can be named by several paths.
fn is_same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

/// The version before the change, that in the working tree, and the least that the change allows.
struct Versions {
    base: Version,
    now: Version,
    needed: Version,
}

impl Versions {
    fn of(report: &Report) -> Result<Option<Self>> {
        let read = |text: &Option<String>| {
            let version = text.as_deref().map(Version::parse).transpose();
            version.map_err(|error| Unable(format!("the version of a policy file: {error}")))
        };
        let base = read(&report.verdict.version_base)?;
        let bump = report.rows.iter().map(|row| row.surface.bump).max();
        Ok(base.map(|base| Self {
            needed: raised(&base, bump.unwrap_or_default()),
            now: read(&report.verdict.version_now)
                .ok()
                .flatten()
                .unwrap_or_else(|| base.clone()),
            base,
        }))
    }

    /// The version that the change is published in.
    fn head(&self) -> &Version {
        std::cmp::max(&self.now, &self.needed)
    }

    fn sentence(&self) -> String {
        let Self { now, needed, .. } = self;
        if now >= needed {
            format!("the crate needs version {needed} and has {now}")
        } else {
            format!("the crate needs version {needed} and has {now}: --write sets it")
        }
    }
}

fn write(
    options: &Options,
    entry: &Entry,
    versions: Option<&Versions>,
    policy: Option<&Path>,
    inputs: &[PathBuf],
    tool: Tool,
) -> Result<Outcome> {
    let (Some(versions), Some(policy)) = (versions, policy) else {
        return Err(Unable(NO_POLICY.to_owned()));
    };
    let changelog = changelog_file(options);
    // Both are made before either is written.
    let old = read(&changelog)?;
    let text = old.as_deref().unwrap_or(file::NEW);
    let entered = Written {
        text: file::with_entry(text, entry, &diff::today()?),
        file: changelog,
    };
    let text = read(policy)?.unwrap_or_default();
    let raised = Written {
        text: with_version(&text, versions.head(), policy)?,
        file: policy.to_owned(),
    };
    let written = [entered, raised];
    writing::write(&written, inputs)?;
    let [entered, _] = &written;
    println!("{}: {}", entered.file.display(), versions.head());
    if versions.now == *versions.head() {
        println!("{}: {} is enough", policy.display(), versions.now)
    } else {
        println!(
            "{}: {} -> {}",
            policy.display(),
            versions.now,
            versions.needed
        )
    }
    report_left_over(&Some(entered.text.clone()), entry, versions, options);
    println!("run: {} generate", tool.name);
    Ok(Outcome::Fine)
}

/// An edit that was undone has left its line, and people may have written one like it.
fn report_left_over(text: &Option<String>, entry: &Entry, versions: &Versions, options: &Options) {
    // What was released is about other changes.
    let (Some(text), true) = (text, *versions.head() > versions.base) else {
        return;
    };
    let file = changelog_file(options);
    for (number, line) in file::left_over(text, entry) {
        screen::note(&format!(
            "{}:{number} is about no edit of this change: {line}\n  help: remove it if the edit was undone",
            file.display()
        ));
    }
}

fn changelog_file(options: &Options) -> PathBuf {
    match &options.changelog {
        Some(file) => file.clone(),
        None => root().join(CHANGELOG),
    }
}

/// The policy with another version, its comments and its order kept.
fn with_version(text: &str, version: &Version, policy: &Path) -> Result<String> {
    let mut document: toml_edit::DocumentMut = text
        .parse()
        .map_err(|error| Unable(format!("{}: {error}", policy.display())))?;
    let known = document
        .get_mut("package")
        .and_then(|package| package.get_mut("version"))
        .and_then(toml_edit::Item::as_value_mut);
    let Some(known) = known else {
        return Err(Unable(NO_POLICY.to_owned()));
    };
    let decor = known.decor().clone();
    *known = version.to_string().into();
    *known.decor_mut() = decor;
    Ok(document.to_string())
}

fn read(file: &Path) -> Result<Option<String>> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(cannot("read", file, &error)),
    }
}

/// Of the repository, or else where the user stands.
fn root() -> PathBuf {
    Git::find().map(|git| git.root).unwrap_or_default()
}

const NOT_HERE: &str =
    "--write changes the working tree, and HEAD is not there\n  help: name the base alone";
const NO_POLICY: &str = "no policy file in the working tree states the version of the crate\n  \
     help: write `version = \"0.1.0\"` under `[package]` in the file beside the document that ends in toml, and commit it: \
     versions are counted from there";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_changes_and_nothing_else() {
        let before =
            "# Facts.\n[package]\nname = \"pets\"\nversion   = '0.4.2' # ours\n\n[methods]\n";
        let after = with_version(before, &Version::new(0, 5, 0), Path::new("pets.toml"));
        assert_eq!(
            after.unwrap_or_default(),
            "# Facts.\n[package]\nname = \"pets\"\nversion   = \"0.5.0\" # ours\n\n[methods]\n"
        );
        let none = with_version(
            "[package]\n",
            &Version::new(0, 5, 0),
            Path::new("pets.toml"),
        );
        assert_eq!(none.map_err(|unable| unable.0), Err(NO_POLICY.to_owned()));
    }
}
