//! The installed command mends a crate that keeps cargo from loading the workspace, which is why it never asks cargo.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const MANIFEST: &str = "\
[workspace]
members = [\"generated\"]

[workspace.metadata.sdk]
schema = \"api/pets.yaml\"
out = \"generated\"
";

const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: list
      responses: { '204': { description: None. } }
";

#[test]
fn a_missing_crate_is_written() {
    let folder = workspace();
    let run = sdk(folder.path(), &["generate"]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    assert!(folder.path().join("generated/Cargo.toml").is_file());
    assert!(sdk(folder.path(), &["check"]).status.success());
}

#[test]
fn a_conflict_in_its_manifest_is_mended() {
    let folder = workspace();
    sdk(folder.path(), &["generate"]);
    let manifest = folder.path().join("generated/Cargo.toml");
    let fine = fs::read_to_string(&manifest).expect("the manifest is there");
    fs::write(
        &manifest,
        format!("<<<<<<< HEAD\n{fine}=======\n>>>>>>> theirs\n"),
    )
    .expect("the manifest is written");
    let check = sdk(folder.path(), &["check"]);
    assert_eq!(check.status.code(), Some(1));
    assert!(text(&check.stdout).ends_with("run: cargo sdk generate\n"));
    assert!(sdk(folder.path(), &["sdk", "generate"]).status.success());
    assert_eq!(fs::read_to_string(&manifest).ok(), Some(fine));
}

#[test]
fn the_table_is_found_from_a_folder_below() {
    let folder = workspace();
    let below = folder.path().join("api");
    let run = sdk(&below, &["generate"]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    assert!(folder.path().join("generated/src/lib.rs").is_file());
}

#[test]
fn without_a_table_the_document_has_to_be_named() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let run = sdk(folder.path(), &["generate"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(text(&run.stderr).contains("[workspace.metadata.sdk]"));
}

#[test]
fn a_key_that_is_none_is_named_with_its_place() {
    let folder = workspace();
    let manifest = MANIFEST.replace("out =", "output =");
    fs::write(folder.path().join("Cargo.toml"), manifest).expect("the manifest is written");
    let run = sdk(folder.path(), &["check"]);
    assert_eq!(run.status.code(), Some(2));
    let said = text(&run.stderr);
    assert!(
        said.contains("Cargo.toml") && said.contains("`output`"),
        "{said}"
    );
}

/// A workspace without the crate that it is to have.
fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |path: &str, text: &str| fs::write(folder.path().join(path), text);
    fs::create_dir(folder.path().join("api")).expect("a folder can be made");
    write("Cargo.toml", MANIFEST).expect("the manifest is written");
    write("api/pets.yaml", DOCUMENT).expect("the document is written");
    folder
}

fn sdk(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(crate::SDK);
    // No cargo is to be found.
    command.env_clear().args(arguments).current_dir(folder);
    command.output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
