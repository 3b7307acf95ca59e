//! What is written: all of it or nothing, and never over what is compared.

use std::collections::BTreeMap;

use crate::diff::repository::{DOCUMENT, Repository, with_operation};

#[test]
fn what_is_compared_is_not_written_over() {
    let repository = changed();
    link(&repository, "schema/pets.yaml", "link.yaml");
    let before = files(&repository);
    for output in [
        "--out schema/pets.yaml",
        "--out schema/pets.toml",
        "--out schema/review.toml",
        "--review own.toml --out own.toml",
        "--out ./schema/../schema/pets.yaml",
        "--out link.yaml",
        "--also html=schema/pets.yaml",
        "HEAD HEAD~1 --out schema/pets.yaml",
    ] {
        let run = repository.diff(&format!("{output} --fail-on never"));
        let name = output.rsplit([' ', '=']).next().unwrap_or_default();
        assert_eq!(run.code, Some(2), "{output}: {}", run.stderr);
        let expected =
            format!("error: {name} is an input of the comparison and would be overwritten");
        assert!(run.stderr.contains(&expected), "{output}: {}", run.stderr);
        assert_eq!(files(&repository), before, "{output}");
    }
}

#[test]
fn each_output_has_a_file_of_its_own() {
    let repository = changed();
    let before = files(&repository);
    for outputs in [
        "--out report --also json=report",
        "--also html=report --also json=./report",
    ] {
        let run = repository.diff(&format!("{outputs} --fail-on never"));
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(
            run.stderr
                .contains("error: two outputs have the same file, report and"),
            "{}",
            run.stderr
        );
        assert_eq!(files(&repository), before);
    }
    let run = repository.diff("--out /dev/null --also json=/dev/null --fail-on never");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

#[test]
fn outputs_are_written_all_or_none() {
    let repository = changed();
    repository.write("report.md", "old");
    repository.write("pages/one", "");
    let before = files(&repository);
    for (broken, why) in [
        ("pages", "cannot write pages: it is a folder"),
        (
            "none/report",
            "cannot write none/report: there is no folder none",
        ),
        ("/dev/full", "cannot write /dev/full"),
    ] {
        for outputs in [
            format!("--out report.md --also json={broken}"),
            format!("--out {broken} --also markdown=report.md --also html=report.html"),
        ] {
            let run = repository.diff(&format!("{outputs} --fail-on never"));
            assert_eq!(run.code, Some(2), "{outputs}: {}", run.stderr);
            assert!(run.stderr.contains(why), "{outputs}: {}", run.stderr);
            assert_eq!(files(&repository), before, "{outputs}");
        }
    }
}

/// A link stays one, and what it leads to is written.
#[test]
fn a_link_is_written_through() {
    let repository = changed();
    repository.write("pages/report.md", "old");
    link(&repository, "pages/report.md", "report.md");
    let run = repository.diff("--out report.md --fail-on never");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let link = std::fs::read_link(repository.place.path("report.md"));
    assert!(link.is_ok(), "it is a link still");
    let text = std::fs::read_to_string(repository.place.path("pages/report.md"));
    assert!(text.expect("a file").contains("/cats"));
}

#[test]
fn documents_whose_names_are_alike_have_a_page_each() {
    let repository = Repository::empty();
    repository.write("schema/a-b.yaml", DOCUMENT);
    repository.write("schema/a/b.yaml", DOCUMENT);
    repository.commit();
    repository.write("schema/a-b.yaml", &with_operation("/cats"));
    repository.write("schema/a/b.yaml", &with_operation("/dogs"));
    let run = repository.diff("--format html --out page.html --fail-on never");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let page = |name: &str| std::fs::read_to_string(repository.place.path(name)).expect(name);
    assert!(page("page-schema-a-b-yaml.html").contains("/cats"));
    assert!(page("page-schema-a-b-yaml-2.html").contains("/dogs"));
}

/// With an operation more than in the last commit, in all files that a comparison reads.
fn changed() -> Repository {
    let repository = Repository::with_document();
    repository.write("schema/pets.toml", "[package]\nversion = \"1.0.0\"\n");
    repository.write("schema/review.toml", "");
    repository.write("own.toml", "");
    repository.commit();
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    repository
}

fn link(repository: &Repository, to: &str, name: &str) {
    let to = repository.place.path(to);
    std::os::unix::fs::symlink(to, repository.place.path(name)).expect("a link can be made");
}

/// All but git's own.
fn files(repository: &Repository) -> BTreeMap<String, Vec<u8>> {
    let mut files = repository.place.files(".");
    files.retain(|name, _| !name.starts_with(".git/"));
    files
}
