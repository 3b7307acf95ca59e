//! `cargo xtask review-comment`, which is a program of its own: only few who use the other commands need its TLS.

use std::env;
use std::ffi::OsString;
use std::process::{Command, ExitCode};

use crate::tools::{self, Unable};

pub fn run(arguments: &[OsString]) -> ExitCode {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(["run", "--quiet", "--package", "review-comment"])
        .arg("--manifest-path")
        .arg(tools::root().join("Cargo.toml"))
        .arg("--")
        .args(arguments);
    match command.status() {
        Ok(status) => {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            ExitCode::from(code.unwrap_or(2))
        }
        Err(error) => tools::exit_code(Err(Unable(format!("cannot run cargo: {error}")))),
    }
}
