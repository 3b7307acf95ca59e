//! Stands between Cargo and rustc where `cargo build` is to check the packages of a workspace, and to make no code: what they depend
//! on is then what is built for other tests, which `cargo clippy` and `cargo doc` would check once more, by itself.
//!
//! A program of its own, which `compiled.rs` compiles; its arguments are the command of the compiler.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{self, Command};

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (rustc, rest) = arguments.split_first().expect("Cargo calls");
    if !rest.iter().any(|argument| argument.starts_with("--emit=")) {
        return run(Command::new(rustc).args(rest));
    }
    let checked = rest.iter().map(|argument| without_code(argument));
    if env::var_os("CHECKS_CLIPPY").is_some() {
        let mut clippy = beside(rustc, "clippy-driver");
        run(clippy.arg(rustc).args(checked).arg("--deny=warnings"));
    } else {
        run(Command::new(rustc).args(checked));
    }
    let is_library = value(rest, "--crate-type") == Some("lib");
    let is_generated = value(rest, "--crate-name") != Some("shared");
    if env::var_os("CHECKS_DOCS").is_some() && is_library && is_generated {
        let mut rustdoc = beside(rustc, "rustdoc");
        run(rustdoc.args(of_docs(rest)).arg("--deny=warnings"));
    }
    // What Cargo looks for when it asks whether anything is to be done.
    for output in outputs(rest).iter().filter(|output| !output.exists()) {
        File::create(output).expect("the folder can be written to");
    }
}

fn beside(rustc: &str, name: &str) -> Command {
    Command::new(Path::new(rustc).with_file_name(name))
}

fn run(command: &mut Command) {
    let status = command.status();
    let status = status.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    if !status.success() {
        process::exit(status.code().unwrap_or(1));
    }
}

/// Of another package that is only checked there is no code either.
fn without_code(argument: &str) -> String {
    if argument.starts_with("--emit=") {
        return "--emit=dep-info,metadata".to_owned();
    }
    let library = argument.split_once('=').map(|(_, path)| Path::new(path));
    let is_empty = |path: &Path| fs::metadata(path).is_ok_and(|file| file.len() == 0);
    match argument.strip_suffix(".rlib") {
        Some(stem) if library.is_some_and(is_empty) => format!("{stem}.rmeta"),
        _ => argument.to_owned(),
    }
}

/// The arguments that the compiler and rustdoc share.
fn of_docs(rest: &[String]) -> Vec<String> {
    let mut shared = Vec::new();
    let mut arguments = rest.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-C" => drop(arguments.next()),
            "--out-dir" => {
                let folder = arguments.next().map_or("", String::as_str);
                shared.extend(["-o".to_owned(), format!("{folder}/../../doc")]);
            }
            other if other.starts_with("--emit=") => {}
            other => shared.push(other.to_owned()),
        }
    }
    shared
}

/// The files of code that are not made.
fn outputs(rest: &[String]) -> Vec<PathBuf> {
    let folder = Path::new(value(rest, "--out-dir").unwrap_or_default());
    let name = value(rest, "--crate-name").unwrap_or_default();
    let extra = rest.iter().find_map(|one| one.strip_prefix("extra-filename="));
    let name = format!("{name}{}", extra.unwrap_or_default());
    match value(rest, "--crate-type") {
        Some("lib") => vec![folder.join(format!("lib{name}.rlib"))],
        _ => vec![folder.join(name)],
    }
}

fn value<'a>(rest: &'a [String], option: &str) -> Option<&'a str> {
    let at = rest.iter().position(|argument| argument == option)?;
    rest.get(at + 1).map(String::as_str)
}
