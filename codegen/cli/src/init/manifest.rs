//! `Cargo.toml`: a workspace with the crate in it, and what is where.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, Item, Table, Value, value};

use crate::outcome::{Result, Unable, cannot};
use crate::screen::Step;

/// The file as it is, if it is there, and as it is to be.
pub struct Manifest {
    known: Option<String>,
    text: String,
    /// What its owner has to do, where the workspace is another file's.
    pub to_do: Option<String>,
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
        reject_another(&manifest, file, schema, out)?;
        let to_do = if manifest.contains_key("workspace") {
            None
        } else {
            make_workspace(&mut manifest, out)
        };
        add_member(&mut manifest, &path(out));
        add_table(&mut manifest, schema, out);
        let text = manifest.to_string();
        Ok(Self { known, text, to_do })
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

/// Commands without a document are about one, and `init` for another would set up what none of them finds.
fn reject_another(manifest: &DocumentMut, file: &Path, schema: &Path, out: &Path) -> Result<()> {
    let parts = ["workspace", "package"].iter();
    let mut tables = parts.filter_map(|part| manifest.get(part)?.get("metadata")?.get("sdk"));
    let Some(table) = tables.next() else {
        return Ok(());
    };
    for (key, wanted) in [("schema", path(schema)), ("out", path(out))] {
        let known = table.get(key).and_then(Item::as_str);
        if let Some(known) = known.filter(|known| *known != wanted) {
            return Err(Unable(format!(
                "{} names `{key} = \"{known}\"` below [workspace.metadata.sdk], and this would be `{wanted}`\n  \
                 help: run `init` in a folder of its own for each document, or change it there",
                file.display()
            )));
        }
    }
    Ok(())
}

/// A package by itself becomes a workspace, which Cargo wants of a crate within it. Where it is in one, that is to be changed.
fn make_workspace(manifest: &mut DocumentMut, out: &Path) -> Option<String> {
    let Some((above, folder)) = workspace_above() else {
        manifest.insert("workspace", Item::Table(Table::new()));
        return None;
    };
    let text = fs::read_to_string(&above).ok()?;
    let above_manifest: DocumentMut = text.parse().ok()?;
    let members = above_manifest.get("workspace")?.get("members");
    let members = members.and_then(Item::as_array)?;
    let member = path(&folder.join(out));
    (!has_member(members, &member)).then(|| {
        let above = above.display();
        format!("{above} is the workspace of this package: add \"{member}\" to its `members`")
    })
}

/// The nearest Cargo.toml above with a workspace, and this folder as seen from its own.
fn workspace_above() -> Option<(PathBuf, PathBuf)> {
    let current = env::current_dir().ok()?;
    current.ancestors().skip(1).find_map(|folder| {
        let file = folder.join("Cargo.toml");
        let manifest: DocumentMut = fs::read_to_string(&file).ok()?.parse().ok()?;
        manifest.get("workspace")?;
        Some((file, current.strip_prefix(folder).ok()?.to_owned()))
    })
}

/// Cargo wants members below the workspace.
fn add_member(manifest: &mut DocumentMut, out: &str) {
    if Path::new(out).is_absolute() || out.starts_with("..") {
        return;
    }
    let Some(workspace) = manifest.get_mut("workspace").and_then(Item::as_table_mut) else {
        return;
    };
    let members = workspace
        .entry("members")
        .or_insert_with(|| value(Array::new()));
    let members = members.as_array_mut();
    if let Some(members) = members.filter(|members| !has_member(members, out)) {
        push(members, out);
    }
}

fn has_member(members: &Array, out: &str) -> bool {
    let mut members = members.iter().filter_map(Value::as_str);
    members.any(|member| covers(member, out))
}

/// On a line of its own where the others are, after what is said of the last.
fn push(members: &mut Array, out: &str) {
    let last = members.iter().last();
    let before = last.and_then(|last| last.decor().prefix()?.as_str());
    let Some(before) = before.and_then(|before| before.rsplit_once('\n')) else {
        members.push(out);
        return;
    };
    let said = members.trailing().as_str().unwrap_or_default().trim_end();
    let before = format!("{said}\n{}", before.1);
    members.push_formatted(Value::from(out).decorated(before, ""));
    members.set_trailing("\n");
    members.set_trailing_comma(true);
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
    let part = if manifest.contains_key("workspace") {
        "workspace"
    } else {
        "package"
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
