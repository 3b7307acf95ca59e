//! What the review predicts of the crate is what the compiler says.
//!
//! A folder of `tests/surface/` holds a document before and after one edit (`base.yaml`, `head.yaml`, a policy file
//! beside each where the case is about it) and what an application does with the crate (`uses.rs`,
//! whose first line tells the edit and the expected bump). The application compiles against the
//! crate of the base, and against that of the head unless a major bump is predicted. The crates of all cases and of both sides
//! are the modules of one, so that the compiler sees their runtime once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use codegen::diagnostic::{Diagnostics, Source};
use codegen::document::Plain;
use codegen::files::Files;
use codegen::rust;
use review::Bump;
use review::surface::{self, Change};
use serde_json::Value;
use tests::compiled::Compiled;
use tests::{modules, workspace};

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
fn each_change_is_reported_once_and_leads_to_the_document() {
    for case in cases() {
        let documents = SIDES.map(|side| case.document(side));
        let mut reported = BTreeSet::new();
        for change in case.changes() {
            assert!(
                reported.insert(change.item.path.clone()),
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
                    .is_none_or(|at| document.pointer(&at.pointer).is_some());
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
    let cases = cases();
    let compiler = check(&write_workspace(&cases));
    for side in SIDES {
        let target = named(COMPATIBLE, side);
        let errors = compiler.failed.get(&target).map_or("", String::as_str);
        assert!(
            compiler.compiled.contains(&target),
            "uses do not compile against the {side}:\n{errors}"
        );
        for case in cases.iter().filter(|case| !case.compiles(side)) {
            let target = named(&case.name, side);
            assert!(
                compiler.failed.contains_key(&target),
                "{} compiles against the {side}",
                case.name
            );
        }
    }
}

fn cases() -> Vec<Case> {
    let root = workspace::root().join("tests/surface");
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
        let schema = Plain::read(source(&self.schema(side)), None, &[], &mut diagnostics);
        match schema.and_then(|schema| review::sides::plan(&schema, policy, None, &mut diagnostics))
        {
            Ok(partial) => partial.sdk,
            Err(_) => panic!("{}: {side} is rejected", self.name),
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

    /// Whether the uses have to compile against that crate.
    fn compiles(&self, side: &str) -> bool {
        side == "base" || !self.expected().starts_with(Bump::Major.word())
    }

    fn files(&self, side: &str) -> Files {
        let mut generator = codegen::Generator::new(self.schema(side));
        generator.policy = self.policy(side);
        let generated = generator.generate(&mut Diagnostics::default());
        let generated = generated.unwrap_or_else(|_| panic!("{}: {side} is rejected", self.name));
        generated.files
    }
}

fn source(path: &Path) -> Arc<Source> {
    Arc::new(Source::new(
        path.display().to_string(),
        workspace::read(path),
    ))
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

/// The package.
const PACKAGE: &str = "sides";
/// The target of the uses that have to compile, of each side.
const COMPATIBLE: &str = "compatible";

/// A member with the crates of all cases and both sides as its modules. The uses of one target are its modules as well.
fn write_workspace(cases: &[Case]) -> Compiled {
    let members = [PACKAGE.to_owned()];
    let compiled = Compiled::workspace(env!("CARGO_TARGET_TMPDIR"), "surface", &members);
    let crates = SIDES.iter().flat_map(|side| {
        let of = |case: &Case| (named(&case.name, side), case.files(side));
        cases.iter().map(of)
    });
    let mut all = Files::new();
    for side in SIDES {
        all.extend(uses(side, cases));
    }
    modules::write(&compiled.folder, PACKAGE, &crates.collect::<Vec<_>>(), all);
    compiled
}

/// What a module or a target of a case is called.
fn named(name: &str, side: &str) -> String {
    format!("{name}_{side}")
}

fn uses(side: &str, cases: &[Case]) -> Files {
    let root = format!("examples/{}", named(COMPATIBLE, side));
    let mut files = Files::new();
    let mut compatible = Vec::new();
    for case in cases {
        let name = case.name.as_str();
        let text = workspace::read(&case.folder.join("uses.rs"));
        let text = modules::user(&text, PACKAGE, &named(name, side), "api");
        if case.compiles(side) {
            files.insert(format!("{root}/{name}.rs"), text);
            compatible.push((name, format!("{name}.rs")));
        } else {
            files.insert(format!("examples/{}.rs", named(name, side)), text);
        }
    }
    let main = modules::root(compatible.into_iter());
    files.insert(format!("{root}/main.rs"), main);
    files
}

/// What the compiler says about the targets.
#[derive(Default)]
struct Compiler {
    compiled: BTreeSet<String>,
    /// With the errors.
    failed: BTreeMap<String, String>,
}

/// Type-checks the uses.
fn check(compiled: &Compiled) -> Compiler {
    let output = compiled.check(&["--examples", "--message-format", "json"], &[]);
    let mut compiler = Compiler::default();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: Value = serde_json::from_str(line).unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let target = text(&message["target"]["name"]);
        if message["message"]["level"] == "error" {
            let errors = compiler.failed.entry(target).or_default();
            errors.push_str(&text(&message["message"]["rendered"]));
        } else if message["reason"] == "compiler-artifact" {
            compiler.compiled.insert(target);
        }
    }
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        !compiler.compiled.is_empty(),
        "nothing was checked:\n{said}"
    );
    compiler
}
