//! The crates under clippy: several in one run of Cargo, with one lock file and one folder for what is compiled.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs, thread};

use indicatif::ProgressBar;
use serde::Deserialize;

use super::classes;
use super::hash::Hash;
use super::progress;
use super::record::{Check, Counts, Record};
use super::store::{CRATES, Store, slug};
use crate::tools::{self, Result, Unable, cannot};

/// How many crates are compiled in one run of Cargo: what is found of them is kept after it.
const BATCH: usize = 12;
/// How many messages of a crate are kept.
const SHOWN: usize = 10;

/// What clippy says of each crate.
pub fn run(records: &mut [Record], store: &Store) -> Result<()> {
    let toolchain = toolchain()?;
    let mut pending = Vec::new();
    for (index, record) in records.iter_mut().enumerate() {
        let Some(generated) = &record.generated else {
            continue;
        };
        let key = toolchain.clone().and(&generated.hash).hex();
        record.check = store.kept("checked", &record.document, &key);
        if record.check.is_none() {
            pending.push(Pending {
                index,
                document: record.document.clone(),
                package: generated.package.clone(),
                lines: generated.lines,
                key,
            });
        }
    }
    let bar = progress::bar("checking", pending.len());
    for batch in batches(pending) {
        for (pending, check) in checks(&batch, store, &bar)? {
            store.keep("checked", &pending.document, &pending.key, &check)?;
            records[pending.index].check = Some(check);
        }
    }
    bar.finish_and_clear();
    Ok(())
}

/// A crate that has to be compiled.
struct Pending {
    index: usize,
    document: String,
    package: String,
    lines: usize,
    key: String,
}

/// What the compiler's messages depend on besides the crate.
fn toolchain() -> Result<Hash> {
    let mut command = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let output = command.arg("-vV").output();
    let output = output.map_err(|error| Unable(format!("rustc: {error}")))?;
    Hash::default()
        .and(output.stdout)
        .and(ARGUMENTS.join(" "))
        .and_file(&tools::root().join("Cargo.lock"))
}

/// Large crates come last and are few in a batch, and no batch has two packages of one name, which Cargo rejects.
fn batches(mut pending: Vec<Pending>) -> Vec<Vec<Pending>> {
    const LINES: usize = 150_000;
    pending.sort_by_key(|pending| pending.lines);
    let mut batches: Vec<Vec<Pending>> = Vec::new();
    for crate_ in pending {
        let fits = |batch: &&mut Vec<Pending>| {
            let lines: usize = batch.iter().map(|other| other.lines).sum();
            batch.len() < BATCH
                && lines + crate_.lines <= LINES
                && batch.iter().all(|other| other.package != crate_.package)
        };
        match batches.iter_mut().find(fits) {
            Some(batch) => batch.push(crate_),
            None => batches.push(vec![crate_]),
        }
    }
    batches
}

/// The crates of a batch and what was found of each. One whose manifest Cargo rejects takes the others of the batch with
/// it, so that those of which nothing came are tried by themselves.
fn checks<'b>(
    batch: &'b [Pending],
    store: &Store,
    bar: &ProgressBar,
) -> Result<Vec<(&'b Pending, Check)>> {
    let all: Vec<&Pending> = batch.iter().collect();
    let (mut found, failure) = clippy(&all, store, bar)?;
    let mut checks = Vec::new();
    for pending in batch {
        let name = slug(&pending.document);
        let check = match found.take(&name) {
            Some(check) => check,
            None if batch.len() == 1 => Check::failed(&failure),
            None => {
                let (mut found, failure) = clippy(&[pending], store, bar)?;
                found.take(&name).unwrap_or_else(|| Check::failed(&failure))
            }
        };
        checks.push((pending, check));
    }
    Ok(checks)
}

const ARGUMENTS: [&str; 9] = [
    "clippy",
    "--workspace",
    "--lib",
    "--examples",
    "--no-default-features",
    "--keep-going",
    "--quiet",
    "--message-format=json",
    "--color=never",
];
/// Nothing stops at a lint: all are counted.
const LINTS: [&str; 3] = [
    "--",
    "--warn=clippy::correctness",
    "--warn=clippy::suspicious",
];

/// Runs clippy on the crates: what it says of each, and what Cargo itself said.
fn clippy(batch: &[&Pending], store: &Store, bar: &ProgressBar) -> Result<(Found, String)> {
    write_workspace(batch, store)?;
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(ARGUMENTS)
        .arg(format!("--jobs={}", store.jobs))
        .args(LINTS)
        .current_dir(&store.folder)
        .env("CARGO_TARGET_DIR", store.folder.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| Unable(format!("cargo clippy: {error}")))?;
    let stdout = cargo.stdout.take();
    let stderr = cargo.stderr.take();
    let found = thread::scope(|scope| {
        let stderr = scope.spawn(|| {
            let text = stderr.map(std::io::read_to_string);
            text.and_then(std::result::Result::ok).unwrap_or_default()
        });
        let lines = stdout
            .into_iter()
            .flat_map(|stdout| BufReader::new(stdout).lines());
        let found = collect(lines.map_while(std::result::Result::ok), bar);
        (found, stderr.join().unwrap_or_default())
    });
    cargo
        .wait()
        .map_err(|error| Unable(format!("cargo clippy: {error}")))?;
    // Nothing is built on them, and a hundred crates would fill the disk.
    found
        .0
        .files
        .iter()
        .for_each(|file| drop(fs::remove_file(file)));
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

/// What was found of each crate, by the name of its folder.
#[derive(Default)]
struct Found {
    checks: BTreeMap<String, Check>,
    compiled: BTreeSet<String>,
    files: Vec<PathBuf>,
}

fn collect(lines: impl Iterator<Item = String>, bar: &ProgressBar) -> Found {
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    for line in lines {
        let Ok(message) = serde_json::from_str::<Message>(&line) else {
            continue;
        };
        let Some(name) = member(&message.manifest_path) else {
            continue;
        };
        if let Some(finding) = message.message {
            // A library may be looked at again for its examples.
            let rendered = finding.rendered.clone().unwrap_or_default();
            if seen.insert((name.clone(), rendered)) {
                found.checks.entry(name.clone()).or_default().add(finding);
            }
        }
        if message.reason == "compiler-artifact" {
            found.files.extend(message.filenames);
            if found.compiled.insert(name) {
                bar.inc(1);
            }
        }
    }
    found
}

impl Found {
    /// What was found of the crate; nothing when it was not compiled, and nobody said why.
    fn take(&mut self, name: &str) -> Option<Check> {
        let check = self.checks.remove(name).unwrap_or_default();
        (self.compiled.contains(name) || !check.errors.is_empty()).then_some(check)
    }
}

/// The name of the folder of a crate that was made here.
fn member(manifest: &Path) -> Option<String> {
    let folder = manifest.parent()?;
    let is_member = folder.parent()?.file_name()? == CRATES;
    is_member.then(|| folder.file_name()?.to_str().map(str::to_owned))?
}

impl Check {
    fn failed(why: &str) -> Self {
        Self {
            errors: [("not compiled".to_owned(), 1)].into(),
            warnings: Counts::new(),
            messages: vec![why.trim_end().to_owned()],
        }
    }

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
