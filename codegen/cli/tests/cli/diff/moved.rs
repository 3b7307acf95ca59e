//! Documents that are elsewhere than they were: renamed files, and symbolic links.

use serde_json::Value;

use crate::diff::repository::{DOCUMENT, Repository, with_operation};

const POLICY: &str = "[package]\nversion = \"1.0.0\"\n";

#[test]
fn a_renamed_document_is_compared_with_what_it_was() {
    let repository = Repository::with_document();
    repository.write("schema/pets.toml", POLICY);
    repository.write("schema/dogs.yaml", &DOCUMENT.replace("Pets", "Dogs"));
    repository.commit();
    repository.git("mv schema/pets.yaml schema/more.yaml");
    repository.git("mv schema/pets.toml schema/more.toml");
    let run = repository.diff("--format json");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(
        run.stderr,
        "note: schema/pets.yaml is now schema/more.yaml\n"
    );

    repository.write("schema/more.yaml", &with_operation("/cats"));
    let run = repository.diff("--format json");
    let report: Value = serde_json::from_str(&run.stdout).expect("one report");
    assert_eq!(report["head"]["name"], "schema/more.yaml");
    assert_eq!(report["changes"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["changes"][0]["action"], "add");
    assert_eq!(report["verdict"]["version_now"], "1.0.0");
}

#[test]
fn a_policy_that_stayed_behind_is_reported() {
    let repository = Repository::with_document();
    repository.write("schema/pets.toml", POLICY);
    repository.commit();
    repository.git("mv schema/pets.yaml schema/more.yaml");
    let run = repository.diff("");
    assert!(
        run.stderr.contains(
            "its policy file was not renamed: rename schema/pets.toml to schema/more.toml"
        ),
        "{}",
        run.stderr
    );
}

/// A row is called by the worst of what it holds.
#[test]
fn a_policy_that_is_gone_is_told_by_what_it_said() {
    let repository = Repository::empty();
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    let policy = "[package]\ndescription = \"Cats\"\n[client]\nrequest_id_headers = [\"x-id\"]\n";
    repository.write("schema/pets.toml", policy);
    repository.commit();
    std::fs::remove_file(repository.place.path("schema/pets.toml")).expect("it was there");
    let run = repository.diff("--format json");
    let report: Value = serde_json::from_str(&run.stdout).expect("one report");
    assert_eq!(
        report["changes"][0]["crate"]["item"],
        "ApiError::request_id"
    );
    let message = report["changes"][0]["message"].as_str().unwrap_or_default();
    assert!(message.starts_with("`ApiError::request_id`"), "{message}");
}

/// One is gone and two are new: which became which cannot be known.
#[test]
fn documents_of_one_title_are_not_taken_for_each_other() {
    let repository = Repository::with_document();
    repository.git("mv schema/pets.yaml schema/one.yaml");
    repository.write("schema/two.yaml", DOCUMENT);
    let run = repository.diff("--format json");
    assert!(!run.stderr.contains("is now"), "{}", run.stderr);
}

/// Without a title nothing says that two documents are one.
#[test]
fn documents_without_a_title_are_not_taken_for_each_other() {
    let repository = Repository::empty();
    let untitled = DOCUMENT.replace("title: Pets, ", "");
    repository.write("schema/pets.yaml", &untitled);
    repository.commit();
    repository.git("mv schema/pets.yaml schema/more.yaml");
    let run = repository.diff("--format json");
    assert!(!run.stderr.contains("is now"), "{}", run.stderr);
}

#[test]
fn a_link_in_a_revision_is_followed() {
    let repository = Repository::with_document();
    repository.write("schema/real/pets.txt", &with_operation("/cats"));
    let link = repository.place.path("schema/link.yaml");
    let point = |to: &str| {
        drop(std::fs::remove_file(&link));
        std::os::unix::fs::symlink(to, &link).expect("a link can be made");
        repository.commit();
    };
    point("real/pets.txt");
    let run = repository.diff("HEAD:schema/pets.yaml HEAD:schema/link.yaml --format json");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).expect("one report");
    assert_eq!(report["changes"][0]["pointer"], "/paths/~1cats/get");
    assert_eq!(
        repository.diff("HEAD~1 HEAD").code,
        Some(0),
        "both versions have it"
    );

    for (name, to) in [
        ("link_to_nothing", "real/none.yaml"),
        ("link_out_of_the_revision", "../../elsewhere.yaml"),
        ("link_to_itself", "link.yaml"),
    ] {
        point(to);
        let run = repository.diff("HEAD:schema/link.yaml schema/pets.yaml");
        insta::assert_snapshot!(name, run.screen());
        // It is no document, and no reason to compare nothing.
        assert_eq!(repository.diff("HEAD HEAD").code, Some(0));
    }
}
