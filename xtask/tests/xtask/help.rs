//! What `--help` says to a newcomer.

use insta::assert_snapshot;
use tests::place::Place;

use crate::XTASK;

#[test]
fn of_the_tool_and_of_each_verb_of_this_workspace() {
    let place = Place::empty(XTASK);
    assert_snapshot!("tool", place.run("--help").screen());
    for verb in ["validate", "contract", "parity"] {
        assert_snapshot!(verb, place.run(&format!("{verb} --help")).screen());
    }
}

/// The verbs that it shares say how they are reached here.
#[test]
fn of_a_verb_of_the_command() {
    let place = Place::empty(XTASK);
    assert_snapshot!("changelog", place.run("changelog --help").screen());
}
