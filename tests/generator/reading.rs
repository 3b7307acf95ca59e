//! What is generated from the cases reads the values that their documents describe, and writes them back; and sends what
//! they say. And applications of four APIs do what they are for.
//!
//! A case that holds `reads.rs` says which: its function `reads` is called with the crate of the case as `api`. A folder of
//! `tests/programs/` holds a document and a program that uses the crate by its name, with its tests, which `runs` calls.
//! All these crates are modules of one program.

use std::path::{Path, PathBuf};

use codegen::Generator;
use codegen::diagnostic::{Diagnostics, Severity};
use codegen::files::Files;
use tests::compiled::Compiled;
use tests::{cases, modules, workspace};

use crate::crates;

const TEMPORARY: &str = env!("CARGO_TARGET_TMPDIR");
/// The package, and the program in it.
const READS: &str = "reads";
/// Modules beside them: servers for those that are about what is sent, and what the programs share.
const BESIDE: [(&str, &str); 2] = [
    ("server", include_str!("reading/server.rs")),
    ("support", include_str!("../programs/support.rs")),
];

#[test]
fn values_are_read_as_the_cases_say_and_programs_run() {
    let mut crates = Vec::new();
    let mut users = Files::new();
    let mut calls = Vec::new();
    for case in cases::all() {
        let Ok(text) = std::fs::read_to_string(case.folder.join("reads.rs")) else {
            continue;
        };
        let program = modules::user(&text, "crate", &case.name, "api");
        users.insert(user(&case.name), program);
        calls.push((case.name.clone(), "reads"));
        let files = crates::named(&case.name).files.clone();
        crates.push((case.name, files));
    }
    for (name, folder) in programs() {
        let text = workspace::read(&folder.join("program.rs"));
        let module = format!("program_{name}");
        let program = modules::user(&text, "crate", &module, &name);
        users.insert(user(&module), program);
        calls.push((module.clone(), "runs"));
        crates.push((module, generated(&folder)));
    }
    for (name, text) in BESIDE {
        users.insert(format!("src/{name}.rs"), text.to_owned());
    }
    let compiled = Compiled::workspace(TEMPORARY, READS, &[READS.to_owned()]);
    modules::write_program(&compiled.folder, READS, &crates, users, &main(&calls));
    let build = ["--bin", READS, "--features", "testing,blocking"];
    let read = compiled.run(&build, READS, &[]);
    let names: Vec<&String> = calls.iter().map(|(name, _)| name).collect();
    assert_eq!(Vec::from_iter(read.lines()), names);
}

/// The names of the programs, and where each is.
fn programs() -> Vec<(String, PathBuf)> {
    let folder = workspace::root().join("tests/programs");
    let entries = std::fs::read_dir(folder).expect("the folder of the programs can be read");
    let paths = entries.map(|entry| entry.expect("a folder entry can be read").path());
    let mut folders: Vec<PathBuf> = paths.filter(|path| path.is_dir()).collect();
    folders.sort();
    let named = |path: PathBuf| {
        let name = path.file_name().unwrap_or_default();
        (name.to_string_lossy().into_owned(), path)
    };
    folders.into_iter().map(named).collect()
}

/// The crate of a program, whose document is one that nothing is wrong with.
fn generated(folder: &Path) -> Files {
    let mut diagnostics = Diagnostics::default();
    let mut generator = Generator::new(folder.join("schema.yaml"));
    generator.policy = Some(folder.join("policy.toml"));
    generator.lock = Some(folder.join("schema.lock"));
    let generated = generator.generate(&mut diagnostics);
    let mut found = diagnostics.iter();
    let wrong = found.find(|one| one.severity != Severity::Note);
    assert!(wrong.is_none(), "{}: {wrong:?}", folder.display());
    generated.expect("the crate is generated").files
}

/// Where the module is that uses a crate.
fn user(name: &str) -> String {
    format!("src/users/{name}.rs")
}

/// What is beside the crates, and calls each of their users, and says which was called.
fn main(calls: &[(String, &str)]) -> String {
    let beside = BESIDE.iter().map(|(name, _)| format!("mod {name};\n"));
    let users = calls.iter().map(|(name, _)| {
        let path = user(name);
        let path = path.trim_start_matches("src/");
        format!("#[path = \"{path}\"]\nmod uses_{name};\n")
    });
    let modules: String = beside.chain(users).collect();
    let calls = calls
        .iter()
        .map(|(name, call)| format!("    uses_{name}::{call}();\n    println!(\"{name}\");\n"));
    let calls: String = calls.collect();
    format!("\n{modules}\nfn main() {{\n{calls}}}\n")
}
