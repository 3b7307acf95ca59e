//! One client under load, against a server that fails in every way; 1 where something does not hold:
//! `cargo run --release -p wire --example load [CALLS [TASKS]]`

use std::process::ExitCode;

#[path = "../load/mod.rs"]
mod load;

fn main() -> ExitCode {
    let mut given = std::env::args().skip(1).map(|number| number.parse().ok());
    let mut number = |otherwise| given.next().flatten().unwrap_or(otherwise);
    let (calls, tasks) = (number(100_000), number(1000));
    let report = load::run(load::Load {
        calls,
        tasks,
        threads: 2,
        measured: true,
    });
    report.print();
    if report.violations.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
