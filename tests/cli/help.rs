//! What `--help` tells a newcomer.

use insta::assert_snapshot;

use tests::place::{Place, Run};

#[test]
fn of_the_tool_and_of_each_verb() {
    let place = Place::empty();
    assert_snapshot!("tool", place.xtask("--help").screen());
    for verb in [
        "generate",
        "check",
        "diff",
        "changelog",
        "review-comment",
        "validate",
        "contract",
        "parity",
    ] {
        assert_snapshot!(verb, place.xtask(&format!("{verb} --help")).screen());
    }
    let run = Run::of(&mut place.program("review-comment", "--help"));
    assert_snapshot!("review-comment", run.screen());
}

/// It is a program of its own, and found as a verb all the same.
#[test]
fn the_verb_of_another_program_is_that_program() {
    let place = Place::empty();
    let run = place.xtask("review-comment missing.md --pull-request 7");
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("cannot read missing.md"),
        "{}",
        run.stderr
    );
}
