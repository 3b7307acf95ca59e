//! A repository's own xtask: `generate` makes the crate of its document anew, `check` fails where it is stale.
//!
//! In a repository this is `xtask/src/main.rs`, with `codegen` below `[dependencies]` of its manifest, and `.cargo/config.toml` has
//! `xtask = "run --package xtask --"` below `[alias]`. Here it is run in a folder that has `api/petstore.yaml`:
//! `cargo run -p codegen --example own_xtask -- generate`.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use codegen::{Diagnostics, Generated, Generator, Severity};

const DOCUMENT: &str = "api/petstore.yaml";
/// Names that were inferred once, and are kept: it is checked in.
const LOCK: &str = "api/petstore.lock";
const CRATE: &str = "petstore";

fn main() -> ExitCode {
    let verb = std::env::args().nth(1).unwrap_or_default();
    match run(&verb, Path::new("")) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Whether all is well with the crate below this folder.
fn run(verb: &str, root: &Path) -> Result<bool, Box<dyn Error>> {
    match verb {
        "generate" => generate(root),
        "check" => check(root),
        _ => Err("what is to be done is `generate` or `check`".into()),
    }
}

fn generate(root: &Path) -> Result<bool, Box<dyn Error>> {
    let generated = generated(root)?;
    let (name, version) = generated.package();
    // All files or none; what is there and not the generator's is an error, but for the policy's `own_files`.
    let out = root.join(CRATE);
    let difference = codegen::write_beside(&out, &generated.files, generated.own_files())?;
    fs::write(root.join(LOCK), generated.lock())?;
    println!("{name} {version}: {} files changed", difference.count());
    Ok(true)
}

fn check(root: &Path) -> Result<bool, Box<dyn Error>> {
    let generated = generated(root)?;
    let out = root.join(CRATE);
    let difference = codegen::compare_beside(&out, &generated.files, generated.own_files())?;
    let lists = [
        ("missing", &difference.missing),
        ("stale", &difference.stale),
        ("not of the document", &difference.orphans),
        ("not the generator's", &difference.strangers),
    ];
    for (what, paths) in lists {
        for path in paths {
            println!("{CRATE}/{path}: {what}");
        }
    }
    let lock = fs::read_to_string(root.join(LOCK)).unwrap_or_default();
    Ok(difference.is_empty() && lock == generated.lock())
}

/// What the document becomes. Nothing is written yet.
fn generated(root: &Path) -> Result<Generated, Box<dyn Error>> {
    let mut generator = Generator::new(root.join(DOCUMENT));
    generator.lock = Some(root.join(LOCK));
    generator.name = Some(CRATE.to_owned());
    let mut diagnostics = Diagnostics::default();
    let generated = generator.generate(&mut diagnostics);
    diagnostics.sort();
    // Notes are about what has no effect on the crate.
    let shown = diagnostics
        .iter()
        .filter(|one| one.severity != Severity::Note);
    for diagnostic in shown {
        eprintln!("{}\n", diagnostic.render(false));
    }
    Ok(generated?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const API: &str = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    get: { responses: { '204': { description: None } } }
";

    #[test]
    fn the_crate_is_made_and_checked_and_goes_stale() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let root = folder.path();
        let write = |text: &str| fs::write(root.join(DOCUMENT), text).expect("it can be written");
        fs::create_dir(root.join("api")).expect("a folder can be made");
        write(API);
        let run = |verb: &str| run(verb, root).map_err(|error| error.to_string());
        assert_eq!(run("check"), Ok(false));
        assert_eq!(run("generate"), Ok(true));
        assert!(root.join("petstore/src/resources/pets.rs").is_file());
        assert_eq!(run("check"), Ok(true));
        write(&API.replace("get:", "delete:"));
        assert_eq!(run("check"), Ok(false));
        assert_eq!(run("generate"), Ok(true));
        write("openapi: [");
        assert!(run("check").is_err());
        assert!(run("").is_err());
    }
}
