//! The commands of this repository that the README shows: each is run here or in `.ci/run`. Those of `cargo sdk` are run in
//! `codegen/cli/tests/`.

use std::process::Command;

use tests::place::{Place, Run};
use tests::workspace;

use crate::XTASK;

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: { title: Pets, version: '1' }\npaths: {}\n";

#[test]
fn each_command_is_run_somewhere() {
    let root = workspace::root();
    let script = workspace::read(&root.join(".ci/run"));
    let place = repository();
    for command in workspace::commands(&workspace::read(&root.join("README.md"))) {
        // Within the first commands and the five minutes.
        if command.starts_with("cargo sdk ") || command.starts_with("cargo run -p petstore ") {
            continue;
        }
        match command.strip_prefix("cargo xtask ") {
            Some(arguments) if arguments.starts_with("diff") || arguments == "generate" => {
                let run = place.run(arguments);
                assert_eq!(run.code, Some(0), "{command}: {}", run.screen());
            }
            _ => {
                let words: Vec<&str> = command.split(' ').take(3).collect();
                let words = words.join(" ");
                assert!(
                    script.contains(&words),
                    "neither a test nor .ci/run has `{words}`"
                );
            }
        }
    }
}

/// With the tag and the documents that the README names.
fn repository() -> Place {
    let place = Place::empty(XTASK);
    let table = "[workspace]\nmembers = []\n\n[workspace.metadata.sdk]\nschema = \"schema/pets.yaml\"\nout = \"pets\"\n";
    place.write("Cargo.toml", table);
    for file in ["schema/pets.yaml", "old.yaml", "new.yaml"] {
        place.write(file, DOCUMENT);
    }
    let commit = "-c user.name=test -c user.email=test commit --quiet --message all";
    for arguments in [
        "init --quiet --initial-branch main",
        "add --all",
        commit,
        "tag v1.2.0",
    ] {
        let mut git = Command::new("git");
        let run = Run::of(git.args(arguments.split(' ')).current_dir(place.path("")));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }
    place
}
