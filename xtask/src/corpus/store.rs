//! `target/corpus`: the crates that were made, and what is known of them.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use std::{env, fs, thread};

use rustix::fs::{FlockOperation, flock};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::Document;
use super::hash::Hash;
use crate::tools::{self, Result, Unable, cannot};

/// The folder of the crates.
pub const CRATES: &str = "crates";
const KEPT: &str = "kept";

pub struct Store {
    pub folder: PathBuf,
    pub jobs: usize,
    /// This program.
    pub executable: PathBuf,
    /// Of this program.
    pub generator: Hash,
    /// Two runs at once would take each other's files away.
    _lock: File,
}

impl Store {
    pub fn open(jobs: Option<usize>) -> Result<Self> {
        let executable = env::current_exe().map_err(|error| Unable(error.to_string()))?;
        let folder = tools::install::target().join("corpus");
        for part in [CRATES, KEPT] {
            let part = folder.join(part);
            fs::create_dir_all(&part).map_err(|error| cannot("create", &part, &error))?;
        }
        let lock = lock(&folder.join("lock"))?;
        let cpus = || thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            generator: build(&executable)?,
            jobs: jobs.unwrap_or_else(cpus).max(1),
            folder,
            executable,
            _lock: lock,
        })
    }

    /// The folder of the document's crate.
    pub fn crate_of(&self, document: &str) -> PathBuf {
        self.folder.join(CRATES).join(slug(document))
    }

    /// What was kept of the document if nothing that `key` is made of has changed.
    pub fn kept<T: DeserializeOwned>(&self, kind: &str, document: &str, key: &str) -> Option<T> {
        let text = fs::read_to_string(self.file(kind, document)).ok()?;
        let (stated, rest) = text.split_once('\n')?;
        (stated == key).then(|| serde_json::from_str(rest).ok())?
    }

    pub fn keep(
        &self,
        kind: &str,
        document: &str,
        key: &str,
        value: &impl Serialize,
    ) -> Result<()> {
        let path = self.file(kind, document);
        let json =
            serde_json::to_string_pretty(value).map_err(|error| Unable(error.to_string()))?;
        fs::write(&path, format!("{key}\n{json}\n")).map_err(|error| cannot("write", &path, &error))
    }

    fn file(&self, kind: &str, document: &str) -> PathBuf {
        let name = format!("{}.{kind}", slug(document));
        self.folder.join(KEPT).join(name)
    }
}

/// Another build of a program is written at another time; its contents are a hundred megabytes.
fn build(executable: &Path) -> Result<Hash> {
    let unreadable = |error| cannot("read", executable, &error);
    let metadata = fs::metadata(executable).map_err(unreadable)?;
    let modified = metadata.modified().map_err(unreadable)?;
    let age = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    let hash = Hash::default().and(metadata.len().to_le_bytes());
    Ok(hash.and(age.as_nanos().to_le_bytes()))
}

/// Waits until no other run has the file.
fn lock(path: &Path) -> Result<File> {
    let file = File::create(path).map_err(|error| cannot("create", path, &error))?;
    if flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
        anstream::eprintln!("another run is below target/corpus: waiting for its end");
        let locked = flock(&file, FlockOperation::LockExclusive);
        locked.map_err(|error| cannot("lock", path, &error.into()))?;
    }
    Ok(file)
}

/// A name for files and folders that is the document's alone.
pub fn slug(document: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = document.chars().map(plain).take(80).collect();
    let hash = Hash::default().and(document).hex();
    format!("{name}-{}", &hash[..6])
}

/// What a document's crate depends on besides the generator: its text, and that of its neighbors if it refers to any.
pub fn content(document: &Document) -> Result<Hash> {
    let unreadable = |error| cannot("read", &document.path, &error);
    let text = fs::read(&document.path).map_err(unreadable)?;
    let mut hash = Hash::default().and(&text);
    if refers_to_files(&String::from_utf8_lossy(&text)) {
        let folder = document.path.parent().unwrap_or(Path::new("."));
        for file in super::documents::files(folder)? {
            hash = hash
                .and(file.as_os_str().as_encoded_bytes())
                .and_file(&file)?;
        }
    }
    Ok(hash)
}

fn refers_to_files(text: &str) -> bool {
    let mut references = text.split("$ref").skip(1);
    references.any(|rest| {
        let value = rest.trim_start_matches(['"', '\'', ':', ' ', '\t', '\n', '\r']);
        !value.starts_with('#')
    })
}
