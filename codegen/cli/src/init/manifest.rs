//! `Cargo.toml`: a workspace with the crate in it, and what is where.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

use crate::outcome::{Result, Unable, cannot};
use crate::screen::Step;

/// The file as it is, if it is there, and as it is to be.
pub struct Manifest {
    known: Option<String>,
    text: String,
}

impl Manifest {
    /// With what it lacks.
    pub fn read(file: &Path, schema: &Path, out: &Path) -> Result<Self> {
        let known = match fs::read_to_string(file) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(cannot("read", file, &error)),
        };
        let manifest = known.as_deref().unwrap_or(EMPTY).parse();
        let mut manifest: DocumentMut =
            manifest.map_err(|error| Unable(format!("{}: {error}", file.display())))?;
        add_member(&mut manifest, &path(out));
        add_table(&mut manifest, schema, out);
        let text = manifest.to_string();
        Ok(Self { known, text })
    }

    pub fn write(&self, file: &Path) -> Result<Step> {
        let what = match &self.known {
            None => "written",
            Some(known) if *known == self.text => "kept",
            Some(_) => "updated",
        };
        if what != "kept" {
            fs::write(file, &self.text).map_err(|error| cannot("write", file, &error))?;
        }
        Ok(Step {
            path: file.to_owned(),
            what,
        })
    }
}

const EMPTY: &str = "[workspace]\nresolver = \"3\"\nmembers = []\n";

/// A package by itself is no workspace, and needs no member.
fn add_member(manifest: &mut DocumentMut, out: &str) {
    let Some(workspace) = manifest.get_mut("workspace").and_then(Item::as_table_mut) else {
        return;
    };
    let members = workspace
        .entry("members")
        .or_insert_with(|| value(Array::new()));
    if let Some(members) = members.as_array_mut() {
        let is_there = members
            .iter()
            .filter_map(Value::as_str)
            .any(|member| covers(member, out));
        if !is_there {
            members.push(out);
        }
    }
}

/// Whether a member, which may be a pattern, is the folder.
fn covers(member: &str, out: &str) -> bool {
    let inside = member.strip_suffix("/*").and_then(|folder| {
        let rest = out.strip_prefix(folder)?.strip_prefix('/')?;
        Some(!rest.contains('/'))
    });
    inside.unwrap_or(member.trim_end_matches('/') == out)
}

fn add_table(manifest: &mut DocumentMut, schema: &Path, out: &Path) {
    let has = |part: &str| {
        let metadata = manifest.get(part).and_then(|part| part.get("metadata"));
        metadata.is_some_and(|metadata| metadata.get("sdk").is_some())
    };
    if has("workspace") || has("package") {
        return;
    }
    let part = match manifest.contains_key("workspace") {
        true => "workspace",
        false => "package",
    };
    let mut sdk = Table::new();
    sdk["schema"] = value(path(schema));
    sdk["policy"] = value(path(&schema.with_extension("toml")));
    sdk["out"] = value(path(out));
    let implicit = || {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    };
    let part = manifest.entry(part).or_insert_with(implicit);
    if let Some(part) = part.as_table_mut() {
        let metadata = part.entry("metadata").or_insert_with(implicit);
        if let Some(metadata) = metadata.as_table_like_mut() {
            metadata.insert("sdk", Item::Table(sdk));
        }
    }
}

fn path(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
