//! What `--help` tells a newcomer.

use insta::assert_snapshot;

use tests::place::Place;

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
}
