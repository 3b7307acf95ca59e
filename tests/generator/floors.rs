//! The floors of the generator: a module uses only what is below it.
//!
//! The floors are read from the table in ARCHITECTURE.md, where people read them; a new module
//! needs a place there. Some modules could see more from their floor than they should, which is
//! what [`NEVER`] holds.

use std::path::Path;

use tests::workspace;

/// A module, and what its code must not name although it is on a lower floor.
const NEVER: [(&str, &str); 7] = [
    // The model of an API is data, whichever way it was read.
    ("api", "document"),
    ("api", "policy"),
    // So is the model of a crate.
    ("rust", "api"),
    ("rust", "document"),
    // What prints the crate knows nothing of the API, and so cannot decide anything.
    ("emit", "api"),
    ("emit", "api::lower"),
    ("emit", "document"),
];

/// A module and the number of its floor.
type Floors = Vec<(String, usize)>;

#[test]
fn a_module_uses_only_lower_ones() {
    let floors = floors();
    let mut found = Vec::new();
    for (module, text) in modules() {
        let (owner, floor) = owner(&floors, &module);
        for target in targets(&text, &module) {
            let (used, lower) = self::owner(&floors, &target);
            let forbidden = NEVER.contains(&(owner, used));
            if !used.is_empty() && used != owner && (forbidden || lower >= floor) {
                found.push(format!("`{module}` uses `{target}`"));
            }
        }
    }
    assert!(
        found.is_empty(),
        "the floors do not allow this:\n{}",
        found.join("\n")
    );
}

#[test]
fn every_module_has_a_floor() {
    let floors = floors();
    for (module, _) in modules() {
        let placed = module.is_empty() || !owner(&floors, &module).0.is_empty();
        assert!(placed, "give `{module}` a floor in ARCHITECTURE.md");
    }
}

/// The generator's runtime is a crate by itself, and so knows none of them.
#[test]
fn the_runtime_depends_on_none_of_them() {
    let manifest = workspace::read(&workspace::root().join("codegen/runtime/Cargo.toml"));
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let dependencies = manifest["dependencies"]
        .as_table()
        .expect("dependencies are a table");
    assert!(
        dependencies
            .values()
            .all(|dependency| dependency.get("path").is_none())
    );
}

/// The rows of the table in ARCHITECTURE.md: `| 1 | `document`, `policy` |`
fn floors() -> Floors {
    let text = workspace::read(&workspace::root().join("ARCHITECTURE.md"));
    let mut floors = Floors::new();
    for line in text.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let ["", number, names, ""] = cells.as_slice()
            && let Ok(number) = number.parse()
        {
            // Every other piece between backticks is a name; what is in parentheses explains it.
            let names = names
                .split('(')
                .next()
                .unwrap_or_default()
                .split('`')
                .skip(1)
                .step_by(2);
            floors.extend(names.map(|name| (name.to_owned(), number)));
        }
    }
    assert!(
        floors.len() > 8,
        "the table of floors in ARCHITECTURE.md is missing"
    );
    floors
}

/// Each file below `codegen/src/`, as the path of its module, with its text.
fn modules() -> Vec<(String, String)> {
    let folder = workspace::root().join("codegen/src");
    let files = workspace::files(&folder);
    files
        .iter()
        .map(|path| {
            (
                module(path.strip_prefix(&folder).unwrap_or(path)),
                workspace::read(path),
            )
        })
        .collect()
}

/// `api/lower/types.rs` as `api::lower::types`
fn module(path: &Path) -> String {
    let path = path.with_extension("");
    let parts = path.iter().map(|part| part.to_string_lossy().into_owned());
    let parts: Vec<String> = parts
        .filter(|part| part != "mod" && part != "lib")
        .collect();
    parts.join("::")
}

/// The row that a module belongs to: the longest name that contains it. `lib` contains the rest.
fn owner<'f>(floors: &'f Floors, module: &str) -> (&'f str, usize) {
    let containing = floors.iter().filter(|(name, _)| contains(name, module));
    let longest = containing.max_by_key(|(name, _)| name.len());
    longest.map_or(("", usize::MAX), |(name, floor)| (name.as_str(), *floor))
}

fn contains(outer: &str, module: &str) -> bool {
    module
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// The modules that a file names, as paths from the root. Comments do not count.
fn targets(text: &str, module: &str) -> Vec<String> {
    let lines = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    let code = lines.collect::<Vec<_>>().join(" ");
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        found.extend(leaves(&code[at + "crate::".len()..], ""));
    }
    for (at, _) in code.match_indices("super::") {
        if !code[..at].ends_with("::") {
            let rest = code[at..].trim_start_matches("super::");
            let ups = (code.len() - at - rest.len()) / "super::".len();
            let mut parent: Vec<&str> = module.split("::").collect();
            parent.truncate(parent.len().saturating_sub(ups));
            found.extend(leaves(rest, &parent.join("::")));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The paths of a `use` tree: `a::{b, c::d}` as `a::b` and `a::c::d`, as far as they are modules.
fn leaves(tree: &str, prefix: &str) -> Vec<String> {
    let end = tree.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let (path, rest) = tree.split_at(end.unwrap_or(tree.len()));
    let mut modules: Vec<&str> = prefix.split("::").filter(|part| !part.is_empty()).collect();
    let parts = path.split("::").filter(|part| !part.is_empty());
    modules.extend(parts.take_while(|part| part.starts_with(|c: char| c.is_lowercase())));
    let prefix = modules.join("::");
    match rest
        .strip_prefix('{')
        .filter(|_| path.is_empty() || path.ends_with("::"))
    {
        None => vec![prefix],
        Some(group) => members(group)
            .into_iter()
            .flat_map(|member| leaves(member.trim_start(), &prefix))
            .collect(),
    }
}

/// The members of a group in braces, whose opening brace is past.
fn members(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut list) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                list.push(&group[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                list.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    list.retain(|member| !member.trim().is_empty());
    list
}

#[test]
fn paths_are_read_from_any_way_of_using_a_module() {
    let text = "use crate::{api::{B, lower::{self, D}}, files}; use super::super::names::G; \
                crate::emit::attrs::docs(); // crate::document";
    let expected = [
        "api",
        "api::lower",
        "api::lower::self",
        "emit::attrs::docs",
        "files",
        "rust::names",
    ];
    assert_eq!(targets(text, "rust::plan::types"), expected);
}
