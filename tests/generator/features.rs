//! A crate with features compiles with each of them alone, and with none, and without a warning; what the features of TLS
//! bring along; and what a host of JavaScript does not have.

use std::path::Path;
use std::process::Command;

use codegen::files;
use tests::compiled::Compiled;
use tests::{cases, workspace};

#[test]
fn each_feature_compiles_alone() {
    let case = cases::all()
        .into_iter()
        .find(|case| case.name == "features");
    let generated = case.expect("there is the case").generate().generated;
    let generated = generated.expect("there is a crate");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let folder = folder.path().join("sdk");
    files::write(&folder, &generated.files).expect("the crate can be written");
    let compiled = Compiled::at(env!("CARGO_TARGET_TMPDIR"), folder);
    let names = generated.sdk.features.iter();
    let names = names.map(|feature| feature.name.as_str());
    for name in names.chain(["", "all"]) {
        let features = ["--examples", "--features", name, "--", "--deny=warnings"];
        let output = compiled.cargo(&["clippy", "--quiet", "--lib"], &features);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {said}");
    }
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
        for (path, text) in sources(&folder) {
            // A fake has threads and sockets.
            let is_native = path.starts_with("testing") || path.starts_with("clock");
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

/// The path below the folder and the text of each Rust file.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(inner) = pending.pop() {
        for entry in std::fs::read_dir(&inner).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                pending.push(path);
            } else {
                let text = std::fs::read_to_string(&path).expect("the file can be read");
                let below = path.strip_prefix(folder).expect("it is below the folder");
                found.push((below.display().to_string(), text));
            }
        }
    }
    found
}
