//! `cargo xtask review-comment` is a program of its own, and found as a verb all the same.

use std::os::unix::fs::PermissionsExt;

use tests::place::{Place, Run};
use tests::workspace;

use crate::XTASK;

/// Cargo is asked to run the package's only program; what becomes of that is Cargo's.
#[test]
fn the_verb_runs_that_program_with_its_arguments() {
    let place = Place::empty(XTASK);
    place.write("cargo", "#!/bin/sh\nprintf '%s\\n' \"$@\"\nexit 7\n");
    let cargo = place.path("cargo");
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(&cargo, executable).expect("the file is there");
    let mut command = place.command("review-comment --help missing.md --pull-request 7");
    let run = Run::of(command.env("CARGO", cargo));
    assert_eq!(run.code, Some(7), "{}", run.stderr);
    let manifest = workspace::root().join("Cargo.toml");
    let expected = [
        "run",
        "--quiet",
        "--package",
        "review-comment",
        "--manifest-path",
        manifest.to_str().expect("the path is text"),
        "--",
        "--help",
        "missing.md",
        "--pull-request",
        "7",
    ];
    assert_eq!(run.stdout.lines().collect::<Vec<_>>(), expected);
    assert!(has_one_program("review-comment"));
}

fn has_one_program(package: &str) -> bool {
    let metadata = workspace::metadata();
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let mut named = packages.filter(|known| known["name"] == package);
    let targets = named
        .next()
        .and_then(|package| package["targets"].as_array());
    let programs = targets.into_iter().flatten();
    programs.filter(|target| target["kind"][0] == "bin").count() == 1
}
