//! A generated crate is complete: it compiles by itself, wherever its folder is, and without a warning.

use tests::compiled::Compiled;
use tests::place::Place;

use crate::SDK;

#[test]
fn a_generated_crate_compiles_outside_of_this_workspace() {
    let place = Place::with_case(SDK, "crud");
    place.generate();
    Compiled::at(env!("CARGO_TARGET_TMPDIR"), place.path("sdk")).assert_compiles();
    let check = place.run("check --schema schema.yaml --out sdk");
    assert_eq!(check.code, Some(0));
}
