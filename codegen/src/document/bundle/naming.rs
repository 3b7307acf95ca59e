//! Names for what becomes a component of the document.

use std::collections::HashSet;

use serde_yaml::Value;

use crate::document::plain_value::PlainValue;
use crate::document::pointer;

/// A name for a part of a file: the last token of its pointer, or the name of the file; with the name
/// of the file before it, or a number behind it, where it is not free.
pub fn name(path: &str, pointer: &str, is_free: impl Fn(&str) -> bool) -> String {
    let file = of_file(path);
    let last = pointer::tokens(pointer).last();
    let last = last.filter(|token| !token.is_empty());
    let candidates = match last {
        Some(token) if says_something(&token) => {
            vec![token.clone().into_owned(), format!("{file}_{token}")]
        }
        Some(token) => vec![format!("{file}_{token}")],
        None => vec![file.to_owned(), format!("{}_{file}", of_folder(path))],
    };
    if let Some(free) = candidates.iter().find(|name| is_free(name)) {
        return free.clone();
    }
    let numbered = (2..).map(|number| format!("{}_{number}", candidates[0]));
    let mut free = numbered.filter(|name| is_free(name));
    free.next().expect("some number is free")
}

/// The pointers of all components of a document.
pub fn taken(root: &Value) -> HashSet<String> {
    let sections = root.get("components").into_iter();
    let sections = sections.flat_map(PlainValue::members);
    let sections = sections.map(|(name, entries)| (pointer::join("/components", name), entries));
    let older = ["definitions", "parameters", "responses"].into_iter();
    let older = older.filter_map(|name| Some((format!("/{name}"), root.get(name)?)));
    sections
        .chain(older)
        .flat_map(|(section, entries)| {
            let names = entries.members().map(|(name, _)| name);
            names.map(move |name| pointer::join(&section, name))
        })
        .collect()
}

/// `pet` of `models/pet.yaml`, `models/pet.schema.json` and `pet/index.yaml`.
fn of_file(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = stem.strip_suffix(".schema").unwrap_or(stem);
    if stem == "index" || stem.is_empty() {
        of_folder(path)
    } else {
        stem
    }
}

fn of_folder(path: &str) -> &str {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    match folder.rsplit('/').next().unwrap_or_default() {
        "" | ".." => "file",
        name => name,
    }
}

/// Whether a token is a name by itself, and not a keyword or a place in a list.
fn says_something(token: &str) -> bool {
    !matches!(
        token,
        "schema" | "items" | "additionalProperties" | "value" | "not"
    ) && !token.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_is_said_by_the_reference() {
        for (path, pointer, expected) in [
            ("models/pet.yaml", "", "pet"),
            ("models/Pet.schema.json", "", "Pet"),
            ("models/pet/index.yaml", "", "pet"),
            ("models/all.yaml", "/Pet", "Pet"),
            ("models/all.yaml", "/components/schemas/a~1b", "a/b"),
            ("models/all.yaml", "/Pet/items", "all_items"),
            ("models/all.yaml", "/Pet/allOf/0", "all_0"),
        ] {
            assert_eq!(name(path, pointer, |_| true), expected);
        }
    }

    #[test]
    fn a_name_that_is_taken_is_said_with_the_file() {
        let free = |taken: &'static [&str]| move |name: &str| !taken.contains(&name);
        assert_eq!(name("a/b.yaml", "/Pet", free(&["Pet"])), "b_Pet");
        assert_eq!(name("a/b.yaml", "/Pet", free(&["Pet", "b_Pet"])), "Pet_2");
        assert_eq!(name("a/b.yaml", "", free(&["b"])), "a_b");
    }
}
