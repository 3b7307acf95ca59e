//! Runs that cannot be: each says what is wrong and what to do, and ends with 2.

use insta::assert_snapshot;
use tests::place::{Place, Run};

use crate::SDK;
use crate::diff::repository::{self, DOCUMENT, Repository};

#[test]
fn outside_of_a_repository() {
    let place = Place::empty(SDK);
    let diff = |arguments| Run::of(&mut repository::command(&place, arguments));
    assert_snapshot!("no_operands_and_no_repository", diff("").screen());
    assert_snapshot!("a_revision_and_no_repository", diff("main").screen());
    place.write("pets.yaml", DOCUMENT);
    assert_snapshot!("one_file_and_no_repository", diff("pets.yaml").screen());
}

#[test]
fn without_git() {
    let place = Place::empty(SDK);
    let mut command = repository::command(&place, "");
    assert_snapshot!(Run::of(command.env("PATH", "")).screen());
}

#[test]
fn a_repository_without_a_commit() {
    assert_snapshot!(Repository::empty().diff("").screen());
}

#[test]
fn a_repository_without_documents() {
    let repository = Repository::empty();
    repository.write("schema/notes.yaml", "nothing: here\n");
    repository.commit();
    assert_snapshot!(repository.diff("").screen());
}

#[test]
fn a_repository_without_a_default_branch() {
    let repository = Repository::with_document();
    repository.git("branch --move trunk");
    assert_snapshot!(repository.diff("").screen());
}

#[test]
fn operands_that_are_nothing() {
    let repository = Repository::with_document();
    for (name, operands) in [
        ("unknown_revision", "mian"),
        ("missing_file", "schema/pet.yaml"),
        ("range", "main..topic"),
        ("path_above", "../schema/pet.yaml"),
        ("path_with_dots", "schema/../schema/pet.yaml"),
        ("folder", "schema"),
        ("missing_path", "main:pets.yaml"),
        ("folder_of_a_revision", "main:schema"),
        ("unknown_revision_of_a_path", "mian:schema/pets.yaml"),
    ] {
        assert_snapshot!(name, repository.diff(operands).screen());
    }
}

#[test]
fn a_file_of_another_place_has_no_past() {
    let (repository, other) = (Repository::with_document(), Place::empty(SDK));
    other.write("pets.yaml", DOCUMENT);
    let file = other.path("pets.yaml").display().to_string();
    let run = repository.diff(&file);
    assert_eq!(run.code, Some(2));
    assert_snapshot!(run.stderr.replace(&file, "/elsewhere/pets.yaml"));
}

#[test]
fn branches_without_a_common_past() {
    let repository = Repository::with_document();
    repository.git("checkout --quiet --orphan other");
    repository.write("schema/pets.yaml", &DOCUMENT.replace("'1'", "'2'"));
    repository.commit();
    assert_snapshot!(repository.diff("").screen());
}

#[test]
fn a_bare_repository() {
    let repository = Repository::empty();
    repository.git("init --quiet --bare bare.git");
    let mut command = repository.command("");
    command.current_dir(repository.place.path("bare.git"));
    assert_snapshot!(Run::of(&mut command).screen());
}

/// As a workflow has it that does not ask for more.
#[test]
fn a_shallow_clone() {
    let origin = Repository::with_document();
    let start = origin.git("rev-parse HEAD").trim().to_owned();
    for branch in ["main", "topic"] {
        origin.git(&format!("checkout --quiet -B {branch} {start}"));
        origin.write("branch.txt", branch);
        origin.commit();
    }
    origin.git("checkout --quiet main");
    let url = format!("file://{}", origin.place.path(".").display());
    let clone = Repository::empty();
    clone.git(&format!(
        "clone --quiet --depth 1 --no-single-branch --branch topic {url} clone"
    ));
    let diff = |arguments, base: &str| {
        let mut command = clone.command(arguments);
        command.current_dir(clone.place.path("clone"));
        Run::of(command.env("GITHUB_BASE_REF", base)).screen()
    };
    assert_snapshot!("shallow", diff("", ""));
    assert_snapshot!(
        "shallow_with_a_base_that_was_not_fetched",
        diff("", "release")
    );
    assert_snapshot!("shallow_with_an_unknown_revision", diff("v1.0.0", ""));
}

#[test]
fn options_that_mean_nothing() {
    let repository = Repository::with_document();
    for (name, options) in [
        ("unknown_format", "--format xml"),
        ("unknown_severity", "--fail-on risky"),
        ("also_without_a_file", "--also html"),
        ("also_of_an_unknown_format", "--also pdf=review.pdf"),
        ("missing_review_file", "--review none.toml"),
    ] {
        assert_snapshot!(name, repository.diff(options).screen());
    }
    let mut command = repository.command("");
    command.env("SCHEMA_REVIEW_TODAY", "tomorrow");
    assert_snapshot!("not_a_day", Run::of(&mut command).screen());
}

#[test]
fn a_document_that_is_no_text() {
    let repository = Repository::with_document();
    let bytes = [b"openapi: 3.0.3\n".as_slice(), &[0xff, 0xfe]].concat();
    std::fs::write(repository.place.path("bytes.yaml"), bytes).expect("the file can be written");
    assert_snapshot!(repository.diff("schema/pets.yaml bytes.yaml").screen());
}

/// A pull request shows where the mistake is, and keeps no report of an earlier push.
#[test]
fn a_document_with_a_mistake() {
    let repository = Repository::with_document();
    let mistake = DOCUMENT.replace("paths: {}", "paths: {}\n  x: [@100%\n");
    repository.write("schema/pets.yaml", &mistake);
    repository.write("review.md", "an earlier report\n");
    let options = "--format github --also comment=review.md --also html=review.html";
    let mut command = repository.command(options);
    command.env("GITHUB_STEP_SUMMARY", repository.place.path("summary.md"));
    let base = repository.git("rev-parse --short=10 HEAD");
    let same = |text: String| text.replace(base.trim(), "BASE");
    assert_snapshot!("mistake", same(Run::of(&mut command).screen()));
    let read = |file| std::fs::read_to_string(repository.place.path(file)).expect("it was written");
    let comment = read("review.md");
    assert_eq!(read("summary.md"), comment);
    assert_snapshot!("mistake_comment", same(comment));
    // The head is where annotations stand.
    repository.commit();
    repository.write("schema/pets.yaml", DOCUMENT);
    let run = repository.diff("HEAD --format github");
    assert!(run.stdout.starts_with("::error title="), "{}", run.screen());
    assert_eq!(run.code, Some(2));
}

/// Everything that is wrong with it, in one run.
#[test]
fn a_review_file_with_errors() {
    let repository = Repository::with_document();
    repository.write(
        "schema/review.toml",
        r#"[[severity]]
rule = "schemas/response/values/add"
severity = "harmless"

[[severity]]
severity = "safe"

[[severity]]
rule = "schema/add"
pointer = "/paths//pets/get"
severity = "*"

[[accept]]
change = "schema/existence/remove"

[[accept]]
change = "schema/existence/remove:components"
reason = " "
until = "2027-02-30"

[[accept]]
change = "schema/gone/remove:/info"
reason = "agreed"
until = 2027
"#,
    );
    assert_snapshot!("review_file_values", repository.diff("").screen());
    repository.write(
        "schema/review.toml",
        "[[accept]]\nfingerprint = ''\n[ignore]\n[[level]]\n[[severity]]\nlevel = 'safe'\n",
    );
    assert_snapshot!("review_file_keys", repository.diff("").screen());
    repository.write("schema/review.toml", "[[accept]\n");
    assert_snapshot!("review_file_syntax", repository.diff("").screen());
    let run = repository.diff("--format github --also comment=review.md");
    let comment = std::fs::read_to_string(repository.place.path("review.md"));
    assert_snapshot!(
        "review_file_comment",
        run.stdout + &comment.expect("it was written")
    );
}
