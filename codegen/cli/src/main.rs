//! `cargo sdk`: a Rust SDK from an OpenAPI document, and the review of its changes.

use std::ffi::OsString;
use std::process::ExitCode;

use cargo_sdk::outcome::{Outcome, exit_code, print};
use cargo_sdk::{Tool, Verb, help, names};
use clap::{FromArgMatches, Subcommand};
use clap_complete::{Shell, generate};

/// Documents are many small values, which this gives out and takes back faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SDK: Tool = Tool { name: "cargo sdk" };

#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Sdk(Verb),
    /// Print what the operations of a document are called
    #[command(after_help = names::HELP)]
    Names(names::Options),
    /// Print the completions of a shell
    #[command(after_help = COMPLETIONS)]
    Completions { shell: Shell },
}

const COMPLETIONS: &str = "\
They complete `cargo-sdk`, and `cargo sdk` where the shell completes the subcommands of cargo by it.

Examples:
  cargo sdk completions bash > ~/.local/share/bash-completion/completions/cargo-sdk
  cargo sdk completions fish > ~/.config/fish/completions/cargo-sdk.fish";

fn main() -> ExitCode {
    let matches = command().get_matches_from(arguments());
    match Command::from_arg_matches(&matches) {
        Ok(Command::Sdk(verb)) => verb.run(SDK),
        Ok(Command::Names(options)) => names::run(&options),
        Ok(Command::Completions { shell }) => {
            // Shells complete the name of the file.
            let mut command = command().bin_name("cargo-sdk");
            let mut script = Vec::new();
            generate(shell, &mut command, "cargo-sdk", &mut script);
            exit_code(print(&String::from_utf8_lossy(&script)).map(|()| Outcome::Fine))
        }
        Err(error) => error.exit(),
    }
}

fn command() -> clap::Command {
    let command = clap::Command::new("cargo-sdk")
        .bin_name(SDK.name)
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true);
    let command = help::named(Command::augment_subcommands(command), SDK);
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
