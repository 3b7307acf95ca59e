//! What a command is about when nothing is named: a table of the nearest Cargo.toml.
//!
//! The file is read as text and not by way of cargo, which loads no workspace whose generated crate is missing or
//! broken: this is the command that mends it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::outcome::{Result, Unable, cannot};

/// The file of severities and accepted changes, in the folder of documents.
pub const REVIEW: &str = "review.toml";

/// The policy file of a document where none is named: it has the document's name and ends in `toml`.
pub fn policy_beside(schema: &Path) -> Option<PathBuf> {
    let policy = schema.with_extension("toml");
    let is_review = policy.file_name()? == REVIEW;
    (!is_review && policy.is_file()).then_some(policy)
}

/// The files that a run is about, as short as they can be from where the user stands.
#[derive(Debug)]
pub struct Paths {
    pub schema: PathBuf,
    pub out: PathBuf,
    pub policy: Option<PathBuf>,
    pub review: Option<PathBuf>,
    /// The Cargo.toml that names them.
    pub manifest: PathBuf,
}

/// `[workspace.metadata.sdk]`
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    schema: PathBuf,
    out: PathBuf,
    policy: Option<PathBuf>,
    review: Option<PathBuf>,
}

/// What the first Cargo.toml names that has the table, going up from the current folder.
pub fn find() -> Result<Option<Paths>> {
    let current = env::current_dir().map_err(|error| Unable(error.to_string()))?;
    for (depth, folder) in current.ancestors().enumerate() {
        let file = folder.join("Cargo.toml");
        if !file.is_file() {
            continue;
        }
        let text = fs::read_to_string(&file).map_err(|error| cannot("read", &file, &error))?;
        if let Some(table) = table(&text, &file)? {
            let up: PathBuf = (0..depth).map(|_| "..").collect();
            return Ok(Some(paths(table, &up)));
        }
    }
    Ok(None)
}

fn table(text: &str, file: &Path) -> Result<Option<Table>> {
    let wrong = |error: &dyn std::fmt::Display| Unable(format!("{}: {error}", file.display()));
    let manifest: toml::Table = text.parse().map_err(|error| wrong(&error))?;
    let found = ["workspace", "package"]
        .iter()
        .find_map(|part| manifest.get(*part)?.get("metadata")?.get("sdk"));
    let table = found.map(|table| table.clone().try_into());
    table.transpose().map_err(|error| wrong(&error))
}

fn paths(table: Table, folder: &Path) -> Paths {
    let near = |path: PathBuf| folder.join(path);
    Paths {
        schema: near(table.schema),
        out: near(table.out),
        policy: table.policy.map(near),
        review: table.review.map(near),
        manifest: near(PathBuf::from("Cargo.toml")),
    }
}
