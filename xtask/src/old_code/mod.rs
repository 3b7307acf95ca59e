//! The verb `old-code`: code that was written against the crate of a revision, compiled against the crate of today, beside what
//! the review predicts.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::tools::{Outcome, Result, Unable, root};

mod blocks;
mod judging;

use judging::Broken;

/// Where the code of users is, seen from the root: programs, tests and texts with programs in them.
const FOLDERS: [&str; 3] = [
    "generated/examples/",
    "generated/tests/",
    "tests/wire/examples/",
];
const TEXTS: [&str; 2] = ["README.md", "generated/README.md"];

const HELP: &str = "name a commit of the repository that has generated/";

/// A program of the revision.
struct Program {
    /// Where it was, from the root.
    path: String,
    text: String,
}

/// A commit of a repository.
struct Revision<'r> {
    root: &'r Path,
    name: &'r str,
}

/// Compiles what the revision has against the crate as it is in the working tree.
pub fn run(name: &str, repository: Option<&Path>) -> Result<Outcome> {
    let root = repository.map_or_else(|| Ok(root()), std::path::absolute);
    let root = root.map_err(|error| Unable(format!("--repository: {error}")))?;
    let revision = Revision { root: &root, name };
    let manifest = revision.file("generated/Cargo.toml")?;
    let programs = revision.programs(&judging::crate_name(&manifest)?)?;
    let folder = root.join("target/old-code");
    let manifest = judging::manifest(&manifest, &root)?;
    let names = write(&folder, &root, manifest, &programs)?;
    let broken = compile(&folder, &names)?;
    let predicted = judging::predicted(&revision.review()?);
    anstream::println!(
        "{} programs of {name}, compiled against the crate of today\n",
        programs.len()
    );
    anstream::print!("{}", judging::table(&broken, &predicted));
    let unexpected = broken
        .iter()
        .filter(|one| judging::cause(one, &predicted).is_none());
    Ok(match unexpected.count() {
        0 => Outcome::Fine,
        _ => Outcome::Findings,
    })
}

impl Revision<'_> {
    /// What uses the crate; what another is used in is no user's code of this one.
    fn programs(&self, crate_name: &str) -> Result<Vec<Program>> {
        let listed = self.git(&["ls-tree", "-r", "--name-only", self.name])?;
        let mut programs = Vec::new();
        for path in listed.lines() {
            let is_program = |folder: &str| {
                let name = path.strip_prefix(folder);
                let name = name.and_then(|name| name.strip_suffix(".rs"));
                name.is_some_and(|name| !name.contains('/'))
            };
            let is_text = TEXTS.contains(&path);
            if !is_text && !FOLDERS.iter().any(|folder| is_program(folder)) {
                continue;
            }
            let text = self.file(path)?;
            let texts = if is_text {
                blocks::programs(&text)
            } else {
                vec![text]
            };
            programs.extend(texts.into_iter().map(|text| Program {
                path: path.to_owned(),
                text,
            }));
        }
        programs.retain(|program| program.text.contains(crate_name));
        Ok(programs)
    }

    /// The report on what the document was and is.
    fn review(&self) -> Result<Value> {
        let program: PathBuf = env::current_exe().map_err(|error| Unable(error.to_string()))?;
        let mut command = Command::new(program);
        command.args(["diff", self.name, "--format", "json", "--fail-on", "never"]);
        let output = command.current_dir(self.root).stdin(Stdio::null()).output();
        let output = output.map_err(|error| Unable(format!("the review: {error}")))?;
        serde_json::from_slice(&output.stdout).map_err(|error| {
            let said = String::from_utf8_lossy(&output.stderr);
            Unable(format!("the review: {error}\n{said}"))
        })
    }

    fn file(&self, path: &str) -> Result<String> {
        self.git(&["show", &format!("{}:{path}", self.name)])
    }

    fn git(&self, arguments: &[&str]) -> Result<String> {
        let mut command = Command::new("git");
        let output = command.args(arguments).current_dir(self.root).output();
        let output = output.map_err(|error| Unable(format!("git: {error}")))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(Unable(format!("git: {}\n  help: {HELP}", said.trim_end())))
    }
}

/// A package with an example for each program; gives the path of each by its file.
fn write(
    folder: &Path,
    root: &Path,
    manifest: String,
    programs: &[Program],
) -> Result<BTreeMap<String, String>> {
    let examples = folder.join("examples");
    let _ = fs::remove_dir_all(&examples);
    let mut files = vec![
        (folder.join("Cargo.toml"), manifest),
        (folder.join("src/lib.rs"), String::new()),
    ];
    let mut names = BTreeMap::new();
    for (index, program) in programs.iter().enumerate() {
        let name = format!("examples/program_{index}.rs");
        files.push((folder.join(&name), program.text.clone()));
        names.insert(name, program.path.clone());
    }
    for (path, text) in files {
        let cannot = |error| Unable(format!("cannot write {}: {error}", path.display()));
        fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(cannot)?;
        fs::write(&path, text).map_err(cannot)?;
    }
    // The versions that the workspace has.
    let _ = fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"));
    Ok(names)
}

fn compile(folder: &Path, names: &BTreeMap<String, String>) -> Result<Vec<Broken>> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let arguments = [
        "check",
        "--examples",
        "--keep-going",
        "--message-format=json",
        "--quiet",
    ];
    command.args(arguments).current_dir(folder);
    command.env("CARGO_TARGET_DIR", folder.join("target"));
    let output = command.stdin(Stdio::null()).stderr(Stdio::piped()).output();
    let output = output.map_err(|error| Unable(format!("cargo: {error}")))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let broken = judging::broken(&said, names);
    if broken.is_empty() && !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Unable(format!(
            "the crate of today does not compile\n{said}"
        )));
    }
    Ok(broken)
}
