//! A crate with features compiles with each of them alone, and with none, and without a warning.

use codegen::files;
use tests::cases;
use tests::compiled::Compiled;

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
