//! `cargo sdk generate`

use std::collections::BTreeMap;
use std::time::SystemTime;

use insta::assert_snapshot;
use tests::place::{Place, Run};

use crate::SDK;

#[test]
fn the_first_run_tells_what_was_written() {
    let place = Place::with_case(SDK, "crud");
    assert_snapshot!(place.generate().screen());
}

#[test]
fn the_second_run_writes_nothing() {
    let place = Place::with_case(SDK, "crud");
    place.generate();
    let times = written(&place);
    assert_snapshot!(place.generate().screen());
    assert_eq!(written(&place), times);
}

#[test]
fn another_document_changes_what_it_changes() {
    let place = Place::with_case(SDK, "crud");
    place.generate();
    place.write("schema.yaml", &changed(&place));
    assert_snapshot!(place.generate().screen());
    assert_eq!(
        place.run("check --schema schema.yaml --out sdk").code,
        Some(0)
    );
}

#[cfg(unix)]
#[test]
fn the_folder_can_be_behind_a_link_or_the_current_one() {
    let place = Place::with_case(SDK, "crud");
    let crates = |folder: &str| place.files(folder).len();
    for folder in ["real/sdk", "here"] {
        std::fs::create_dir_all(place.path(folder)).expect("the folder can be made");
    }
    std::os::unix::fs::symlink(place.path("real/sdk"), place.path("sdk"))
        .expect("a link can be made");
    // Twice: all files are new, and some are.
    for _ in 0..2 {
        assert_eq!(place.generate().code, Some(0));
        assert!(place.path("sdk").is_symlink());
        assert!(!place.path(".sdk.new").exists() && !place.path("real/.sdk.new").exists());
        place.write("real/sdk/src/lib.rs", "// edited by hand\n");
    }
    let mut command = place.command("generate ../schema.yaml --out .");
    let run = Run::of(command.current_dir(place.path("here")));
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(crates("here"), crates("real/sdk"));
    // A link that leads nowhere is not replaced.
    std::os::unix::fs::symlink("nowhere", place.path("lost")).expect("a link can be made");
    let run = place.run("generate schema.yaml --out lost");
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("cannot follow lost"), "{}", run.stderr);
    assert!(place.path("lost").is_symlink());
}

#[test]
fn a_name_and_a_policy_can_be_given() {
    let place = Place::with_case(SDK, "crud");
    place.write("pets.toml", "[methods]\n\"GET /pets\" = \"pets.list\"\n");
    let run = place.run("generate --schema schema.yaml --out sdk --name pets --policy pets.toml");
    assert_snapshot!(run.screen());
}

#[test]
fn warnings_are_shown_and_the_crate_is_written() {
    let place = Place::with_case(SDK, "unknown_keywords");
    assert_snapshot!(place.generate().screen());
    let verbose = place.run("generate --schema schema.yaml --out sdk --verbose");
    assert!(verbose.stderr.len() > place.generate().stderr.len());
}

#[test]
fn each_stage_is_timed_where_that_is_asked_for() {
    let place = Place::with_case(SDK, "crud");
    let run = place.run("generate schema.yaml --out sdk --timings");
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let lines = run.stderr.lines();
    let lines: Vec<Vec<&str>> = lines
        .map(|line| line.split_whitespace().collect())
        .collect();
    let names: Vec<&str> = lines.iter().map(|line| line[0]).collect();
    let stages = [
        "stage",
        "load",
        "locate",
        "normalize",
        "check",
        "lower",
        "plan",
        "emit",
        "format",
        "write",
        "rest",
        "all",
    ];
    assert_eq!(names, stages);
    let ms = |column: usize| -> Vec<f64> {
        let times = lines[1..].iter().map(|line| line[column]);
        times
            .map(|time| time.parse().expect("a time is a number"))
            .collect()
    };
    for times in [ms(1), ms(2)] {
        let (all, stages) = times.split_last().expect("there is a sum");
        assert!(
            (stages.iter().sum::<f64>() - all).abs() < 1.0,
            "{}",
            run.stderr
        );
        // The stage that takes most: what takes no time was not measured.
        assert!(stages[7] > 0.0, "{}", run.stderr);
    }
    assert_eq!(place.run("check schema.yaml --out sdk").stderr, "");
}

#[test]
fn two_folders_of_one_document_are_the_same_to_the_byte() {
    let (one, two) = (
        Place::with_case(SDK, "type_names"),
        Place::with_case(SDK, "type_names"),
    );
    one.generate();
    two.generate();
    assert!(one.files("sdk") == two.files("sdk"));
}

#[test]
fn colors_are_for_terminals_and_for_those_who_insist() {
    let place = Place::with_case(SDK, "unknown_keywords");
    let command = || place.command("generate --schema schema.yaml --out sdk");
    let colored = |run: Run| run.stdout.contains('\u{1b}') || run.stderr.contains('\u{1b}');
    assert!(!colored(Run::of(&mut command())));
    assert!(!colored(Run::of(command().env("NO_COLOR", "1"))));
    assert!(colored(Run::of(command().env("CLICOLOR_FORCE", "1"))));
    assert!(!colored(Run::of(
        command().env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1")
    )));
}

/// The document without one operation and its type.
fn changed(place: &Place) -> String {
    let text = std::fs::read_to_string(place.path("schema.yaml")).expect("the document is there");
    let (before, after) = text.split_once("    patch:\n").expect("there is a patch");
    let (_, after) = after
        .split_once("    delete:\n")
        .expect("there is a delete after it");
    format!("{before}    delete:\n{after}")
}

fn written(place: &Place) -> BTreeMap<String, SystemTime> {
    let time =
        |path: &String| std::fs::metadata(place.path("sdk").join(path)).and_then(|m| m.modified());
    let files = place.files("sdk");
    files
        .keys()
        .map(|path| (path.clone(), time(path).expect("the file has a time")))
        .collect()
}
