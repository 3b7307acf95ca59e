//! A crate with features compiles with each of them alone, and with none, and without a warning; and what the features of TLS
//! bring along.

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
