//! What the review predicts of the crate is what the compiler says.
//!
//! A folder here holds a document before and after one edit (`base.yaml`, `head.yaml`, a policy file
//! beside each where the case is about it) and what an application does with the crate (`uses.rs`,
//! whose first line tells the edit and the expected bump). The application compiles against the
//! crate of the base, and against that of the head unless a major bump is predicted.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use codegen::diagnostic::{Diagnostics, Source};
use codegen::document::Plain;
use codegen::{files, rust};
use review::Bump;
use review::surface::{self, Change};
use serde_json::Value;
use tests::workspace;

/// The documents of a case.
const SIDES: [&str; 2] = ["base", "head"];

struct Case {
    name: String,
    folder: PathBuf,
}

#[test]
fn the_prediction_is_what_the_case_says() {
    let mut wrong = Vec::new();
    for case in cases() {
        let (expected, predicted) = (case.expected(), verdict(&case.changes()));
        if expected != predicted {
            let items: Vec<String> = case.changes().iter().map(shown).collect();
            let items = items.join("\n");
            let name = &case.name;
            wrong.push(format!("{name}: {predicted}, expected {expected}\n{items}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn each_change_is_told_once_and_leads_to_the_document() {
    for case in cases() {
        let documents = SIDES.map(|side| case.document(side));
        let mut told = BTreeSet::new();
        for change in case.changes() {
            assert!(
                told.insert(change.item.path.clone()),
                "{}: `{}` twice",
                case.name,
                change.item.path
            );
            // What is new asks nothing of anybody.
            let note = &change.item.note;
            let silent = note.is_empty() && change.item.before.is_none();
            assert!(silent || note.ends_with('.'), "{}: {change:?}", case.name);
            let pointers = [&change.base, &change.head];
            for (pointer, document) in pointers.into_iter().zip(&documents) {
                let leads = pointer
                    .as_ref()
                    .is_none_or(|at| document.pointer(at).is_some());
                assert!(leads, "{}: {change:?}", case.name);
            }
        }
    }
}

#[test]
fn nothing_changes_where_nothing_was_edited() {
    for case in cases() {
        let sdk = case.plan("head");
        assert_eq!(surface::compare(&sdk, &sdk), [], "{}", case.name);
    }
}

#[test]
fn the_compiler_agrees() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rust_half");
    let cases = cases();
    write_workspace(&folder, &cases);
    let compiles = check(&folder);
    let mut wrong = Vec::new();
    for case in &cases {
        let side = |side: &str| compiles.get(&case.package(side)).copied();
        let breaks = case.expected().starts_with(Bump::Major.word());
        if (side("base"), side("head")) != (Some(true), Some(!breaks)) {
            wrong.push(format!(
                "{}: compiles against the base: {:?}, against the head: {:?}, expected {}",
                case.name,
                side("base"),
                side("head"),
                case.expected()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn cases() -> Vec<Case> {
    let root = workspace::root().join("tests/rust_half");
    let files = workspace::files(&root);
    let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).collect();
    let case = |folder: &Path| Case {
        name: name_of(folder),
        folder: folder.to_owned(),
    };
    let folders = folders.into_iter().filter(|folder| *folder != root);
    folders.map(case).collect()
}

fn name_of(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

impl Case {
    /// `//! What was edited: major`
    fn expected(&self) -> String {
        let text = workspace::read(&self.folder.join("uses.rs"));
        let first = text.lines().next().unwrap_or_default();
        let (_, expected) = first
            .rsplit_once(": ")
            .expect("the first line tells the bump");
        expected.to_owned()
    }

    fn changes(&self) -> Vec<Change> {
        surface::compare(&self.plan("base"), &self.plan("head"))
    }

    fn plan(&self, side: &str) -> rust::Crate {
        let mut diagnostics = Diagnostics::default();
        let policy = self.policy(side).map(|path| source(&path));
        let schema = Plain::read(source(&self.schema(side)), &mut diagnostics);
        match schema.and_then(|schema| review::sides::plan(&schema, policy, &mut diagnostics)) {
            Ok(partial) => partial.sdk,
            Err(_) => panic!("{}: {side} is refused", self.name),
        }
    }

    fn document(&self, side: &str) -> Value {
        serde_yaml::from_str(&workspace::read(&self.schema(side))).expect("the document is YAML")
    }

    fn schema(&self, side: &str) -> PathBuf {
        self.folder.join(format!("{side}.yaml"))
    }

    fn policy(&self, side: &str) -> Option<PathBuf> {
        Some(self.folder.join(format!("{side}.toml"))).filter(|path| path.exists())
    }

    /// Both crates are in one workspace, and so differ in their names.
    fn package(&self, side: &str) -> String {
        format!("{}_{side}", self.name)
    }
}

fn source(path: &Path) -> Arc<Source> {
    Arc::new(Source {
        name: path.display().to_string(),
        text: workspace::read(path),
    })
}

/// The worst of the changes.
fn verdict(changes: &[Change]) -> String {
    let worst = changes.iter().map(|change| change.item.bump).max();
    let bump = worst.unwrap_or_default().word();
    if changes.iter().any(|change| change.item.fails_at_run_time) {
        format!("{bump}, fails at run time")
    } else {
        bump.to_owned()
    }
}

fn shown(change: &Change) -> String {
    let item = &change.item;
    format!(
        "  {} {}: {:?} -> {:?}",
        item.bump.word(),
        item.path,
        item.before,
        item.after
    )
}

/// One member for each side of each case, with the uses as its example.
fn write_workspace(folder: &Path, cases: &[Case]) {
    std::fs::create_dir_all(folder).expect("the folder can be made");
    let mut members = Vec::new();
    for case in cases {
        let uses = workspace::read(&case.folder.join("uses.rs"));
        let (head_line, uses) = uses.split_once('\n').expect("the file has lines");
        for side in SIDES {
            let package = case.package(side);
            let member = folder.join(&package);
            let mut diagnostics = Diagnostics::default();
            let policy = case.policy(side);
            let mut generator = codegen::Generator::new(case.schema(side));
            generator.policy = policy;
            generator.name = Some(package.clone());
            let generated = generator.generate(&mut diagnostics);
            let mut generated = generated.unwrap_or_else(|_| panic!("{package} is refused"));
            let uses = format!("{head_line}\n\nextern crate {package} as api;\n{uses}");
            generated.files.insert("examples/uses.rs".to_owned(), uses);
            files::write(&member, &generated.files)
                .unwrap_or_else(|error| panic!("{package}: {error}"));
            members.push(format!("    \"{package}\",\n"));
        }
    }
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n\n[profile.dev]\ndebug = 0\n",
        members.concat()
    );
    write(&folder.join("Cargo.toml"), &manifest);
    // The versions that this workspace is tested with.
    let lock = workspace::read(&workspace::root().join("Cargo.lock"));
    write(&folder.join("Cargo.lock"), &lock);
}

/// A file is written only if it changes, so that Cargo has nothing to do for the others.
fn write(path: &Path, text: &str) {
    if std::fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    std::fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Type-checks the uses in all packages: by the package, whether they compile. The dependencies are
/// those of the cases that the test `compile` builds, in the same folder.
fn check(folder: &Path) -> BTreeMap<String, bool> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases/target");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--example", "uses"])
        .args(["--keep-going", "--no-default-features"])
        .args(["--message-format", "json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    let mut compiles = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: Value = serde_json::from_str(line).unwrap_or_default();
        if message["target"]["name"] != "uses" {
            continue;
        }
        let path = message["manifest_path"].as_str().unwrap_or_default();
        let package = name_of(Path::new(path).parent().unwrap_or(Path::new("")));
        let failed = message["message"]["level"] == "error";
        if failed || message["reason"] == "compiler-artifact" {
            *compiles.entry(package).or_insert(true) &= !failed;
        }
    }
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!compiles.is_empty(), "nothing was checked:\n{said}");
    compiles
}
