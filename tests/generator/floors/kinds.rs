//! The test of the test: one violation of each kind.

use super::*;

const TABLES: &str = "\
### Modules of `codegen`

| module | may use |
|---|---|
| `document` | |
| `api` | |
| `api::lower` | `api`, `document` |
| `rust` | |
| `rust::plan` | `rust`, `api` |
| `emit` | `rust` |
| `lib` | |

### Modules of `review`

| module | may use |
|---|---|
| `wire` | `codegen::document` |
| `lib` | |
";

fn found(krate: &str, module: &str, text: &str) -> Vec<String> {
    let modules = [
        "document",
        "api",
        "api::lower",
        "rust",
        "rust::plan",
        "emit",
        "wire",
        "lib",
    ];
    let mut sources: Sources = modules
        .map(|module| (module.to_owned(), String::new()))
        .into();
    sources.insert(module.to_owned(), text.to_owned());
    let mut found = violations(&rows(TABLES), krate, &sources);
    found.retain(|line| !line.starts_with("give `"));
    found
}

#[track_caller]
fn violates(krate: &str, module: &str, text: &str, target: &str) {
    assert_eq!(
        found(krate, module, text),
        [format!("`{krate}::{module}` uses `{target}`")],
        "{text}"
    );
}

#[test]
fn what_a_row_names_may_be_used() {
    for text in [
        "use crate::rust::Ty;",
        "use super::rust::{Ty, names::ident};",
    ] {
        assert_eq!(found("codegen", "emit", text), [""; 0], "{text}");
    }
    let own = "use super::super::Plan; use crate::rust::plan::types; use self::types::T;";
    assert_eq!(found("codegen", "rust::plan::usage", own), [""; 0]);
    assert_eq!(
        found("review", "wire::types", "use codegen::document::Plain;"),
        [""; 0]
    );
    assert_eq!(
        found("codegen", "lib", "use emit::x; use crate::api::lower;"),
        [""; 0]
    );
}

#[test]
fn a_row_is_not_one_below_it() {
    violates(
        "codegen",
        "emit",
        "use crate::rust::plan::Plan;",
        "codegen::rust::plan",
    );
    violates(
        "codegen",
        "rust::names",
        "use crate::api::lower::x;",
        "codegen::api::lower::x",
    );
    violates(
        "review",
        "wire::types",
        "use codegen::rust::plan;",
        "codegen::rust::plan",
    );
}

#[test]
fn a_module_in_no_row_is_part_of_the_one_around_it() {
    violates(
        "codegen",
        "api::graph",
        "use crate::document::x::y;",
        "codegen::document::x::y",
    );
}

#[test]
fn the_root_is_a_row() {
    violates("codegen", "emit", "crate::generate();", "codegen::generate");
    violates("codegen", "emit", "use crate::Generator;", "codegen");
    violates("review", "wire", "use codegen::Diagnostics;", "codegen");
}

#[test]
fn every_way_of_writing_a_path_counts() {
    for text in [
        "use crate::{rust::Ty, api::{Api, Type}};",
        "use super::api;",
        "fn f() { super::api::x(); }",
        "type A = crate::api::Api;",
        "println!(\"{}\", crate::api::NAME);",
        "const URL: &str = \"https://example.com\"; use crate::api;",
        "impl From<crate::api::Api> for X {}",
    ] {
        let found = found("codegen", "emit", text);
        assert!(
            found.iter().any(|line| line.contains("uses `codegen::api")),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_parent_is_not_its_child() {
    let text = "mod plan; fn f() { plan::run(); }";
    violates("codegen", "rust", text, "codegen::rust::plan::run");
    violates(
        "codegen",
        "rust",
        "use self::plan::run;",
        "codegen::rust::plan::run",
    );
}

#[test]
fn a_module_within_a_file_is_one() {
    let text = "mod tests { use super::super::lower::x; }";
    assert_eq!(found("codegen", "api::lower::types", text), [""; 0]);
    violates(
        "codegen",
        "emit",
        "mod tests { use super::super::api::x; }",
        "codegen::api::x",
    );
}

#[test]
fn comments_and_strings_are_no_use() {
    let text =
        "/// [`crate::api`]\nconst A: &str = \"crate::api\"; // crate::api\n/* crate::api */";
    assert_eq!(found("codegen", "emit", text), [""; 0]);
    // What is quoted is code of another crate.
    assert_eq!(
        found("codegen", "emit", "fn f() { quote! { crate::api::x() } }"),
        [""; 0]
    );
}

#[test]
fn every_module_has_a_row_and_every_row_a_module() {
    let mut sources: Sources = [
        ("emit".to_owned(), String::new()),
        ("new".to_owned(), String::new()),
    ]
    .into();
    let missing = violations(&rows(TABLES), "codegen", &sources);
    assert!(missing.contains(&"give `codegen::new` a row".to_owned()));
    assert!(missing.contains(&"`codegen::api::lower` has a row and no file".to_owned()));
    sources.remove("new");
    let own = violations(&rows(TABLES), "codegen", &sources);
    assert!(!own.iter().any(|line| line.starts_with("give")));
}

#[test]
fn rows_use_only_rows_above_them() {
    let text = TABLES.replace("| `document` | |", "| `document` | `api` |");
    let found = violations(&rows(&text), "codegen", &Sources::new());
    assert!(found.contains(
        &"the row of `codegen::document` names `codegen::api`, which is not above it".to_owned()
    ));
    let text = TABLES.replace("| `document` | |", "| `document` | `gone` |");
    let found = violations(&rows(&text), "codegen", &Sources::new());
    assert!(found.contains(
        &"the row of `codegen::document` names `codegen::gone`, which has none".to_owned()
    ));
}
