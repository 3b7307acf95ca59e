//! The verbs `generate` and `check`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use codegen::diagnostic::{Diagnostic, Diagnostics, Rejected};
use codegen::files::{self, Difference};
use codegen::{Generated, document, policy};

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
    let generated = match run(target, &paths) {
        Ok(generated) => generated,
        Err(code) => return ExitCode::from(code),
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
    let generated = match run(target, &paths) {
        Ok(generated) => generated,
        Err(code) => return ExitCode::from(code),
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

/// What the schema becomes, or the exit code.
fn run(target: &Target, paths: &Paths) -> Result<Generated, u8> {
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
    generated.map_err(|Rejected| match diagnostics.iter().any(is_unreadable) {
        true => USAGE,
        false => FINDINGS,
    })
}

/// A file that was named and is not there is a wrong use of the command.
fn is_unreadable(diagnostic: &Diagnostic) -> bool {
    [document::codes::UNREADABLE, policy::UNREADABLE].contains(&diagnostic.code)
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
        files::Error::NoFolder(_) => "name a folder; it need not be there yet",
        files::Error::Io { .. } => "the old files are as they were",
    }
}
