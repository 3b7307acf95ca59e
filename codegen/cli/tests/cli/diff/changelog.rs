//! `cargo sdk changelog`: the entry and the version of a change.

use tests::place::Run;

use crate::diff::repository::{DOCUMENT, Repository, with_operation};

const POLICY: &str = "# Facts.\n[package]\nname = \"pets\"\nversion = \"0.4.2\" # ours\n";

#[test]
fn the_entry_is_printed_and_nothing_is_changed() {
    let repository = changed();
    let run = changelog(&repository, "");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        run.stdout
            .starts_with("## 0.4.3 - 2026-11-22\n\n### Added\n\n- "),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("/cats"), "{}", run.stdout);
    assert!(!repository.place.path("CHANGELOG.md").exists());
}

#[test]
fn the_entry_is_written_once_and_the_version_with_it() {
    let repository = changed();
    insta::assert_snapshot!(files_stripped(
        &repository,
        &changelog(&repository, "--write")
    ));
    let text = |path: &str| std::fs::read_to_string(repository.place.path(path)).expect(path);
    let written = text("CHANGELOG.md");
    assert!(written.contains("\n## 0.4.3 - 2026-11-22\n"), "{written}");
    assert_eq!(text("schema/pets.toml"), POLICY.replace("0.4.2", "0.4.3"));

    assert_eq!(changelog(&repository, "--write").code, Some(0));
    assert_eq!(text("CHANGELOG.md"), written);
    // A version that is high enough stays.
    repository.write("schema/pets.toml", &POLICY.replace("0.4.2", "0.9.0"));
    assert_eq!(
        changelog(&repository, "--write --changelog other.md").code,
        Some(0)
    );
    assert!(text("other.md").contains("\n## 0.9.0 - 2026-11-22\n"));
    assert_eq!(text("schema/pets.toml"), POLICY.replace("0.4.2", "0.9.0"));
}

#[test]
fn overlays_are_applied_to_both_sides() {
    let repository = changed();
    repository.write(
        "removed.yaml",
        "overlay: 1.0.0\nactions: [{ target: \"$.paths['/cats']\", remove: true }]\n",
    );
    let run = changelog(&repository, "--overlay removed.yaml");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.starts_with("nothing changes"), "{}", run.stdout);
}

#[test]
fn the_document_may_be_named_on_both_sides() {
    for operands in [
        "HEAD:schema/pets.yaml schema/pets.yaml",
        "HEAD:schema/pets.yaml ./schema/pets.yaml",
        "HEAD schema/pets.yaml",
    ] {
        let repository = changed();
        let run = changelog(&repository, &format!("{operands} --write"));
        assert_eq!(run.code, Some(0), "{operands}: {}", run.stderr);
        let policy = std::fs::read_to_string(repository.place.path("schema/pets.toml"));
        let expected = POLICY.replace("0.4.2", "0.4.3");
        assert_eq!(policy.expect("it is there"), expected, "{operands}");
    }
}

#[test]
fn a_line_of_an_edit_that_was_undone_is_reported() {
    let repository = changed();
    assert_eq!(changelog(&repository, "--write").code, Some(0));
    let policy = std::fs::read_to_string(repository.place.path("schema/pets.toml"));
    repository.write("schema/pets.yaml", &with_operation("/dogs"));
    insta::assert_snapshot!(
        "one_of_two_is_left_over",
        files_stripped(&repository, &changelog(&repository, "--write"))
    );
    repository.write("schema/pets.yaml", DOCUMENT);
    insta::assert_snapshot!(
        "both_are_left_over",
        files_stripped(&repository, &changelog(&repository, "--write"))
    );
    // What was released with the version of the base is no business of the change.
    repository.write("schema/pets.toml", &policy.expect("it was written"));
    repository.commit();
    repository.write("schema/pets.yaml", &format!("# Pets.\n{DOCUMENT}"));
    assert_eq!(changelog(&repository, "--write").stderr, "");
}

#[test]
fn the_changelog_is_none_of_the_compared_files() {
    let repository = changed();
    for file in ["schema/pets.yaml", "schema/pets.toml"] {
        let run = changelog(&repository, &format!("--write --changelog {file}"));
        assert_eq!(run.code, Some(2), "{file}: {}", run.stderr);
    }
    let policy = std::fs::read_to_string(repository.place.path("schema/pets.toml"));
    assert_eq!(policy.expect("it is there"), POLICY);
}

#[test]
fn what_cannot_be_written_is_said() {
    let repository = changed();
    repository.commit();
    insta::assert_snapshot!("nothing_to_write", changelog(&repository, "").screen());
    let run = changelog(&repository, "HEAD~1 HEAD --write");
    insta::assert_snapshot!("head_is_not_the_working_tree", run.screen());
    repository.write("schema/pets.yaml", DOCUMENT);
    repository.write("schema/dogs.yaml", &with_operation("/dogs"));
    insta::assert_snapshot!("several_documents", changelog(&repository, "").screen());
}

/// With an operation more than in the last commit.
fn changed() -> Repository {
    let repository = Repository::empty();
    repository.write("schema/pets.yaml", DOCUMENT);
    repository.write("schema/pets.toml", POLICY);
    repository.commit();
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    repository
}

fn changelog(repository: &Repository, arguments: &str) -> Run {
    let mut command = repository.place.command(&format!("changelog {arguments}"));
    command.env("SCHEMA_REVIEW_TODAY", "2026-11-22");
    Run::of(&mut command)
}

/// What was printed, with paths as they are in the repository.
fn files_stripped(repository: &Repository, run: &Run) -> String {
    let root = repository.git("rev-parse --show-toplevel");
    run.screen().replace(&format!("{}/", root.trim()), "")
}
