//! What the maintenance verbs share: where the workspace is, and running other programs.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub use cargo_sdk::outcome::{Outcome, Result, Unable, cannot, exit_code};

pub mod install;
pub mod server;

/// The root of the workspace.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// Runs a command that has to succeed before the check can be made; what it printed is shown when it doesn't.
pub fn run(command: &mut Command, help: &str) -> Result<()> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| Unable(format!("{}: {error}", line(command))))?;
    if output.status.success() {
        return Ok(());
    }
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed);
    Err(Unable(format!(
        "`{}` failed ({})\n{}\n  help: {help}",
        line(command),
        output.status,
        printed.trim_end()
    )))
}

/// A command as a person would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// `cargo run` of one example, without what the caller's environment says about Cloudflare.
pub fn cargo_example(package: &str, example: &str) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args([
        "run",
        "--quiet",
        "--package",
        package,
        "--example",
        example,
        "--",
    ]);
    command.current_dir(root());
    isolate(&mut command);
    command
}

/// Keeps a command to what it is told: no credentials of the caller's, and no proxy between it and the loopback address.
pub fn isolate(command: &mut Command) {
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("CLOUDFLARE_") {
            command.env_remove(name);
        }
    }
    command
        .env("NO_PROXY", "127.0.0.1")
        .env("no_proxy", "127.0.0.1")
        .stdin(Stdio::null());
}
