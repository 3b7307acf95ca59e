//! What is generated from the cases compiles, without a warning of rustc, clippy or rustdoc.
//!
//! The crates of all cases are the modules of one, so that the compiler sees their runtime once. Those in which a crate
//! meets names of the runtime are compiled one by one as well, and so is the one that the test of the command generates.
//! A crate with features is there once with each of them alone, and once with none.

use std::path::Path;

use codegen::files::{self, Files};
use tests::compiled::Compiled;
use tests::modules;

use crate::{crates, features};

const TEMPORARY: &str = env!("CARGO_TARGET_TMPDIR");
/// The package of all cases.
const ALL: &str = "cases";
/// Cases that are compiled as they are.
const WHOLE: [&str; 4] = [
    features::CASE,
    "names_of_the_crate",
    "nested_models",
    "security",
];

#[test]
fn the_crates_of_all_cases_compile_without_a_warning() {
    let mut crates = crates::files();
    crates.extend(features::alone());
    let mut members = vec![ALL.to_owned()];
    members.extend(WHOLE.map(str::to_owned));
    let compiled = Compiled::workspace(TEMPORARY, "cases", &members);
    modules::write(&compiled.folder, ALL, &crates, examples(ALL, &crates));
    for name in WHOLE {
        let (_, files) = crates.iter().find(|(case, _)| case == name).expect(name);
        files::write(&compiled.folder.join(name), files)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    compiled.assert_no_warning(&["--features", features::BY_CARGO]);
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
