//! `cargo sdk review-needed`: when the workflow on pull requests reviews.

use tests::place::Run;

use crate::diff::repository::{DOCUMENT, Repository, with_operation};

#[test]
fn the_review_is_needed_where_a_commit_touches_the_documents() {
    let repository = Repository::with_document();
    repository.git("checkout --quiet -b topic");
    assert_needed(&repository, "", false);
    repository.write("notes.txt", "");
    repository.commit();
    assert_needed(&repository, "", false);
    assert_needed(&repository, "HEAD~1", false);
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    repository.commit();
    assert_needed(&repository, "", true);
    // Taken back: the comment of the run before has to go.
    repository.write("schema/pets.yaml", DOCUMENT);
    repository.commit();
    assert_needed(&repository, "HEAD~1", true);
    // As a workflow has it, merged into the base.
    let topic = repository.git("rev-parse topic");
    repository.git("checkout --quiet main");
    repository.write("other.txt", "");
    repository.commit();
    repository.git("checkout --quiet --detach");
    repository.git(&format!("merge --quiet --no-ff --no-edit {topic}"));
    assert_needed(&repository, "", true);
}

#[test]
fn the_review_is_needed_where_commits_were_replaced() {
    let repository = Repository::with_document();
    repository.git("checkout --quiet -b topic");
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    repository.commit();
    let before = repository.git("rev-parse HEAD");
    repository.git("reset --quiet --hard main");
    assert_needed(&repository, before.trim(), true);
    assert_needed(
        &repository,
        "0123456789012345678901234567890123456789",
        true,
    );
    assert_needed(&repository, "main", false);
}

#[test]
fn without_history_nothing_is_said() {
    let repository = Repository::empty();
    let run = needed(&repository, "");
    assert_eq!(run.code, Some(2));
    assert!(!repository.place.path("output").exists());
}

fn assert_needed(repository: &Repository, before: &str, expected: bool) {
    let run = needed(repository, before);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let output = repository.place.path("output");
    let written = std::fs::read_to_string(&output).expect("the step has an output");
    assert_eq!(written, format!("needed={expected}\n"), "{}", run.stdout);
    std::fs::remove_file(output).expect("it was there");
}

fn needed(repository: &Repository, before: &str) -> Run {
    let mut command = repository.place.command("review-needed --before");
    command
        .arg(before)
        .env("GITHUB_OUTPUT", repository.place.path("output"))
        .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir());
    Run::of(&mut command)
}
