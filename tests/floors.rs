//! The floors of the generator: a module uses only what is below it.
//!
//! ```text
//! diagnostic < document < api < api::lower | diff::wire < policy, rust < rust::plan | diff::surface
//!            < emit < format, files, embed < lib
//! ```
//!
//! Each row of [`FLOORS`] is a module and what it may name besides itself and its parts. A new
//! module needs a row, so that its place is a decision.

use std::path::Path;

use tests::workspace;

/// A module, and the modules that its code may use. Where several modules contain a file, the
/// longest counts.
const FLOORS: [(&str, &[&str]); 12] = [
    ("diagnostic", &[]),
    ("document", &["diagnostic"]),
    ("policy", &["diagnostic"]),
    // The model of an API is data alone.
    ("api", &[]),
    ("api::lower", &["diagnostic", "document", "api"]),
    // So is the model of a crate.
    ("rust", &[]),
    ("rust::plan", &["diagnostic", "document", "policy", "api", "rust"]),
    // What prints the crate knows nothing of the API, and decides nothing.
    ("emit", &["rust", "format", "files"]),
    ("format", &[]),
    ("files", &[]),
    ("embed", &["files"]),
    ("", &["diagnostic", "document", "policy", "api", "api::lower", "rust", "rust::plan", "emit", "format", "files", "embed"]),
];

#[test]
fn a_module_uses_only_lower_ones() {
    let folder = workspace::root().join("codegen/src");
    let mut found = Vec::new();
    for path in workspace::files(&folder) {
        let module = module(path.strip_prefix(&folder).expect("the file is in the folder"));
        let text = workspace::read(&path);
        for target in targets(&text, &module) {
            let (floor, allowed) = floor(&module);
            let own = contains(floor, &target) && !floor.is_empty();
            if !own && !allowed.contains(&self::floor(&target).0) {
                found.push(format!("`{module}` uses `{target}`"));
            }
        }
    }
    assert!(found.is_empty(), "the floors do not allow this:\n{}", found.join("\n"));
}

#[test]
fn every_module_has_a_floor() {
    let folder = workspace::root().join("codegen/src");
    for path in workspace::files(&folder) {
        let module = module(path.strip_prefix(&folder).expect("the file is in the folder"));
        let placed = module.is_empty() || !floor(&module).0.is_empty();
        assert!(placed, "give `{module}` a row in FLOORS");
    }
}

/// The generator's runtime is a crate by itself, and so knows none of them.
#[test]
fn the_runtime_depends_on_none_of_them() {
    let manifest = workspace::read(&workspace::root().join("codegen/runtime/Cargo.toml"));
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let dependencies = manifest["dependencies"].as_table().expect("dependencies are a table");
    assert!(dependencies.values().all(|dependency| dependency.get("path").is_none()));
}

/// `api/lower/types.rs` as `api::lower::types`
fn module(path: &Path) -> String {
    let path = path.with_extension("");
    let parts = path.iter().map(|part| part.to_string_lossy().into_owned());
    let parts: Vec<String> = parts.filter(|part| part != "mod" && part != "lib").collect();
    parts.join("::")
}

/// The row that a module belongs to.
fn floor(module: &str) -> (&'static str, &'static [&'static str]) {
    let containing = FLOORS.iter().filter(|(name, _)| contains(name, module));
    *containing.max_by_key(|(name, _)| name.len()).expect("the root contains every module")
}

fn contains(outer: &str, module: &str) -> bool {
    outer.is_empty()
        || module.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// The modules that a file names, as paths from the root. Comments do not count.
fn targets(text: &str, module: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let code = code.join(" ");
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let own = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        if own {
            found.extend(leaves(&code[at + "crate::".len()..], ""));
        }
    }
    for (at, _) in code.match_indices("super::") {
        let first = !code[..at].ends_with("::");
        if first {
            let rest = &code[at..];
            let ups = rest.split("super::").take_while(|part| part.is_empty()).count();
            let mut parent: Vec<&str> = module.split("::").collect();
            parent.truncate(parent.len().saturating_sub(ups));
            found.extend(leaves(&rest[ups * "super::".len()..], &parent.join("::")));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The paths of a `use` tree: `a::{b, c::d}` as `a::b` and `a::c::d`, as far as they are modules.
fn leaves(tree: &str, prefix: &str) -> Vec<String> {
    let end = tree.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let path = &tree[..end.unwrap_or(tree.len())];
    let mut modules: Vec<&str> = prefix.split("::").filter(|part| !part.is_empty()).collect();
    let parts = path.split("::").filter(|part| !part.is_empty());
    modules.extend(parts.take_while(|part| part.starts_with(|c: char| c.is_lowercase())));
    let prefix = modules.join("::");
    match path.ends_with("::").then(|| tree[path.len()..].strip_prefix('{')).flatten() {
        None => vec![prefix],
        Some(group) => members(group).into_iter().flat_map(|member| leaves(member.trim_start(), &prefix)).collect(),
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
    let text = "use crate::a::{B, c::{self, D}, e}; use super::super::f::G; crate::h::i(); // crate::no";
    assert_eq!(targets(text, "x::y::z"), ["a", "a::c", "a::c::self", "a::e", "h::i", "x::f"]);
}
