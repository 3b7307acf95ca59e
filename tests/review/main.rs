//! Changes of a schema, each with its review.

use std::process::ExitCode;

use libtest_mimic::Arguments;

mod acceptance;
mod cases;
mod compared;
mod seeds;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = cases::trials();
    trials.extend(acceptance::trials());
    trials.extend(seeds::trials());
    libtest_mimic::run(&arguments, trials).exit_code()
}
