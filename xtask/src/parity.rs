//! `cargo xtask parity`: the official Python SDK and ours make the same calls; what they send has to be equal.
//!
//! Compared are method, path, query and authentication headers, as a server on the loopback address received them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::tools::server::Server;
use crate::tools::{self, Outcome, Result, Unable};

/// Records both SDKs and compares the recordings.
pub fn run() -> Result<Outcome> {
    let folder = tools::root().join("tests/parity");
    let calls = folder.join("calls.json");
    let python = tools::install::python("parity", &folder.join("requirements.txt"))?;

    let mut official = Command::new(&python);
    official.arg(folder.join("official.py"));
    let official = record("official", official, &calls, &python)?;
    let ours = record(
        "ours",
        tools::cargo_example("wire", "parity"),
        &calls,
        &python,
    )?;
    let (Some(official), Some(ours)) = (official, ours) else {
        return Ok(Outcome::Findings);
    };

    let mut compare = Command::new(&python);
    let status = compare
        .arg(folder.join("compare.py"))
        .args([&calls, &official, &ours])
        .status();
    match status
        .map_err(|error| Unable(format!("compare.py: {error}")))?
        .code()
    {
        Some(0) => Ok(Outcome::Fine),
        Some(1) => Ok(Outcome::Findings),
        _ => Err(Unable("compare.py could not do its work".to_owned())),
    }
}

/// What a command that makes the calls sent, or nothing when it failed, which is then printed.
fn record(
    name: &str,
    mut command: Command,
    calls: &Path,
    python: &Path,
) -> Result<Option<PathBuf>> {
    let recordings = tools::install::folder().join("recordings");
    fs::create_dir_all(&recordings)
        .map_err(|error| tools::cannot("create", &recordings, &error))?;
    let recording = recordings.join(format!("{name}.jsonl"));
    let (_recorder, port) = start_recorder(python, &recording)?;

    tools::isolate(&mut command);
    command
        .arg(calls)
        .arg(format!("http://127.0.0.1:{port}/client/v4"));
    let output = command
        .output()
        .map_err(|error| Unable(format!("the {name} calls: {error}")))?;
    if output.status.success() {
        print!("{name}: {}", String::from_utf8_lossy(&output.stdout));
        return Ok(Some(recording));
    }
    println!("{name}: the calls failed ({})", output.status);
    print!("{}", String::from_utf8_lossy(&output.stderr));
    Ok(None)
}

fn start_recorder(python: &Path, recording: &Path) -> Result<(Server, String)> {
    let mut recorder = Command::new(python);
    recorder
        .arg(tools::root().join("tests/parity/recorder.py"))
        .arg(recording);
    Server::start(recorder, |line| {
        Some(line.trim().parse::<u16>().ok()?.to_string())
    })
}
