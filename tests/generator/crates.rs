//! The crates of the cases, which several tests look at.

use std::sync::LazyLock;

use codegen::Generated;
use codegen::files::Files;
use tests::cases::{self, Case};

/// Of the cases that are not rejected, by name.
pub static CRATES: LazyLock<Vec<(Case, Generated)>> = LazyLock::new(|| {
    let cases = cases::all().into_iter();
    let crates = cases.filter_map(|case| Some((case.generate().generated.ok()?, case)));
    crates.map(|(generated, case)| (case, generated)).collect()
});

/// The files of all.
pub fn files() -> Vec<(String, Files)> {
    let of = |(case, generated): &(Case, Generated)| (case.name.clone(), generated.files.clone());
    CRATES.iter().map(of).collect()
}

/// What a case becomes.
pub fn named(name: &str) -> &'static Generated {
    let mut all = CRATES.iter();
    let found = all.find_map(|(case, generated)| (case.name == name).then_some(generated));
    found.unwrap_or_else(|| panic!("{name} is no case that becomes a crate"))
}
