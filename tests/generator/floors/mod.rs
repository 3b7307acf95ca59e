//! The floors: a module uses only the modules that its row in ARCHITECTURE.md names.
//!
//! The tables are read where people read them. A row is about a module and all below it that have no row of their own,
//! and so is what it may use: `rust` is not `rust::plan`. What is named is read from tokens, so that comments and
//! strings are none and macros are no hiding place.

mod kinds;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use tests::workspace;

/// The crates with floors, and where their sources are.
const CRATES: [(&str, &str); 3] = [
    ("codegen", "codegen/src"),
    ("review", "codegen/review/src"),
    ("cargo_sdk", "codegen/cli/src"),
];

/// What stands for the root of a crate, which is what may put the other modules together.
const ROOT: &str = "lib";

/// The modules of a crate, from path to text: `api::lower` to what `api/lower/mod.rs` holds.
type Sources = BTreeMap<String, String>;

/// A row of a table.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    krate: String,
    /// As in `rust::plan`.
    module: String,
    /// Modules, each with its crate before it: `codegen::rust`.
    uses: Vec<String>,
}

#[test]
fn a_module_uses_only_what_its_row_names() {
    let rows = rows(&workspace::read(&workspace::root().join("ARCHITECTURE.md")));
    let mut found = Vec::new();
    for (krate, folder) in CRATES {
        found.extend(violations(&rows, krate, &sources(folder)));
    }
    assert!(
        found.is_empty(),
        "the tables in ARCHITECTURE.md do not allow this:\n{}",
        found.join("\n")
    );
}

/// The runtime is a crate by itself, which knows none of them.
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

/// Everything that is wrong with the modules of one crate, and with its table.
fn violations(rows: &[Row], krate: &str, sources: &Sources) -> Vec<String> {
    let mut found = Vec::new();
    let own: Vec<&Row> = rows.iter().filter(|row| row.krate == krate).collect();
    for (number, row) in own.iter().enumerate() {
        if !sources.contains_key(&row.module) {
            found.push(format!("`{krate}::{}` has a row and no file", row.module));
        }
        for used in &row.uses {
            let above = |other: &&Row| format!("{krate}::{}", other.module) == *used;
            let named = rows
                .iter()
                .any(|row| format!("{}::{}", row.krate, row.module) == *used);
            if !named {
                found.push(format!(
                    "the row of `{krate}::{}` names `{used}`, which has none",
                    row.module
                ));
            } else if used.starts_with(&format!("{krate}::")) && !own[..number].iter().any(above) {
                found.push(format!(
                    "the row of `{krate}::{}` names `{used}`, which is not above it",
                    row.module
                ));
            }
        }
    }
    for (module, text) in sources {
        let Some(row) = owner(rows, krate, module) else {
            found.push(format!("give `{krate}::{module}` a row"));
            continue;
        };
        for target in targets(text, krate, module) {
            let (of, path) = target.split_once("::").unwrap_or((&target, ""));
            if !rows.iter().any(|row| row.krate == of) {
                continue;
            }
            // What no module holds is an item of the root.
            let used = owner(rows, of, path).or_else(|| owner(rows, of, ROOT));
            let same =
                used.is_some_and(|used| (&used.krate, &used.module) == (&row.krate, &row.module));
            let allowed =
                used.is_some_and(|used| row.uses.contains(&format!("{of}::{}", used.module)));
            if !same && !allowed && row.module != ROOT {
                found.push(format!("`{krate}::{module}` uses `{target}`"));
            }
        }
    }
    found
}

/// The row that a module belongs to: the longest name that contains it.
fn owner<'r>(rows: &'r [Row], krate: &str, module: &str) -> Option<&'r Row> {
    let module = if module.is_empty() { ROOT } else { module };
    let of = rows.iter().filter(|row| row.krate == krate);
    of.filter(|row| contains(&row.module, module))
        .max_by_key(|row| row.module.len())
}

fn contains(outer: &str, module: &str) -> bool {
    module
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// The rows below `### Modules of CRATE`: `| `rust::plan` | `rust`, `api`, `codegen::policy` |`
fn rows(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut krate = None;
    for line in text.lines() {
        if line.starts_with('#') {
            let name = line.strip_prefix("### Modules of ");
            krate = name.map(|name| name.trim_matches('`').replace('-', "_"));
            continue;
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (Some(krate), ["", modules, uses, ..]) = (&krate, cells.as_slice()) else {
            continue;
        };
        let uses: Vec<String> = names(uses).map(|name| qualified(krate, name)).collect();
        rows.extend(names(modules).map(|module| Row {
            krate: krate.clone(),
            module: module.to_owned(),
            uses: uses.clone(),
        }));
    }
    rows
}

/// Every other piece between backticks is a name; what is in parentheses explains.
fn names(cell: &str) -> impl Iterator<Item = &str> {
    let names = cell.split('(').next().unwrap_or_default();
    names.split('`').skip(1).step_by(2)
}

/// A name of another crate begins with it.
fn qualified(krate: &str, name: &str) -> String {
    let other = CRATES.iter().any(|(other, _)| contains(other, name));
    if other {
        name.to_owned()
    } else {
        format!("{krate}::{name}")
    }
}

fn sources(folder: &str) -> Sources {
    let folder = workspace::root().join(folder);
    let files = workspace::files(&folder);
    let files = files
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "rs"));
    files
        .map(|path| {
            let module = module(path.strip_prefix(&folder).unwrap_or(path));
            (module, workspace::read(path))
        })
        .collect()
}

/// `api/lower/types.rs` as `api::lower::types`
fn module(path: &Path) -> String {
    let path = path.with_extension("");
    let parts = path.iter().map(|part| part.to_string_lossy().into_owned());
    let parts: Vec<String> = parts.filter(|part| part != "mod").collect();
    parts.join("::")
}

/// The modules that a file names, each with its crate before it.
fn targets(text: &str, krate: &str, module: &str) -> BTreeSet<String> {
    let tokens: TokenStream = text.parse().expect("the file is Rust");
    let module: Vec<String> = if module == ROOT {
        Vec::new()
    } else {
        module.split("::").map(str::to_owned).collect()
    };
    let children = children(tokens.clone());
    let mut found = BTreeSet::new();
    collect(tokens, krate, &module, &children, &mut found);
    found
}

/// The modules that the file declares: a path may begin with one.
fn children(tokens: TokenStream) -> BTreeSet<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let declared = tokens.windows(3).filter(|three| {
        matches!(three, [TokenTree::Ident(word), TokenTree::Ident(_), TokenTree::Punct(end)]
            if word == "mod" && end.as_char() == ';')
    });
    declared.map(|three| three[1].to_string()).collect()
}

fn collect(
    tokens: TokenStream,
    krate: &str,
    module: &[String],
    children: &BTreeSet<String>,
    found: &mut BTreeSet<String>,
) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if let TokenTree::Group(group) = &tokens[at] {
            match &tokens[..at] {
                // What is quoted is code of another crate.
                [.., TokenTree::Ident(quote), TokenTree::Punct(_)] if quote == "quote" => {}
                [.., TokenTree::Ident(word), TokenTree::Ident(name)] if word == "mod" => {
                    let inner = [module, &[name.to_string()]].concat();
                    collect(group.stream(), krate, &inner, &BTreeSet::new(), found);
                }
                _ => collect(group.stream(), krate, module, children, found),
            }
        }
        let begins = at == 0 || !is_colon(&tokens[at - 1]);
        if begins && let Some((prefix, next)) = beginning(&tokens, at, krate, module, children) {
            leaves(&tokens[next..], prefix, found);
        }
        at += 1;
    }
}

/// What `crate::`, `super::super::`, `self::`, another crate's name or a child's stand for, and what follows.
fn beginning(
    tokens: &[TokenTree],
    mut at: usize,
    krate: &str,
    module: &[String],
    children: &BTreeSet<String>,
) -> Option<(Vec<String>, usize)> {
    let word = segment(tokens, at)?;
    let mut path = vec![krate.to_owned()];
    match word.as_str() {
        "crate" => {}
        "self" => path.extend_from_slice(module),
        "super" => {
            let mut up = module.len();
            while segment(tokens, at).is_some_and(|word| word == "super") {
                up = up.saturating_sub(1);
                at += 3;
            }
            path.extend_from_slice(&module[..up]);
            return Some((path, at));
        }
        child if children.contains(child) => {
            path.extend_from_slice(module);
            path.push(child.to_owned());
        }
        other if CRATES.iter().any(|(name, _)| *name == other) => path = vec![other.to_owned()],
        _ => return None,
    }
    Some((path, at + 3))
}

/// A word with `::` after it.
fn segment(tokens: &[TokenTree], at: usize) -> Option<String> {
    match (tokens.get(at), tokens.get(at + 1), tokens.get(at + 2)) {
        (Some(TokenTree::Ident(word)), Some(one), Some(two)) if is_colon(one) && is_colon(two) => {
            Some(word.to_string())
        }
        _ => None,
    }
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
}

/// The paths of a `use` tree, as far as they are modules: `a::{b, c::d}` as `a::b` and `a::c::d`.
fn leaves(tokens: &[TokenTree], mut path: Vec<String>, found: &mut BTreeSet<String>) {
    let mut at = 0;
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(word)) => {
                let word = word.to_string();
                let is_module = word.starts_with(|c: char| c.is_lowercase());
                if is_module && word != "self" {
                    path.push(word);
                }
                if !is_module || segment(tokens, at).is_none() {
                    break;
                }
                at += 3;
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let members: Vec<TokenTree> = group.stream().into_iter().collect();
                let is_comma =
                    |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ',');
                for member in members.split(is_comma).filter(|member| !member.is_empty()) {
                    leaves(member, path.clone(), found);
                }
                return;
            }
            _ => break,
        }
    }
    found.insert(path.join("::"));
}
