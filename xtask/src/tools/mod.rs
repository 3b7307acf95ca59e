//! What the commands share: how they end, where the workspace is, and running other programs.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::{env, fmt};

pub mod install;
pub mod server;

/// How a check ended that could be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was found.
    Fine,
    /// Something was found, and has been printed.
    Findings,
}

/// Why a check could not be made, with what to do about it.
#[derive(Debug)]
pub struct Unable(pub String);

/// The result of a check, or of a step on the way to it.
pub type Result<T> = std::result::Result<T, Unable>;

/// The exit code for the result of a check: 0 fine, 1 findings, 2 the check could not be made.
pub fn exit_code(result: Result<Outcome>) -> ExitCode {
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(unable) => {
            eprintln!("error: {unable}");
            ExitCode::from(2)
        }
    }
}

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

/// A file that could not be read, written or removed.
pub fn cannot(verb: &str, path: &Path, error: &std::io::Error) -> Unable {
    Unable(format!("cannot {verb} {}: {error}", path.display()))
}

impl fmt::Display for Unable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
