//! `cargo xtask old-code` on a repository of its own. The crate in it is written by hand and has no dependencies, so that it is
//! compiled at once; what matters is that it has what the document says.

use std::process::Command;

use tests::place::{Place, Run};

use crate::XTASK;

const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pet:
    get:
      operationId: getPet
      responses: {'200': {description: A pet., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string}
        age: {type: integer}
";

const MANIFEST: &str = "\
[package]
name = \"pets-sdk\"
edition = \"2024\"

[features]
blocking = []
testing = []
tracing = []
";

const CRATE: &str = "\
pub mod models {
    #[derive(Default)]
    pub struct Pet {
        pub name: String,
        pub age: Option<i64>,
    }
}

pub fn version() -> u32 {
    1
}
";

const USES_AGE: &str = "fn main() {\n    let pet = pets_sdk::models::Pet::default();\n    println!(\"{:?}\", pet.age);\n}\n";
const USES_NAME: &str =
    "fn main() {\n    println!(\"{}\", pets_sdk::models::Pet::default().name);\n}\n";
const README: &str =
    "# Pets\n\n```rust\nfn main() {\n    println!(\"{}\", pets_sdk::version());\n}\n```\n";

/// A repository whose only commit has the crate, two examples of it and a program in its README.
fn repository() -> Place {
    let place = Place::empty(XTASK);
    let defaults = "[workspace]\nmembers = [\"generated\"]\nresolver = \"3\"\n[workspace.metadata.sdk]\nschema = \"schema/pets.yaml\"\nout = \"generated\"\n";
    for (path, text) in [
        ("Cargo.toml", defaults),
        ("schema/pets.yaml", DOCUMENT),
        ("generated/Cargo.toml", MANIFEST),
        ("generated/src/lib.rs", CRATE),
        ("generated/examples/age.rs", USES_AGE),
        ("generated/examples/name.rs", USES_NAME),
        ("generated/README.md", README),
        (".gitignore", "target\n"),
    ] {
        place.write(path, text);
    }
    for arguments in [
        "init --quiet",
        "add --all",
        "commit --quiet -m release",
        "tag v1",
    ] {
        let mut git = Command::new("git");
        git.args(arguments.split(' ')).current_dir(place.path(""));
        for of in ["AUTHOR", "COMMITTER"] {
            git.env(format!("GIT_{of}_NAME"), "test");
            git.env(format!("GIT_{of}_EMAIL"), "test");
        }
        git.env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null");
        assert!(git.status().expect("git runs").success(), "{arguments}");
    }
    place
}

fn old_code(place: &Place) -> Run {
    place.run("old-code v1 --repository .")
}

#[test]
fn what_broke_is_predicted_or_the_run_fails() {
    let place = repository();
    let run = old_code(&place);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    let said = "3 programs of v1, compiled against the crate of today";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    assert!(
        run.stdout.contains("| nothing broke | | nothing |"),
        "{}",
        run.stdout
    );

    // The document says so, and of the release only one program has the property.
    let age = "        age: {type: integer}\n";
    place.write("schema/pets.yaml", &DOCUMENT.replace(age, ""));
    let without_age = CRATE.replace("        pub age: Option<i64>,\n", "");
    place.write("generated/src/lib.rs", &without_age);
    let run = old_code(&place);
    let row = "| generated/examples/age.rs:3 | no field `age` on type `Pet` | `models::Pet::age`: pub age: Option<i64> becomes nothing |";
    assert!(run.stdout.contains(row), "{}{}", run.stdout, run.stderr);
    assert_eq!(run.code, Some(0), "{}", run.stdout);

    // The document says nothing of this.
    place.write(
        "generated/src/lib.rs",
        &without_age.replace("version", "revision"),
    );
    let run = old_code(&place);
    let missed = run.stdout.lines().find(|line| line.contains("**nothing**"));
    let missed = missed.unwrap_or_else(|| panic!("{}", run.stdout));
    assert!(missed.starts_with("| generated/README.md:"), "{missed}");
    assert!(missed.contains("`version`"), "{missed}");
    assert!(run.stdout.contains(row), "{}", run.stdout);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
}

#[test]
fn a_commit_that_is_none_says_what_to_name() {
    let place = repository();
    let run = place.run("old-code v2 --repository .");
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr
            .contains("name a commit of the repository that has generated/"),
        "{}",
        run.stderr
    );
}
