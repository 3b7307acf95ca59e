//! `cargo xtask workflows`: the workflows of this repository, and those that `cargo sdk init` writes, by actionlint.

use std::fs;
use std::process::Command;

use cargo_sdk::{INSTALL, Workflows};

use crate::tools::{self, Outcome, Result, Unable, cannot};

pub fn run() -> Result<Outcome> {
    let folder = tools::root().join("tests/workflows");
    let (node, installation) = tools::install::node("workflows", &folder)?;
    let own = tools::root().join(".github/workflows");
    let entries = fs::read_dir(&own).map_err(|error| cannot("read", &own, &error))?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let Workflows { review, call, .. } = Workflows::of("petstore", INSTALL);
    for (name, text) in [
        ("init-schema-review.yml", review),
        ("init-sdk-petstore.yml", call),
    ] {
        let written = tools::install::target().join(name);
        fs::write(&written, text).map_err(|error| cannot("write", &written, &error))?;
        files.push(written);
    }
    let mut lint = Command::new(node);
    lint.arg(folder.join("lint.cjs"))
        .arg(&installation)
        .args(&files);
    let status = lint
        .status()
        .map_err(|error| Unable(format!("lint.cjs: {error}")))?;
    match status.code() {
        Some(0) => {
            println!("{} workflows: nothing to object to", files.len());
            Ok(Outcome::Fine)
        }
        Some(1) => Ok(Outcome::Findings),
        _ => Err(Unable(format!("lint.cjs could not do its work ({status})"))),
    }
}
