//! One test for each folder of a kind: documents that are generated from, and changes that are reviewed.
//!
//! `cargo test -p tests --test cases NAME` runs one.

use std::process::ExitCode;

use libtest_mimic::Arguments;

mod generated;
mod reviewed;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = generated::trials();
    trials.extend(reviewed::trials());
    libtest_mimic::run(&arguments, trials).exit_code()
}
