//! `cargo sdk check`

use insta::assert_snapshot;
use tests::place::Place;
use tests::workspace;

use crate::SDK;

const CHECK: &str = "check --schema schema.yaml --out sdk";

#[test]
fn what_was_generated_is_fresh() {
    let place = Place::with_case(SDK, "crud");
    place.generate();
    assert_snapshot!(place.run(CHECK).screen());
}

#[test]
fn stale_missing_and_orphan_files_are_listed_and_left_alone() {
    let place = Place::with_case(SDK, "crud");
    place.generate();
    place.write("sdk/src/client.rs", "// edited by hand\n");
    place.write("sdk/src/models/horse.rs", "// of an earlier document\n");
    std::fs::remove_file(place.path("sdk/src/models/pet.rs")).expect("it was generated");
    let before = place.files("sdk");
    assert_snapshot!(place.run(CHECK).screen());
    assert!(place.files("sdk") == before);
}

#[test]
fn the_command_that_mends_has_all_options() {
    let place = Place::with_case(SDK, "crud");
    place.write("pets.toml", "");
    let run = place.run(&format!("{CHECK} --name pets --policy pets.toml"));
    assert_eq!(run.code, Some(1));
    let mend = run
        .stdout
        .lines()
        .find_map(|line| line.strip_prefix("run: cargo sdk "));
    let mend = mend.expect("the command is printed").to_owned();
    assert_eq!(place.run(&mend).code, Some(0));
    let again = place.run(&format!("{CHECK} --name pets --policy pets.toml"));
    assert_eq!(again.code, Some(0));
}

#[test]
fn what_cargo_makes_in_the_folder_is_no_finding() {
    let place = Place::with_case(SDK, "crud");
    place.generate();
    place.write("sdk/Cargo.lock", "# by Cargo\n");
    place.write("sdk/target/debug/pets", "");
    assert_eq!(place.run(CHECK).code, Some(0));
    let run = place.generate();
    assert_eq!(run.code, Some(0));
    assert!(place.path("sdk/target/debug/pets").exists());
}

#[test]
fn an_error_in_the_document_is_a_finding() {
    let place = Place::with_case(SDK, "dangling_ref");
    assert_eq!(place.run(CHECK).code, Some(1));
}

#[test]
fn the_lock_is_written_kept_and_compared() {
    let place = Place::empty(SDK);
    let document = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: { '204': { description: D. } }
";
    place.write("api/pets.yaml", document);
    let generate = || place.run("generate api/pets.yaml --out sdk");
    let check = || place.run("check api/pets.yaml --out sdk");
    generate();
    let lock = workspace::read(&place.path("api/pets.lock"));
    assert!(lock.contains("method GET /pets = pets."), "{lock}");
    assert_eq!(check().code, Some(0));

    place.write("api/pets.lock", "method GET /pets = animals.all\n");
    let stale = check();
    assert_eq!(stale.code, Some(1));
    assert!(stale.stdout.contains("api/pets.lock"), "{}", stale.stdout);
    generate();
    assert!(workspace::read(&place.path("sdk/src/resources/animals.rs")).contains("fn all("));
    assert_eq!(check().code, Some(0));

    place.write("api/pets.lock", "<<<<<<< ours\n");
    let broken = generate();
    assert_eq!(broken.code, Some(1));
    assert!(
        broken.stderr.contains("api/pets.lock:1:1"),
        "{}",
        broken.stderr
    );
}

#[test]
fn a_lock_in_no_folder_is_an_error_before_anything_is_written() {
    let place = Place::with_case(SDK, "enums");
    let run = place.run("generate schema.yaml --out sdk --lock nowhere/x.lock");
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    assert!(run.stderr.contains("no folder nowhere"), "{}", run.stderr);
    assert!(!place.path("sdk").exists());
}
