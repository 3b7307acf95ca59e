//! A generated crate is complete: it builds by itself, wherever its folder is.

use std::path::Path;
use std::process::Command;

use tests::place::{Place, Run};
use tests::workspace;

use crate::SDK;

#[test]
fn a_generated_crate_builds_outside_of_this_workspace() {
    let place = Place::with_case(SDK, "crud");
    place.generate();
    // The versions that this workspace is tested with, which are at hand already.
    let lock = workspace::read(&workspace::root().join("Cargo.lock"));
    place.write("sdk/Cargo.lock", &lock);
    let build = |offline: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        command
            .args(["build", "--quiet", "--examples"])
            .args(offline);
        // Where the dependencies are compiled already, by the same settings.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
        command
            .current_dir(place.path("sdk"))
            .env("CARGO_TARGET_DIR", target.expect("the folder has a parent"))
            .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
        Run::of(&mut command)
    };
    let mut run = build(&["--offline"]);
    if run.stderr.contains("--offline") {
        run = build(&[]);
    }
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(run.stderr, "");
    assert_eq!(
        place.run("check --schema schema.yaml --out sdk").code,
        Some(0)
    );
}
