//! `cargo sdk`: a Rust SDK from an OpenAPI document, and the review of its changes.

use std::ffi::OsString;
use std::process::ExitCode;

use cargo_sdk::{Tool, Verb, help};
use clap::{FromArgMatches, Subcommand};

/// Documents are many small values, which this gives out and takes back faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SDK: Tool = Tool { name: "cargo sdk" };

fn main() -> ExitCode {
    let matches = command().get_matches_from(arguments());
    match Verb::from_arg_matches(&matches) {
        Ok(verb) => verb.run(SDK),
        Err(error) => error.exit(),
    }
}

fn command() -> clap::Command {
    let command = clap::Command::new("cargo-sdk")
        .bin_name(SDK.name)
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true);
    let command = help::named(Verb::augment_subcommands(command), SDK);
    command.about(help::ABOUT).after_help(help::AFTER)
}

/// Cargo calls `cargo-sdk sdk generate` for `cargo sdk generate`.
fn arguments() -> Vec<OsString> {
    let mut arguments: Vec<OsString> = std::env::args_os().collect();
    if arguments.get(1).is_some_and(|word| word == "sdk") {
        arguments.remove(1);
    }
    arguments
}
