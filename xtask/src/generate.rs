//! The verbs `generate` and `check`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::Generated;
use codegen::diagnostic::{Diagnostics, Rejected};
use codegen::files::{self, Difference};

use crate::{Target, screen};

const FINDINGS: u8 = 1;
const USAGE: u8 = 2;

/// The files that a run is about.
struct Paths {
    schema: PathBuf,
    out: PathBuf,
    config: Option<PathBuf>,
}

pub fn generate(target: &Target) -> ExitCode {
    let paths = paths(target);
    let Ok(generated) = run(target, &paths) else {
        return ExitCode::from(FINDINGS);
    };
    match files::write(&paths.out, &generated.files) {
        Ok(difference) => {
            screen::written(&paths.out, &generated, &difference);
            ExitCode::SUCCESS
        }
        Err(error) => {
            screen::failure(&error.to_string(), help(&error));
            ExitCode::from(FINDINGS)
        }
    }
}

pub fn check(target: &Target) -> ExitCode {
    let paths = paths(target);
    let Ok(generated) = run(target, &paths) else {
        return ExitCode::from(FINDINGS);
    };
    match files::compare(&paths.out, &generated.files) {
        Ok(difference) => report(&paths.out, &difference, &command(target)),
        Err(error) => {
            screen::failure(&error.to_string(), help(&error));
            ExitCode::from(USAGE)
        }
    }
}

fn report(out: &Path, difference: &Difference, command: &str) -> ExitCode {
    match difference.is_empty() {
        true => {
            screen::fresh(out, difference);
            ExitCode::SUCCESS
        }
        false => {
            screen::stale(out, difference, command);
            ExitCode::from(FINDINGS)
        }
    }
}

fn run(target: &Target, paths: &Paths) -> Result<Generated, Rejected> {
    let mut diagnostics = Diagnostics::default();
    let name = target.name.as_deref();
    let generated = codegen::generate(
        &paths.schema,
        paths.config.as_deref(),
        name,
        &mut diagnostics,
    );
    diagnostics.sort();
    screen::diagnostics(&diagnostics, target.verbose);
    generated
}

/// Those of the command line, or else this workspace's own; relative to where the user stands.
fn paths(target: &Target) -> Paths {
    match (&target.schema, &target.out) {
        (Some(schema), Some(out)) => Paths {
            schema: schema.clone(),
            out: out.clone(),
            config: target.config.clone(),
        },
        _ => Paths {
            schema: own("schema/billing.yaml"),
            out: own("generated"),
            config: Some(own("schema/billing.toml")),
        },
    }
}

/// A path of the workspace, as short as it can be from where the user stands.
fn own(path: &str) -> PathBuf {
    let root = crate::tools::root();
    match std::env::current_dir() {
        Ok(current) if current == root => PathBuf::from(path),
        _ => root.join(path),
    }
}

/// The command that would mend what `check` finds.
fn command(target: &Target) -> String {
    let mut command = "cargo xtask generate".to_owned();
    let options = [
        ("schema", &target.schema),
        ("out", &target.out),
        ("config", &target.config),
    ];
    for (name, path) in options {
        if let Some(path) = path {
            command.push_str(&format!(" --{name} {}", path.display()));
        }
    }
    if let Some(name) = &target.name {
        command.push_str(&format!(" --name {name}"));
    }
    command
}

fn help(error: &files::Error) -> &'static str {
    match error {
        files::Error::Strangers { .. } => "name another folder, or move these files out of it",
        files::Error::Io { .. } => "the old files are as they were",
    }
}
