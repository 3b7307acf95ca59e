//! What is generated from the cases compiles, without a warning of rustc, clippy or rustdoc.
//!
//! The crates of all cases are the modules of one, so that the compiler sees their runtime once. What is about the root of a
//! crate, about its client or about its name is compiled as it is as well: the one with features, the one of a document that has
//! what several cases have, and the one that the test of the command generates. A crate with features is there once with each of them alone, and once with none.

use std::path::Path;

use codegen::files::{self, Files};
use codegen::{Diagnostics, Generator};
use serde_json::Value;
use tests::compiled::Compiled;
use tests::{cases, modules, workspace};

use crate::{crates, features};

const TEMPORARY: &str = env!("CARGO_TARGET_TMPDIR");
/// The package of all cases.
const ALL: &str = "cases";
/// Cases that are compiled as they are: all that they have in one crate, whose package is called as that of the last.
const WHOLE: [&str; 3] = ["security", "nested_models", "names_of_the_crate"];

#[test]
fn the_crates_of_all_cases_compile_without_a_warning() {
    let mut crates = crates::files();
    crates.extend(features::alone());
    let mut members = vec![ALL.to_owned()];
    let as_they_are = [
        ("features", crates::named(features::CASE).files.clone()),
        ("whole", whole()),
    ];
    members.extend(as_they_are.iter().map(|(name, _)| (*name).to_owned()));
    let compiled = Compiled::workspace(TEMPORARY, "cases", &members);
    modules::write(&compiled.folder, ALL, &crates, examples(ALL, &crates));
    for (name, files) in &as_they_are {
        files::write(&compiled.folder.join(name), files)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    compiled.assert_no_warning(&["--features", features::BY_CARGO]);
}

/// The crate of the cases in [`WHOLE`], whose documents have nothing of the same name.
fn whole() -> Files {
    let cases = cases::all();
    let mut whole = Value::Null;
    for name in WHOLE {
        let case = cases.iter().find(|case| case.name == name).expect(name);
        let text = workspace::read(&case.schema());
        add(&mut whole, serde_yaml::from_str(&text).expect("it is YAML"));
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let schema = folder.path().join("schema.json");
    std::fs::write(&schema, whole.to_string()).expect("the document can be written");
    let mut diagnostics = Diagnostics::default();
    let generated = Generator::new(schema).generate(&mut diagnostics);
    let generated = generated.unwrap_or_else(|_| panic!("{diagnostics:?}"));
    assert_eq!(generated.operations(), 4);
    assert_eq!(generated.left_out(), 0);
    generated.files
}

/// What both have, and of what is no object the later.
fn add(whole: &mut Value, later: Value) {
    match (whole, later) {
        (Value::Object(whole), Value::Object(later)) => {
            for (key, value) in later {
                add(whole.entry(key).or_insert(Value::Null), value);
            }
        }
        (whole, later) => *whole = later,
    }
}

/// The examples of all crates as the modules of one, which use those of the package.
pub fn examples(package: &str, crates: &[(String, Files)]) -> Files {
    let mut examples = Files::new();
    let mut names = Vec::new();
    for (case, files) in crates {
        let crate_name = crate_name(&files["Cargo.toml"]);
        let own = files
            .iter()
            .filter(|(path, _)| path.starts_with("examples/"));
        for (path, text) in own {
            let name = Path::new(path).file_stem().unwrap_or_default();
            let name = format!("{case}_{}", name.to_string_lossy());
            let text = modules::user(text, package, case, &crate_name);
            examples.insert(format!("examples/all/{name}.rs"), text);
            names.push(name);
        }
    }
    let root = modules::root(
        names
            .iter()
            .map(|name| (name.as_str(), format!("{name}.rs"))),
    );
    examples.insert("examples/all/main.rs".to_owned(), root);
    examples
}

fn crate_name(manifest: &str) -> String {
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let name = manifest["package"]["name"].as_str();
    name.expect("a package has a name").replace('-', "_")
}
