//! What the operands mean: which versions of which documents are compared.

use insta::assert_snapshot;
use serde_json::Value;
use tests::place::{Place, Run};

use crate::SDK;
use crate::diff::repository::{self, DOCUMENT, Repository, with_operation};

#[test]
fn without_operands_the_working_tree_is_compared_with_where_it_left_the_default_branch() {
    let repository = Repository::with_document();
    let start = repository.git("rev-parse --short=10 HEAD");
    repository.git("checkout --quiet -b topic");
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    repository.commit();
    repository.write("schema/pets.yaml", &with_operation("/dogs"));
    // What happens on the default branch meanwhile is not this branch's.
    repository.git("checkout --quiet --force main");
    repository.write("schema/pets.yaml", &with_operation("/mice"));
    repository.commit();
    repository.git("checkout --quiet topic");
    repository.write("schema/pets.yaml", &with_operation("/dogs"));

    let report = json(&repository, "");
    assert_eq!(
        names(&report),
        (
            format!("{}:schema/pets.yaml", start.trim()),
            "schema/pets.yaml".to_owned()
        )
    );
    assert_eq!(pointers(&report), ["/paths/~1dogs/get"]);
}

#[test]
fn one_revision_is_compared_with_the_working_tree_and_two_with_each_other() {
    let repository = Repository::with_document();
    repository.git("tag v1");
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    repository.commit();
    repository.git("tag v2");
    repository.write("schema/pets.yaml", &with_operation("/dogs"));

    assert_eq!(pointers(&json(&repository, "v1")), ["/paths/~1dogs/get"]);
    assert_eq!(pointers(&json(&repository, "v1 v2")), ["/paths/~1cats/get"]);
    assert_eq!(
        pointers(&json(&repository, "v1:schema/pets.yaml")),
        ["/paths/~1dogs/get"]
    );
    assert_eq!(
        pointers(&json(&repository, "v1:schema/pets.yaml v2")),
        ["/paths/~1cats/get"]
    );
    assert_eq!(
        pointers(&json(&repository, "v1 v2:schema/pets.yaml")),
        ["/paths/~1cats/get"]
    );
    assert_eq!(
        pointers(&json(&repository, "v1 schema/pets.yaml")),
        ["/paths/~1dogs/get"]
    );
    let back = json(&repository, "schema/pets.yaml v1");
    assert_eq!(back["changes"][0]["action"], "remove");
}

#[test]
fn two_files_need_no_repository() {
    let place = Place::empty(SDK);
    place.write("old.yaml", DOCUMENT);
    place.write("new.yaml", &with_operation("/cats"));
    let run = Run::of(&mut repository::command(
        &place,
        "old.yaml new.yaml --format json",
    ));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(run.stderr, "");
    assert_eq!(pointers(&parse(&run)), ["/paths/~1cats/get"]);
}

/// As a shell has it for the output of a command.
#[cfg(unix)]
#[test]
fn a_document_may_come_out_of_a_pipe() {
    let place = Place::empty(SDK);
    place.write("old.yaml", DOCUMENT);
    place.write("new.yaml", &with_operation("/cats"));
    let mut command = repository::command(&place, "old.yaml /dev/stdin --format json");
    let mut new = std::process::Command::new("cat")
        .arg(place.path("new.yaml"))
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the file can be read");
    let pipe = new.stdout.take().expect("a pipe");
    let run = Run::of(command.stdin(pipe));
    assert!(new.wait().expect("it ends").success());
    assert_eq!(pointers(&parse(&run)), ["/paths/~1cats/get"]);
}

/// A policy is no difference between two documents of which one has it.
#[test]
fn a_policy_that_one_of_two_documents_has_is_for_both() {
    let place = Place::empty(SDK);
    place.write("old.yaml", DOCUMENT);
    place.write("new.yaml", DOCUMENT);
    place.write(
        "new.toml",
        "[package]\nname = \"pets\"\nversion = \"1.2.3\"\n",
    );
    let run = Run::of(&mut repository::command(
        &place,
        "old.yaml new.yaml --format json",
    ));
    assert_eq!(run.stderr, "note: new.toml is used for both documents\n");
    assert_eq!(parse(&run)["verdict"]["version_base"], "1.2.3");
}

#[test]
fn the_policy_of_each_version_goes_with_it() {
    let repository = Repository::with_document();
    repository.write("schema/pets.toml", "[package]\nversion = \"1.2.3\"\n");
    repository.commit();
    repository.write("schema/pets.toml", "[package]\nversion = \"1.3.0\"\n");
    let verdict = &json(&repository, "")["verdict"];
    assert_eq!(verdict["version_base"], "1.2.3");
    assert_eq!(verdict["version_now"], "1.3.0");
}

/// What no document explains, the policy does.
#[test]
fn what_the_policy_changes_is_told_with_its_line() {
    let repository = Repository::empty();
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    let policy =
        "[package]\nversion = \"1.2.3\"\n\n[methods]\n\"GET /cats\" = \"cats.everything\"\n";
    repository.write("schema/pets.toml", policy);
    repository.commit();
    repository.git("tag base");

    std::fs::remove_file(repository.place.path("schema/pets.toml")).expect("it was there");
    assert_snapshot!("policy_deleted", repository.diff("base").screen());
    repository.write("schema/pets.toml", &policy.replace("everything", "all"));
    assert_snapshot!("policy_says_another_name", repository.diff("base").screen());
    let (package, _) = policy.split_once("[methods]").expect("there is one");
    repository.write("schema/pets.toml", package);
    assert_snapshot!("policy_says_no_name", repository.diff("base").screen());
    repository.write(
        "schema/pets.toml",
        &format!("skip = [\"GET /cats\"]\n{package}"),
    );
    assert_snapshot!("policy_skips", repository.diff("base").screen());
}

#[test]
fn a_document_of_one_version_only_is_all_added_or_all_removed() {
    let repository = Repository::with_document();
    repository.write("schema/cats.yaml", &with_operation("/cats"));
    let run = repository.diff("--format json");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("schema/cats.yaml does not exist: all of it counts as added"),
        "{}",
        run.stderr
    );
    let reports = parse(&run);
    let [report] = reports["reports"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or(std::slice::from_ref(&reports))
    else {
        panic!("one document changed");
    };
    assert_eq!(pointers(report), ["/paths/~1cats/get"]);

    repository.commit();
    std::fs::remove_file(repository.place.path("schema/cats.yaml")).expect("it was there");
    let run = repository.diff("--format json");
    assert_eq!(run.code, Some(1), "an operation was removed");
    assert!(
        run.stderr
            .contains("schema/cats.yaml does not exist: all of it counts as removed"),
        "{}",
        run.stderr
    );
}

/// No place of the report is in a document that nobody has, and its policy asks for no version.
#[test]
fn a_document_that_is_gone_has_no_lines() {
    let repository = Repository::with_document();
    repository.write("schema/cats.yaml", &with_operation("/cats"));
    let policy = "[package]\nname = \"cats\"\nversion = \"1.2.3\"\n[methods]\n\"GET /cats\" = \"cats.all\"\n";
    repository.write("schema/cats.toml", policy);
    repository.commit();
    repository.git("tag base");
    for gone in ["schema/cats.yaml", "schema/cats.toml"] {
        std::fs::remove_file(repository.place.path(gone)).expect("it was there");
    }
    assert_snapshot!("document_deleted", repository.diff("base").screen());
    let github = repository.diff("base --format github").screen();
    assert_snapshot!("document_deleted_github", github);
}

/// Nobody uses the crate yet, so that nothing of it can break.
#[test]
fn a_document_that_is_new_breaks_nothing() {
    let repository = Repository::with_document();
    let secured = with_operation("/cats").replace("get: {", "get: { security: [{ key: [] }], ");
    let scheme = "components: { securitySchemes: { key: { type: http, scheme: bearer } } }\n";
    repository.write("schema/cats.yaml", &(secured + scheme));
    for policy in [None, Some("[client]\nbase_url_variable = \"CATS_URL\"\n")] {
        policy.inspect(|text| repository.write("schema/cats.toml", text));
        let run = repository.diff("--fail-on major");
        assert_eq!(run.code, Some(0), "{}", run.screen());
        assert!(run.stdout.contains("crate: minor"), "{}", run.stdout);
    }
}

#[test]
fn several_documents_are_reports_one_after_the_other_and_the_worst_decides() {
    let repository = Repository::with_document();
    repository.write("schema/cats.yaml", &with_operation("/cats"));
    repository.write(
        "schema/more/dogs.json",
        r#"{"openapi":"3.0.3","info":{"title":"Dogs","version":"1"},"paths":{}}"#,
    );
    repository.write("schema/more/same.yml", DOCUMENT);
    repository.write("schema/notes.yaml", "not: a document\n");
    repository.commit();
    repository.write("schema/cats.yaml", DOCUMENT);
    repository.write(
        "schema/more/dogs.json",
        r#"{"openapi":"3.0.3","info":{"title":"Dogs","version":"2"},"paths":{}}"#,
    );
    let run = repository.diff("--format json");
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let reports = parse(&run);
    let titles = reports["reports"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|report| report["title"].clone());
    assert_eq!(
        titles.collect::<Vec<_>>(),
        ["schema/cats.yaml", "schema/more/dogs.json"]
    );

    let run = repository.diff("--format html --fail-on never");
    assert_eq!(run.code, Some(2), "{}", run.stderr);
    let run = repository.diff("--format html --fail-on never --out review.html");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let pages = [
        "review-schema-cats-yaml.html",
        "review-schema-more-dogs-json.html",
    ];
    assert!(
        pages
            .iter()
            .all(|page| repository.place.path(page).exists())
    );
}

/// A workspace may be a folder of a larger repository, and the user somewhere in it.
#[test]
fn the_nearest_schema_folder_is_meant() {
    let repository = Repository::with_document();
    repository.write("sdk/schema/pets.yaml", DOCUMENT);
    repository.write("sdk/src/lib.rs", "");
    repository.commit();
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    repository.write("sdk/schema/pets.yaml", &with_operation("/dogs"));
    let mut command = repository.command("--format json");
    let run = Run::of(command.current_dir(repository.place.path("sdk/src")));
    let report = parse(&run);
    assert_eq!(report["head"]["name"], "sdk/schema/pets.yaml");
    assert_eq!(pointers(&report), ["/paths/~1dogs/get"]);
}

#[test]
fn a_file_that_git_ignores_is_no_document() {
    let repository = Repository::with_document();
    repository.write(".gitignore", "schema/draft.yaml\n");
    repository.write("schema/draft.yaml", &with_operation("/cats"));
    assert_eq!(names(&json(&repository, "")).1, "schema/pets.yaml");
}

fn json(repository: &Repository, operands: &str) -> Value {
    let run = repository.diff(&format!("{operands} --format json --fail-on never"));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    parse(&run)
}

fn parse(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr))
}

fn names(report: &Value) -> (String, String) {
    let name = |side: &str| report[side]["name"].as_str().unwrap_or_default().to_owned();
    (name("base"), name("head"))
}

fn pointers(report: &Value) -> Vec<&str> {
    let changes = report["changes"].as_array().expect("a list");
    changes
        .iter()
        .filter_map(|change| change["pointer"].as_str())
        .collect()
}

/// Editors of Windows put a mark there.
#[test]
fn a_byte_order_mark_is_no_part_of_a_document() {
    let repository = Repository::with_document();
    let json = r#"{"openapi": "3.0.3", "info": {"title": "Pets", "version": "1"}, "paths": {}}"#;
    repository.write("pets.json", json);
    repository.write("marked.json", &format!("\u{feff}{json}"));
    let marked = format!("\u{feff}{DOCUMENT}");
    repository.write("schema/pets.yaml", &marked);
    for operands in ["pets.json marked.json", ""] {
        let run = repository.diff(operands);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        assert!(run.stdout.contains("wire: no change"), "{}", run.stdout);
        assert_eq!(run.stderr, "", "nothing is missing");
    }
}

#[test]
fn a_path_of_two_lines_is_nothing() {
    let repository = Repository::with_document();
    let mut command = repository.command("schema/pets.yaml");
    let run = Run::of(command.arg("main:schema/pets.yaml\nmain:schema/pets.yaml"));
    assert!(run.stderr.contains("there is no schema/pets.yaml"));
}

/// A policy that is gone is a difference between two versions of one document.
#[test]
fn a_policy_is_not_lent_to_another_version() {
    let repository = Repository::with_document();
    repository.write("schema/pets.toml", "[package]\nversion = \"1.0.0\"\n");
    repository.commit();
    std::fs::remove_file(repository.place.path("schema/pets.toml")).expect("it was there");
    let run = repository.diff("main:schema/pets.yaml schema/pets.yaml");
    assert!(!run.stderr.contains("for both"), "{}", run.stderr);
}
