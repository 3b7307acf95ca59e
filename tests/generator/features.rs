//! A crate with features, with each of them alone, and with none; what the features of TLS bring along; and what a host of
//! JavaScript does not have.

use std::collections::BTreeSet;
use std::process::Command;

use codegen::files::Files;
use tests::{modules, workspace};

use crate::crates;

/// The case.
pub const CASE: &str = "features";
/// The feature that Cargo itself sets, alone, where the crate is compiled as it is.
pub const BY_CARGO: &str = "features/stores";

/// The crate with each feature alone, and with none. What a feature brings along is in the manifest.
pub fn alone() -> Vec<(String, Files)> {
    let crate_ = crates::named(CASE);
    let manifest = &crate_.files["Cargo.toml"];
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let names = crate_.sdk.features.iter();
    let names: Vec<&str> = names.map(|feature| feature.name.as_str()).collect();
    assert!(names.len() > 3, "{names:?}");
    let names = names.into_iter().map(Some).chain([None]);
    names
        .map(|name| {
            let on = brought_along(&manifest, name);
            let files = modules::with_features(&crate_.files, |name| on.contains(name));
            let name = name.unwrap_or("none").replace('-', "_");
            (format!("{CASE}_{name}"), files)
        })
        .collect()
}

/// The features that are on by one, with itself.
fn brought_along(manifest: &toml::Table, name: Option<&str>) -> BTreeSet<String> {
    let mut on = BTreeSet::new();
    let mut pending = Vec::from_iter(name.map(str::to_owned));
    while let Some(name) = pending.pop() {
        let enables = manifest["features"].get(&name);
        let enables = enables.unwrap_or_else(|| panic!("the manifest has no feature `{name}`"));
        let enables = enables.as_array().expect("a feature is a list");
        pending.extend(
            enables
                .iter()
                .filter_map(|name| Some(name.as_str()?.to_owned())),
        );
        on.insert(name);
    }
    on
}

/// What compiles C among the dependencies is the cryptography of TLS, which another may take the place of.
#[test]
fn without_a_provider_of_cryptography_no_c_is_compiled() {
    let compiles_c = |feature: &str| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(workspace::root());
        cargo.args(["tree", "--locked", "--package", "cloudflare-billing"]);
        cargo.args(["--edges", "normal,build", "--prefix", "none"]);
        cargo.args(["--no-default-features", "--features", feature]);
        let output = cargo.output().expect("cargo runs");
        let tree = String::from_utf8_lossy(&output.stdout);
        assert!(tree.contains("rustls v"), "{output:?}");
        tree.lines().any(|line| line.starts_with("cc v"))
    };
    assert!(compiles_c("rustls"));
    assert!(!compiles_c("rustls-no-provider"));
}

/// Where the host is JavaScript, the clocks of the standard library and of Tokio panic, and so does a timer of Tokio. What is
/// compiled for it, `.ci/run` finds out.
#[test]
fn one_module_asks_what_time_it_is() {
    const CLOCKS: [&str; 4] = [
        "tokio::time",
        "std::time::Instant",
        "SystemTime::now",
        "Timestamp::now",
    ];
    let mut asking = Vec::new();
    for folder in ["runtime", "webhooks"] {
        let folder = workspace::root().join("codegen/runtime/src").join(folder);
        for file in workspace::files(&folder) {
            let (path, text) = (file.strip_prefix(&folder), workspace::read(&file));
            let path = path.expect("it is below the folder").display();
            // A fake has threads and sockets.
            let is_native = ["testing", "clock"]
                .iter()
                .any(|part| path.to_string().starts_with(part));
            let code = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            let mut code = code.filter(|line| CLOCKS.iter().any(|clock| line.contains(clock)));
            asking.extend(
                code.next()
                    .filter(|_| !is_native)
                    .map(|line| format!("{path}: {line}")),
            );
        }
    }
    assert!(asking.is_empty(), "use `clock` of the runtime: {asking:#?}");
}
