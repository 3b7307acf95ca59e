//! What Cargo.toml names is what the verbs about changes are about, wherever it is.

use tests::place::Run;

use crate::diff::repository::{DOCUMENT, Repository, with_operation};

const MANIFEST: &str = "\
[workspace.metadata.sdk]
schema = \"api/v2/pets.yaml\"
policy = \"policies/crate.toml\"
review = \"accepted.toml\"
out = \"generated\"
";

const POLICY: &str = "[package]\nname = \"pets\"\nversion = \"0.4.2\"\n";

/// Breaks callers: an operation is removed.
fn repository(manifest: &str) -> Repository {
    let repository = Repository::empty();
    repository.write("Cargo.toml", manifest);
    repository.write("policies/crate.toml", POLICY);
    repository.write("api/v2/pets.yaml", &with_operation("/cats"));
    repository.write("api/v2/other.yaml", &with_operation("/others"));
    // Not what Cargo.toml names.
    repository.write("schema/old.yaml", &with_operation("/old"));
    repository.commit();
    repository.git("checkout --quiet -b topic");
    repository.write("api/v2/pets.yaml", DOCUMENT);
    repository.write("api/v2/other.yaml", DOCUMENT);
    repository.commit();
    repository
}

fn review_needed(repository: &Repository) -> String {
    let run = Run::of(&mut repository.place.command("review-needed"));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    run.stdout
}

#[test]
fn the_document_that_cargo_toml_names_is_compared_alone_and_with_its_policy() {
    let repository = repository(MANIFEST);
    let run = repository.diff("main --format json");
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(report["title"], "api/v2/pets.yaml");
    assert_eq!(report["verdict"]["version_base"], "0.4.2");
    assert_eq!(report["verdict"]["version_now"], "0.4.2");
    // Also where the document itself is named.
    let named = repository.diff("main api/v2/pets.yaml --format json");
    assert_eq!(named.stdout, run.stdout);
    let changelog = Run::of(&mut repository.place.command("changelog"));
    assert_eq!(changelog.code, Some(0), "{}", changelog.stderr);
    assert!(
        changelog
            .stderr
            .contains("needs version 0.5.0 and has 0.4.2")
    );
}

#[test]
fn what_the_report_proposes_is_read_where_it_says() {
    let without_review = MANIFEST.replace("review = \"accepted.toml\"\n", "");
    for (manifest, file) in [
        (MANIFEST, "accepted.toml"),
        (&without_review, "api/v2/review.toml"),
    ] {
        let repository = repository(manifest);
        let run = repository.diff("--fail-on breaking");
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        let (_, proposed) = run
            .stderr
            .split_once(&format!("accept it in {file}:\n"))
            .expect(file);
        repository.write(file, &proposed.replace("\"\"", "\"nobody asked for it\""));
        let run = repository.diff("--fail-on breaking");
        assert_eq!(run.code, Some(0), "{}", run.stderr);
    }
}

#[test]
fn a_document_outside_of_the_folder_has_a_review_file_beside_it() {
    let repository = Repository::with_document();
    repository.write("api/old.yaml", &with_operation("/cats"));
    repository.write("api/new.yaml", DOCUMENT);
    let arguments = "api/old.yaml api/new.yaml --fail-on breaking";
    let run = repository.diff(arguments);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let (_, proposed) = run
        .stderr
        .split_once("accept it in api/review.toml:\n")
        .expect("a file");
    repository.write(
        "api/review.toml",
        &proposed.replace("\"\"", "\"nobody asked for it\""),
    );
    assert_eq!(repository.diff(arguments).code, Some(0));
}

#[test]
fn the_review_is_needed_where_what_cargo_toml_names_is_touched() {
    let fresh = || {
        let repository = repository(MANIFEST);
        repository.git("checkout --quiet -B topic main");
        repository
    };
    let repository = fresh();
    for elsewhere in ["schema/old.yaml", "notes.txt"] {
        repository.write(elsewhere, "");
        repository.commit();
        assert!(
            review_needed(&repository).starts_with("not needed: "),
            "{elsewhere}"
        );
    }
    for file in [
        "api/v2/pets.yaml",
        "api/v2/parts/cat.yaml",
        "policies/crate.toml",
        "accepted.toml",
    ] {
        let repository = fresh();
        repository.write(file, "# Touched\n");
        repository.commit();
        assert!(review_needed(&repository).starts_with("needed: "), "{file}");
    }
}

/// Parts of a document may be anywhere below its folder, and here that is everything.
#[test]
fn a_document_at_the_root_is_compared_and_any_commit_needs_the_review() {
    let repository = Repository::empty();
    let manifest = "[workspace.metadata.sdk]\nschema = \"pets.yaml\"\nout = \"sdk\"\n";
    repository.write("Cargo.toml", manifest);
    repository.write("pets.yaml", &with_operation("/cats"));
    repository.commit();
    repository.git("checkout --quiet -b topic");
    assert!(review_needed(&repository).starts_with("not needed: "));
    repository.git("mv pets.yaml animals.yaml");
    repository.write("Cargo.toml", &manifest.replace("pets.yaml", "animals.yaml"));
    repository.commit();
    assert!(review_needed(&repository).starts_with("needed: "));
    // Nothing of it has changed but its name.
    let run = repository.diff("");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        run.stderr.contains("pets.yaml is now animals.yaml"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_table_that_cannot_be_used_is_reported() {
    for (manifest, said) in [
        (
            MANIFEST.replace("policy", "config"),
            "unknown field `config`",
        ),
        (
            MANIFEST.replace("api/v2/pets.yaml", "../pets.yaml"),
            "which is not in this repository",
        ),
    ] {
        let repository = Repository::with_document();
        repository.write("Cargo.toml", &manifest);
        for run in [
            repository.diff(""),
            Run::of(&mut repository.place.command("review-needed")),
        ] {
            assert_eq!(run.code, Some(2));
            assert!(run.stderr.contains(said), "{}", run.stderr);
        }
    }
}
