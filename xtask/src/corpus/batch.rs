//! Several crates in one run of Cargo, with one lock file and one folder for what is compiled.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, thread};

use indicatif::ProgressBar;
use serde::Deserialize;

use super::classes;
use super::hash::Hash;
use super::record::{Check, Counts, Generated};
use super::store::{CRATES, Store, slug};
use crate::tools::{self, Result, Unable, cannot};

/// How many crates are compiled in one run of Cargo: what is found of them is kept after it.
const CRATES_AT_ONCE: usize = 12;
/// And how many lines.
const LINES_AT_ONCE: usize = 150_000;
/// How many messages of a crate are kept.
const SHOWN: usize = 10;

/// A crate that has to be compiled.
pub struct Pending {
    /// Of the record.
    pub index: usize,
    pub document: String,
    /// What is kept of it is kept under this key.
    pub key: String,
    package: String,
    lines: usize,
}

impl Pending {
    pub fn new(index: usize, document: &str, generated: &Generated, toolchain: &Hash) -> Self {
        Self {
            index,
            document: document.to_owned(),
            key: toolchain.clone().and(&generated.hash).hex(),
            package: generated.package.clone(),
            lines: generated.lines,
        }
    }
}

/// What a run of Cargo depends on besides the crates.
pub fn toolchain(arguments: &[&str]) -> Result<Hash> {
    let mut command = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let output = command.arg("-vV").output();
    let output = output.map_err(|error| Unable(format!("rustc: {error}")))?;
    Hash::default()
        .and(output.stdout)
        .and(arguments.join(" "))
        .and_file(&tools::root().join("Cargo.lock"))
}

/// Large crates come last and are few in a batch, and no batch has two packages of one name, which Cargo rejects.
pub fn batches(mut pending: Vec<Pending>) -> Vec<Vec<Pending>> {
    pending.sort_by_key(|pending| pending.lines);
    let mut batches: Vec<Vec<Pending>> = Vec::new();
    for next in pending {
        let fits = |batch: &&mut Vec<Pending>| {
            let lines: usize = batch.iter().map(|other| other.lines).sum();
            batch.len() < CRATES_AT_ONCE
                && lines + next.lines <= LINES_AT_ONCE
                && batch.iter().all(|other| other.package != next.package)
        };
        match batches.iter_mut().find(fits) {
            Some(batch) => batch.push(next),
            None => batches.push(vec![next]),
        }
    }
    batches
}

/// What Cargo made of one crate.
#[derive(Default)]
pub struct Made {
    pub check: Check,
    pub executable: Option<PathBuf>,
    is_compiled: bool,
    files: Vec<PathBuf>,
}

/// Runs Cargo on the crates of a batch. A crate whose manifest Cargo rejects takes the others of the batch with it, so that
/// those of which nothing came are tried by themselves.
pub fn cargo<'b>(
    batch: &'b [Pending],
    arguments: &[&str],
    store: &Store,
    bar: &ProgressBar,
) -> Result<Vec<(&'b Pending, Made)>> {
    let all: Vec<&Pending> = batch.iter().collect();
    let (mut found, failure) = run(&all, arguments, store, bar)?;
    let mut list = Vec::new();
    for pending in batch {
        let name = slug(&pending.document);
        let made = match found.remove(&name).filter(Made::is_explained) {
            Some(made) => made,
            None if batch.len() == 1 => Made::failed(&failure),
            None => {
                let (mut found, failure) = run(&[pending], arguments, store, bar)?;
                let made = found.remove(&name).filter(Made::is_explained);
                made.unwrap_or_else(|| Made::failed(&failure))
            }
        };
        list.push((pending, made));
    }
    Ok(list)
}

impl Made {
    /// It was compiled, or somebody said why not.
    fn is_explained(&self) -> bool {
        self.is_compiled || !self.check.errors.is_empty()
    }

    fn failed(why: &str) -> Self {
        let check = Check {
            errors: Counts::from([("not compiled".to_owned(), 1)]),
            warnings: Counts::new(),
            messages: vec![why.trim_end().to_owned()],
        };
        Self {
            check,
            ..Self::default()
        }
    }

    /// Nothing is built on what was compiled, and a hundred crates would fill the disk.
    pub fn remove_files(&self) {
        let files = self.files.iter().chain(&self.executable);
        files.for_each(|file| drop(fs::remove_file(file)));
    }
}

/// What Cargo made of each crate, by the name of its folder, and what Cargo itself said.
fn run(
    batch: &[&Pending],
    arguments: &[&str],
    store: &Store,
    bar: &ProgressBar,
) -> Result<(BTreeMap<String, Made>, String)> {
    write_workspace(batch, store)?;
    let failed = |error| Unable(format!("cargo {}: {error}", arguments[0]));
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(arguments)
        .current_dir(&store.folder)
        .env("CARGO_TARGET_DIR", store.folder.join("target"))
        .env("CARGO_BUILD_JOBS", store.jobs.to_string())
        .env("CARGO_INCREMENTAL", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    let (stdout, stderr) = (cargo.stdout.take(), cargo.stderr.take());
    let found = thread::scope(|scope| {
        let stderr = scope.spawn(|| {
            let text = stderr.map(std::io::read_to_string);
            text.and_then(std::result::Result::ok).unwrap_or_default()
        });
        let lines = stdout
            .into_iter()
            .flat_map(|stdout| BufReader::new(stdout).lines());
        let made = collect(lines.map_while(std::result::Result::ok), bar);
        (made, stderr.join().unwrap_or_default())
    });
    cargo.wait().map_err(failed)?;
    Ok(found)
}

fn write_workspace(batch: &[&Pending], store: &Store) -> Result<()> {
    let write = |name: &str, text: &str| {
        let path = store.folder.join(name);
        fs::write(&path, text).map_err(|error| cannot("write", &path, &error))
    };
    let members = batch.iter().map(|pending| slug(&pending.document));
    let members: Vec<toml::Value> = members
        .map(|name| format!("{CRATES}/{name}").into())
        .collect();
    let mut workspace = toml::Table::new();
    workspace.insert("resolver".to_owned(), "3".into());
    workspace.insert("members".to_owned(), members.into());
    // What is compiled is looked at once.
    let settings = [("debug", false.into()), ("incremental", false.into())];
    let settings = settings.map(|(key, value): (&str, toml::Value)| (key.to_owned(), value));
    let mut profile = toml::Table::new();
    profile.insert("dev".to_owned(), toml::Table::from_iter(settings).into());
    let mut manifest = toml::Table::new();
    manifest.insert("workspace".to_owned(), workspace.into());
    manifest.insert("profile".to_owned(), profile.into());
    write("Cargo.toml", &manifest.to_string())?;
    // The versions that this workspace is tested with.
    let lock = tools::root().join("Cargo.lock");
    let lock = fs::read_to_string(&lock).map_err(|error| cannot("read", &lock, &error))?;
    write("Cargo.lock", &lock)
}

/// A line of what Cargo prints.
#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    manifest_path: PathBuf,
    message: Option<Finding>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Finding {
    level: String,
    code: Option<Code>,
    message: String,
    rendered: Option<String>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

fn collect(lines: impl Iterator<Item = String>, bar: &ProgressBar) -> BTreeMap<String, Made> {
    let mut found: BTreeMap<String, Made> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for line in lines {
        let Ok(message) = serde_json::from_str::<Message>(&line) else {
            continue;
        };
        let Some(name) = member(&message.manifest_path) else {
            continue;
        };
        let made = found.entry(name.clone()).or_default();
        if let Some(finding) = message.message {
            // A library may be looked at again for its examples.
            let rendered = finding.rendered.clone().unwrap_or_default();
            if seen.insert((name, rendered)) {
                made.check.add(finding);
            }
        }
        if message.reason == "compiler-artifact" {
            if !made.is_compiled {
                bar.inc(1);
            }
            made.is_compiled = true;
            made.files.extend(message.filenames);
            made.executable = message.executable.or(made.executable.take());
        }
    }
    found
}

/// The name of the folder of a crate that was made here.
fn member(manifest: &Path) -> Option<String> {
    let folder = manifest.parent()?;
    let is_member = folder.parent()?.file_name()? == CRATES;
    is_member.then(|| folder.file_name()?.to_str().map(str::to_owned))?
}

impl Check {
    fn add(&mut self, finding: Finding) {
        let counts = match finding.level.as_str() {
            "error" => &mut self.errors,
            "warning" => &mut self.warnings,
            _ => return,
        };
        let class = match &finding.code {
            Some(code) => code.code.clone(),
            None if is_summary(&finding.message) => return,
            None => classes::of_message(&finding.message),
        };
        *counts.entry(class).or_default() += 1;
        if self.messages.len() < SHOWN {
            self.messages.extend(finding.rendered);
        }
    }
}

/// "aborting due to 2 previous errors", "1 warning emitted"
fn is_summary(message: &str) -> bool {
    message.starts_with("aborting due to") || message.ends_with(" emitted")
}
