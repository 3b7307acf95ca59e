//! What `--help` says to a newcomer.

use insta::assert_snapshot;
use tests::place::Place;

use crate::SDK;

#[test]
fn of_the_tool_and_of_each_verb() {
    let place = Place::empty(SDK);
    assert_snapshot!("tool", place.run("--help").screen());
    for verb in [
        "init",
        "generate",
        "check",
        "diff",
        "extract",
        "changelog",
        "explain",
        "review-comment",
        "review-needed",
        "names",
        "completions",
    ] {
        assert_snapshot!(verb, place.run(&format!("{verb} --help")).screen());
    }
}
