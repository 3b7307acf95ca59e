//! What a run writes, and what it fails for.

use tests::place::Run;

use crate::diff::repository::{DOCUMENT, DOCUMENT_HEAD, Repository, with_operation};

#[test]
fn each_severity_fails_what_is_at_or_above_it() {
    let repository = Repository::empty();
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    repository.commit();
    repository.git("tag both");
    repository.write("schema/pets.yaml", DOCUMENT);
    repository.commit();
    let code = |arguments: &str| repository.diff(arguments).code;
    // Removed.
    assert_eq!(code("both"), Some(1));
    assert_eq!(code("both --fail-on breaking"), Some(1));
    assert_eq!(code("both --fail-on never"), Some(0));
    // Added.
    assert_eq!(code("main both"), Some(0));
    assert_eq!(code("main both --fail-on breaking"), Some(0));
    assert_eq!(code("main both --fail-on major"), Some(0));
}

#[test]
fn what_was_accepted_does_not_count() {
    let repository = Repository::empty();
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    repository.commit();
    repository.write("schema/pets.yaml", DOCUMENT);
    let run = repository.diff("");
    assert_eq!(run.code, Some(1));
    insta::assert_snapshot!(run.stderr);

    // As the run itself proposes it, with a reason.
    let proposed = run
        .stderr
        .lines()
        .skip_while(|line| line.trim() != "[[accept]]");
    let proposed: Vec<_> = proposed
        .take(3)
        .map(|line| line.trim().replace("\"\"", "\"agreed\""))
        .collect();
    let accepted = proposed.join("\n") + "\n";
    repository.write("schema/review.toml", &accepted);
    let run = repository.diff("--fail-on breaking");
    assert_eq!(run.code, Some(0));
    // The crate's version tells of it all the same.
    for line in ["Cats::get`, accepted", "crate major (agreed)"] {
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
    }
    repository.write(
        "schema/review.toml",
        &format!("{accepted}until = 2026-11-21\n"),
    );
    let run = repository.diff("--fail-on breaking");
    assert_eq!(run.code, Some(1));
    assert!(
        run.stdout.contains("it expired on 2026-11-21"),
        "{}",
        run.stdout
    );
    // Another file can be named.
    repository.write("other.toml", &accepted);
    assert_eq!(
        repository
            .diff("--fail-on breaking --review other.toml")
            .code,
        Some(0)
    );
}

/// One that a document needs is no concern of the others, and one that none needs is reported once.
#[test]
fn a_document_that_is_no_crate_any_more_fails() {
    let repository = Repository::empty();
    let sound = with_operation("/cats");
    repository.write("schema/pets.yaml", &sound);
    repository.commit();
    repository.write("schema/pets.yaml", &sound.replace("3.0.3", "4.0.0"));
    let run = repository.diff("");
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    insta::assert_snapshot!(run.stderr);
    // The wire is no worse for it.
    assert_eq!(repository.diff("--fail-on breaking").code, Some(0));
    // What was so before is not the fault of the change.
    repository.commit();
    repository.write("schema/pets.yaml", &sound.replace("3.0.3", "4.0.1"));
    assert_eq!(repository.diff("--fail-on major").code, Some(0));
}

#[test]
fn acceptances_are_for_all_documents_together() {
    let repository = Repository::empty();
    for name in ["cats", "dogs"] {
        let path = format!("schema/{name}.yaml");
        repository.write(&path, &with_operation(&format!("/{name}")));
    }
    let accept = |change: &str| format!("[[accept]]\nchange = \"{change}\"\nreason = \"agreed\"\n");
    let (needed, not) = (
        "paths/existence/remove:/paths/~1cats/get",
        "paths/existence/remove:/paths/~1mice/get",
    );
    let review = accept(needed) + &accept(not);
    repository.write("schema/review.toml", &review);
    repository.commit();
    repository.write("schema/cats.yaml", DOCUMENT);
    repository.write("schema/dogs.yaml", DOCUMENT);
    let run = repository.diff("--format json");
    let reports: serde_json::Value = serde_json::from_str(&run.stdout).expect("reports");
    let reports = reports["reports"].as_array().expect("a list");
    let stale = reports.iter().flat_map(|report| report["stale"].as_array());
    let stale: Vec<_> = stale.flatten().map(|stale| &stale["fingerprint"]).collect();
    assert_eq!(stale, [not]);
}

#[test]
fn what_is_accepted_is_not_asked_for_again() {
    let repository = Repository::empty();
    let two = with_operation("/cats") + &with_operation("/mice").replace(DOCUMENT_HEAD, "");
    repository.write("schema/pets.yaml", &two);
    repository.commit();
    repository.write("schema/pets.yaml", DOCUMENT);
    let asked = |path: &str| format!("change = \"paths/existence/remove:/paths/~1{path}/get\"");
    let stderr = repository.diff("").stderr;
    assert!(stderr.contains(&asked("cats")) && stderr.contains(&asked("mice")));
    let accepted = format!("[[accept]]\n{}\nreason = \"unused\"\n", asked("cats"));
    repository.write("schema/review.toml", &accepted);
    let stderr = repository.diff("").stderr;
    assert!(!stderr.contains(&asked("cats")) && stderr.contains(&asked("mice")));
}

/// A limit of GitHub's for all documents together.
#[test]
fn reports_on_large_changes_fit_into_what_github_shows() {
    let repository = Repository::empty();
    let operations = |document: &str| -> String {
        let path = |number| with_operation(&format!("/{document}-{number}"));
        let paths = (0..300).map(path);
        let paths = paths.map(|text| text.replace(DOCUMENT_HEAD, ""));
        DOCUMENT_HEAD.to_owned() + &paths.collect::<String>()
    };
    repository.write("schema/cats.yaml", &operations("cats"));
    repository.write("schema/dogs.yaml", &operations("dogs"));
    repository.commit();
    repository.write("schema/cats.yaml", DOCUMENT);
    repository.write("schema/dogs.yaml", DOCUMENT);
    // GitHub shows ten annotations of each kind for a step, whatever they are about.
    let annotations = repository.diff("--format github").stdout;
    assert_eq!(annotations.matches("::error ").count(), 10);
    assert_eq!(annotations.matches("title=590 more edits::").count(), 1);
    let comment = repository.diff("--format markdown").stdout;
    assert!(comment.len() <= 65_536, "{}", comment.len());
    for document in ["schema/cats.yaml", "schema/dogs.yaml"] {
        assert!(comment.contains(document), "{comment}");
    }
}

/// The comment is then removed; other formats say that there is nothing.
#[test]
fn a_comment_about_nothing_is_empty() {
    let repository = Repository::with_document();
    let run = repository.diff("--format comment");
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert_ne!(repository.diff("--format markdown").stdout, "");
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    assert_eq!(
        repository.diff("--format comment").stdout,
        repository.diff("--format markdown").stdout
    );
}

#[test]
fn one_run_writes_several_formats() {
    let repository = Repository::with_document();
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    repository.write("summary.md", "before\n");
    let mut command = repository.command(
        "--format github --also markdown=review.md --also html=review.html --also json=review.json",
    );
    let run = Run::of(command.env("GITHUB_STEP_SUMMARY", repository.place.path("summary.md")));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(
        run.stdout
            .starts_with("::notice file=schema/pets.yaml,line="),
        "{}",
        run.stdout
    );
    let text = |path: &str| {
        String::from_utf8(repository.place.files(".").remove(path).expect(path)).unwrap()
    };
    let review = text("review.md");
    assert!(review.contains("/cats"), "{review}");
    assert_eq!(text("summary.md"), format!("before\n{review}"));
    assert!(text("review.json").starts_with('{'));
}

#[test]
fn a_file_is_written_whole_and_its_place_stays_clean() {
    let repository = Repository::with_document();
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    let run = repository.diff("--format json --out review.json");
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert_eq!(
        repository
            .diff("--format json --out missing/review.json")
            .code,
        Some(2)
    );
    std::fs::create_dir(repository.place.path("folder")).expect("it can be made");
    let run = repository.diff("--format json --out folder");
    assert_eq!(run.code, Some(2));
    insta::assert_snapshot!(run.stderr);
    let files = repository.place.files(".");
    let files: Vec<_> = files
        .keys()
        .filter(|path| !path.starts_with(".git"))
        .collect();
    assert_eq!(files, ["review.json", "schema/pets.yaml"]);
}

#[cfg(unix)]
#[test]
fn a_device_stays_a_device() {
    use std::os::unix::fs::FileTypeExt;
    let repository = Repository::with_document();
    assert_eq!(repository.diff("--out /dev/null").code, Some(0));
    let metadata = std::fs::metadata("/dev/null").expect("it is there");
    assert!(metadata.file_type().is_char_device());
}

#[test]
fn colors_are_for_terminals_and_for_those_who_insist() {
    let repository = Repository::with_document();
    repository.write("schema/pets.yaml", &with_operation("/cats"));
    let colored = |run: Run| run.stdout.contains('\u{1b}');
    assert!(!colored(repository.diff("")));
    assert!(colored(Run::of(
        repository.command("").env("CLICOLOR_FORCE", "1")
    )));
    let mut command = repository.command("--out review.txt");
    Run::of(command.env("CLICOLOR_FORCE", "1"));
    assert!(!repository.place.files(".")["review.txt"].contains(&0x1b));
}

/// YAML wants the closing bracket deeper than the key, and most readers do not.
#[test]
fn a_bracket_under_its_key_moves_no_line() {
    let repository = Repository::empty();
    let document = with_operation("/cats").replace(
        "paths:",
        "components:
  schemas:
    Sort:
      type: string
      enum: [
        \"name\",
        \"age\"
      ]
paths:",
    );
    repository.write("schema/pets.yaml", &document);
    repository.commit();
    repository.write("schema/pets.yaml", &document.replace("/cats:", "/dogs:"));
    let run = repository.diff("--format github");
    let added = "::notice file=schema/pets.yaml,line=13,endLine=13,";
    assert!(run.stdout.contains(added), "{}", run.screen());
}
