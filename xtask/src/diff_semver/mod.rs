//! The verb `diff-semver`: the bump that the review predicts for the pairs of `tests/surface/`,
//! against what the tools say that compare the two crates themselves.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use codegen::diagnostic::{Diagnostics, Source};
use review::settings::Settings;
use review::{Bump, Input};

use crate::listed;
use crate::tools::{self, Outcome, Result, Unable};
use judges::{Finding, Judges};
use table::{Row, Table};

mod crates;
mod judges;
mod table;

/// The folder of the pairs.
const CASES: &str = "tests/surface";
/// Cases on which a tool and the review disagree and are meant to.
const LISTED: &str = "tests/surface/semver.toml";

/// A document before and after one edit.
struct Case {
    name: String,
    folder: PathBuf,
}

/// Compares all pairs, or the named ones; whether they agree on what is a major bump.
pub fn run(names: &[String]) -> Result<Outcome> {
    let cases = cases(names)?;
    let mut reasons = listed::disagreements(LISTED)?;
    let judges = Judges::find()?;
    let docs = crates::document(&cases)?;
    let mut table = Table::start();
    for case in &cases {
        let pair = docs.of(case);
        table.add(Row {
            case: case.name.clone(),
            predicted: case.predicted()?,
            semver_checks: judges.semver_checks(&pair)?,
            public_api: judges.public_api(&pair)?,
            reason: reasons.remove(&case.name),
        })?;
    }
    // A part of the cases says nothing of the others.
    let unknown = if names.is_empty() {
        reasons
    } else {
        Default::default()
    };
    Ok(if table.finish(unknown.into_keys().collect()) {
        Outcome::Fine
    } else {
        Outcome::Findings
    })
}

/// The cases of the given names, or all.
fn cases(names: &[String]) -> Result<Vec<Case>> {
    let root = tools::root().join(CASES);
    let entries = fs::read_dir(&root).map_err(|error| tools::cannot("read", &root, &error))?;
    let folders = entries.flatten().map(|entry| entry.path());
    let known: BTreeSet<String> = folders
        .filter(|path| path.is_dir())
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    if let Some(name) = names.iter().find(|name| !known.contains(*name)) {
        return Err(Unable(format!(
            "there is no case `{name}`\n  help: the cases are the folders of {CASES}/"
        )));
    }
    let wanted = known
        .into_iter()
        .filter(|name| names.is_empty() || names.contains(name));
    let case = |name: String| Case {
        folder: root.join(&name),
        name,
    };
    Ok(wanted.map(case).collect())
}

impl Case {
    /// What the review says of the crate.
    fn predicted(&self) -> Result<Bump> {
        let mut diagnostics = Diagnostics::default();
        let (base, head) = (self.input("base")?, self.input("head")?);
        let today = cargo_sdk::diff::today()?;
        let report = review::compare(&base, &head, &Settings::default(), &today, &mut diagnostics);
        match report {
            Ok(report) => Ok(report.verdict.surface),
            Err(_) => Err(self.rejected(&diagnostics)),
        }
    }

    fn input(&self, side: &str) -> Result<Input> {
        let policy = self.policy(side).map(|path| source(&path)).transpose()?;
        Ok(Input {
            document: source(&self.schema(side))?,
            policy,
            ..Input::default()
        })
    }

    fn schema(&self, side: &str) -> PathBuf {
        self.folder.join(format!("{side}.yaml"))
    }

    fn policy(&self, side: &str) -> Option<PathBuf> {
        Some(self.folder.join(format!("{side}.toml"))).filter(|path| path.exists())
    }

    fn rejected(&self, diagnostics: &Diagnostics) -> Unable {
        let texts: Vec<String> = diagnostics.iter().map(|d| d.render(false)).collect();
        Unable(format!("{}: {}", self.name, texts.join("\n")))
    }
}

fn source(path: &Path) -> Result<Arc<Source>> {
    let text = fs::read_to_string(path).map_err(|error| tools::cannot("read", path, &error))?;
    Ok(Arc::new(Source::new(path.display().to_string(), text)))
}
