//! The documents below a folder.

use std::fs;
use std::path::{Path, PathBuf};

use crate::tools::{Result, Unable, cannot};

/// What is below the folder, sorted by path.
pub struct Found {
    pub documents: Vec<Document>,
    /// Files that hold no OpenAPI document, as paths below the folder.
    pub others: Vec<String>,
}

pub struct Document {
    /// The path below the folder, with `/`.
    pub name: String,
    pub path: PathBuf,
    /// Of the specification, as the document states it.
    pub version: String,
}

/// All documents whose name matches the pattern.
pub fn find(folder: &Path, only: Option<&str>) -> Result<Found> {
    let mut found = Found {
        documents: Vec::new(),
        others: Vec::new(),
    };
    for path in files(folder)? {
        let name = name(&path, folder);
        if only.is_some_and(|pattern| !matches(pattern, &name)) {
            continue;
        }
        let text = fs::read(&path).map_err(|error| cannot("read", &path, &error))?;
        match stated_version(&String::from_utf8_lossy(&text)) {
            Some(version) => found.documents.push(Document {
                name,
                path,
                version,
            }),
            None => found.others.push(name),
        }
    }
    if found.documents.is_empty() {
        let matching = only.map_or(String::new(), |only| format!(" that matches `{only}`"));
        return Err(Unable(format!(
            "no OpenAPI document{matching} is below {}\n  help: name a folder with .yaml, .yml or .json files",
            folder.display()
        )));
    }
    Ok(found)
}

/// Whether the name matches; `*` stands for any text.
pub fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, rest)) => name.strip_prefix(before).is_some_and(|name| {
            let ends = name.char_indices().map(|(at, _)| at).chain([name.len()]);
            ends.into_iter().any(|end| matches(rest, &name[end..]))
        }),
    }
}

/// The YAML and JSON files below the folder, sorted.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(folder) = pending.pop() {
        let unreadable = |error| cannot("read", &folder, &error);
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_dir() {
                pending.push(path);
            } else if matches!(extension, Some("yaml" | "yml" | "json")) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn name(path: &Path, folder: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    let parts = below
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

/// The value of the first `openapi` or `swagger` that stands where a key may. The text is not parsed: a document that
/// cannot be is one all the same.
fn stated_version(text: &str) -> Option<String> {
    let keys = ["openapi", "swagger"].into_iter();
    let stated = keys.flat_map(|key| {
        let places = text.match_indices(key);
        places.filter_map(move |(at, _)| Some((at, version_at(text, at, key)?)))
    });
    let (_, version) = stated.min_by_key(|(at, _)| *at)?;
    Some(version)
}

fn version_at(text: &str, at: usize, key: &str) -> Option<String> {
    let quotes = ['"', '\''];
    let before = text[..at].trim_end_matches(quotes);
    let begins = before.is_empty() || before.ends_with(['\n', '{', ',', ' ', '\t', '\u{feff}']);
    let after = text[at + key.len()..].trim_start_matches(quotes);
    let value = after.trim_start().strip_prefix(':')?.trim_start();
    let value = value.trim_start_matches(quotes);
    let version: String = value
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .collect();
    (begins && version.starts_with(|c: char| c.is_ascii_digit())).then_some(version)
}
