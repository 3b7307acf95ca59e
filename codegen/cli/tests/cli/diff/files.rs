//! Documents in several files, in the working tree and in revisions.

use crate::diff::repository::Repository;

const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      responses:
        '200': { description: D., content: { application/json: { schema: { $ref: models/pet.yaml } } } }
";

const PET: &str = "type: object\nproperties:\n  name: { type: string }\n  age: { type: integer }\n";

#[test]
fn a_change_in_another_file_is_shown_there() {
    let repository = Repository::empty();
    repository.write("old/api.yaml", DOCUMENT);
    repository.write("old/models/pet.yaml", PET);
    repository.write("new/api.yaml", DOCUMENT);
    repository.write("new/models/pet.yaml", &without_age());
    let run = repository.diff("old/api.yaml new/api.yaml --format markdown");
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stdout.contains("`age`"), "{}", run.stdout);
    assert!(
        run.stdout.contains("old/models/pet.yaml:4"),
        "{}",
        run.stdout
    );
    let run = repository.diff("old/api.yaml new/api.yaml");
    assert!(
        run.stdout.contains("age: { type: integer }"),
        "{}",
        run.stdout
    );
}

#[test]
fn the_other_files_are_those_of_the_revision() {
    let repository = Repository::empty();
    repository.write("schema/api.yaml", DOCUMENT);
    repository.write("schema/models/pet.yaml", PET);
    repository.commit();
    repository.write("schema/models/pet.yaml", &without_age());
    for operands in ["HEAD", "HEAD:schema/api.yaml schema/api.yaml"] {
        let run = repository.diff(operands);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        assert!(
            run.stdout.contains("HEAD:schema/models/pet.yaml:4"),
            "{}",
            run.stdout
        );
    }
    repository.commit();
    assert_eq!(repository.diff("HEAD~1 HEAD").code, Some(1));
    assert_eq!(repository.diff("HEAD").code, Some(0));
}

#[test]
fn a_file_outside_of_the_folder_is_not_read_from_a_revision_either() {
    let repository = Repository::empty();
    repository.write(
        "schema/api.yaml",
        &DOCUMENT.replace("models/", "../models/"),
    );
    repository.write("models/pet.yaml", PET);
    repository.commit();
    repository.write("models/pet.yaml", &without_age());
    assert_eq!(repository.diff("HEAD").code, Some(0));
    assert_eq!(repository.diff("HEAD --allow-outside models").code, Some(1));
}

#[test]
fn an_annotation_is_in_the_file() {
    let repository = Repository::empty();
    repository.write("schema/api.yaml", DOCUMENT);
    repository.write("schema/models/pet.yaml", PET);
    repository.commit();
    repository.write("schema/models/pet.yaml", &PET.replace("integer", "string"));
    let run = repository.diff("HEAD --format github");
    assert!(
        run.stdout.contains("file=schema/models/pet.yaml,line=4,"),
        "{}",
        run.stdout
    );
}

#[test]
fn overlays_are_those_of_the_version_and_those_of_the_command_are_for_both() {
    let repository = Repository::empty();
    let overlay = "overlay: 1.0.0\nactions:\n- target: $.components.schemas.pet.properties.age\n  remove: true\n";
    repository.write("schema/api.yaml", DOCUMENT);
    repository.write("schema/models/pet.yaml", PET);
    repository.write("schema/api.toml", "");
    repository.commit();
    repository.write("schema/api.toml", "overlays = [\"less.yaml\"]\n");
    repository.write("schema/less.yaml", overlay);
    let run = repository.diff("HEAD");
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(
        run.stdout.contains("HEAD:schema/models/pet.yaml:4"),
        "{}",
        run.stdout
    );
    repository.commit();
    assert_eq!(repository.diff("HEAD").code, Some(0));
    assert_eq!(
        repository.diff("HEAD~1 --overlay schema/less.yaml").code,
        Some(0)
    );
}

fn without_age() -> String {
    PET.replace("  age: { type: integer }\n", "")
}
