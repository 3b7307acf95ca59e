//! One test for each folder of `tests/cases/`.
//!
//! A folder holds a document (`schema.yaml`, and `policy.toml` where the case is about it) and the
//! snapshots of what becomes of it: the rendered diagnostics, and, unless the document is rejected,
//! the generated files that the case is about. Which those are the document says itself:
//! `x-review: [src/models]` names the paths worth reading, and without it they are [`DEFAULT`].

use std::collections::BTreeSet;
use std::path::Path;

use codegen::files::Files;
use insta::Settings;
use libtest_mimic::Trial;
use tests::cases::{self, Case};

/// The files that are worth reading unless the document names others.
const DEFAULT: [&str; 2] = ["src/models/", "src/resources/"];

pub fn trials() -> Vec<Trial> {
    let trials = cases::all().into_iter().map(|case| {
        Trial::test(format!("cases/{}", case.name), move || {
            run(&case);
            Ok(())
        })
    });
    trials.collect()
}

fn run(case: &Case) {
    let outcome = case.generate();
    let mut texts = Files::new();
    let report = outcome.report(&case.folder);
    if !report.is_empty() {
        texts.insert("diagnostics".to_owned(), report);
    }
    if let Ok(generated) = &outcome.generated {
        let paths = reviewed(&generated.files, &case.folder.join("schema.yaml"));
        let nothing = generated.operations() + generated.types() == 0;
        assert!(
            nothing || !paths.is_empty(),
            "nothing of the case is reviewed"
        );
        let named = paths
            .into_iter()
            .map(|path| (name(path), generated.files[path].clone()));
        texts.extend(named);
        if case.folder.join("schema.lock").exists() {
            texts.insert("lock".to_owned(), generated.lock());
        }
    }
    for (name, text) in &texts {
        settings(&case.folder).bind(|| insta::assert_snapshot!(name.as_str(), text));
    }
    reject_orphans(&case.folder, &texts);
}

/// `src/models/pet.rs` as `models-pet`
fn name(path: &str) -> String {
    let path = path.strip_prefix("src/").unwrap_or(path);
    path.trim_end_matches(".rs").replace('/', "-")
}

fn settings(folder: &Path) -> Settings {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// The paths of the files whose snapshots are kept.
fn reviewed<'f>(files: &'f Files, schema: &Path) -> Vec<&'f str> {
    let text = std::fs::read_to_string(schema).unwrap_or_default();
    let document: serde_yaml::Value = serde_yaml::from_str(&text).unwrap_or_default();
    let stated = document.get("x-review").and_then(|list| list.as_sequence());
    let stated = stated.map(|list| list.iter().filter_map(|path| path.as_str()).collect());
    let prefixes: Vec<&str> = stated.unwrap_or_else(|| DEFAULT.to_vec());
    let paths = files.keys().map(String::as_str);
    paths
        .filter(|path| prefixes.iter().any(|prefix| path.starts_with(prefix)))
        .collect()
}

/// A snapshot that no run compares any longer would lie in a review.
fn reject_orphans(folder: &Path, texts: &Files) {
    let expected: BTreeSet<String> = texts.keys().map(|name| format!("{name}.snap")).collect();
    let entries = std::fs::read_dir(folder).expect("the case's folder can be read");
    for entry in entries {
        let name = entry.expect("a folder entry can be read").file_name();
        let name = name.to_string_lossy().into_owned();
        let orphan = name.ends_with(".snap") && !expected.contains(&name);
        assert!(
            !orphan,
            "nothing is compared with {name} any longer: delete it"
        );
    }
}
