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

const HELP: &str = "name a commit of this repository that has generated/";

/// A program of the revision.
struct Program {
    /// Where it was, from the root.
    path: String,
    text: String,
}

/// Compiles what the revision has against the crate as it is in the working tree.
pub fn run(revision: &str) -> Result<Outcome> {
    let programs = programs(revision)?;
    let folder = root().join("target/old-code");
    let names = write(&folder, revision, &programs)?;
    let broken = compile(&folder, &names)?;
    let predicted = judging::predicted(&review(revision)?);
    anstream::println!(
        "{} programs of {revision}, compiled against the crate of today\n",
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

fn programs(revision: &str) -> Result<Vec<Program>> {
    let listed = git(&["ls-tree", "-r", "--name-only", revision])?;
    let mut programs = Vec::new();
    for path in listed.lines() {
        let is_program = |folder: &str| {
            let name = path.strip_prefix(folder);
            let name = name.and_then(|name| name.strip_suffix(".rs"));
            name.is_some_and(|name| !name.contains('/'))
        };
        if FOLDERS.iter().any(|folder| is_program(folder)) {
            programs.push(Program {
                path: path.to_owned(),
                text: git(&["show", &format!("{revision}:{path}")])?,
            });
        } else if TEXTS.contains(&path) {
            let text = git(&["show", &format!("{revision}:{path}")])?;
            programs.extend(blocks::programs(&text).into_iter().map(|text| Program {
                path: path.to_owned(),
                text,
            }));
        }
    }
    // What another crate is used in is no user's code of this one.
    programs.retain(|program| program.text.contains("cloudflare_billing"));
    Ok(programs)
}

/// A package with an example for each program; gives the path of each by its file.
fn write(folder: &Path, revision: &str, programs: &[Program]) -> Result<BTreeMap<String, String>> {
    let examples = folder.join("examples");
    let _ = fs::remove_dir_all(&examples);
    let manifest = git(&["show", &format!("{revision}:generated/Cargo.toml")])?;
    let mut files = vec![
        (
            folder.join("Cargo.toml"),
            judging::manifest(&manifest, &root())?,
        ),
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
    // The versions that this workspace has.
    let _ = fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"));
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
    command.env("CARGO_TARGET_DIR", root().join("target/old-code/target"));
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

/// The report on what the document was and is.
fn review(revision: &str) -> Result<Value> {
    let program: PathBuf = env::current_exe().map_err(|error| Unable(error.to_string()))?;
    let mut command = Command::new(program);
    command.args(["diff", revision, "--format", "json", "--fail-on", "never"]);
    let output = command.current_dir(root()).stdin(Stdio::null()).output();
    let output = output.map_err(|error| Unable(format!("the review: {error}")))?;
    serde_json::from_slice(&output.stdout).map_err(|error| {
        let said = String::from_utf8_lossy(&output.stderr);
        Unable(format!("the review: {error}\n{said}"))
    })
}

fn git(arguments: &[&str]) -> Result<String> {
    let output = Command::new("git")
        .args(arguments)
        .current_dir(root())
        .output();
    let output = output.map_err(|error| Unable(format!("git: {error}")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Unable(format!("git: {}\n  help: {HELP}", said.trim_end())))
}
