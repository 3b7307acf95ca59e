//! What is generated from the cases compiles, without a warning of rustc, clippy or rustdoc.
//!
//! All of them are crates of one workspace under `target/`, written only where they changed, so
//! that they share their dependencies and a second run has little to do.

use std::path::Path;
use std::process::Command;

use codegen::files;
use tests::{cases, workspace};

#[test]
fn the_crates_of_all_cases_compile_without_a_warning() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cases");
    write_workspace(&folder);
    if has_clippy() {
        cargo(
            &folder,
            &["clippy", "--all-targets"],
            &["--", "--deny=warnings"],
        )
    } else {
        cargo(&folder, &["check", "--all-targets"], &[])
    }
    cargo(&folder, &["doc", "--no-deps"], &[]);
}

/// One member for each case that is not refused.
fn write_workspace(folder: &Path) {
    std::fs::create_dir_all(folder).expect("the folder can be made");
    let mut members = Vec::new();
    for case in cases::all() {
        let Ok(generated) = case.generate().generated else {
            continue;
        };
        files::write(&folder.join(&case.name), &generated.files)
            .unwrap_or_else(|error| panic!("{}: {error}", case.name));
        members.push(format!("    \"{}\",\n", case.name));
    }
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n\n[profile.dev]\ndebug = 0\n",
        members.concat()
    );
    write(&folder.join("Cargo.toml"), &manifest);
    // The versions that this workspace is tested with.
    let lock = std::fs::read_to_string(workspace::root().join("Cargo.lock"));
    write(
        &folder.join("Cargo.lock"),
        &lock.expect("Cargo.lock can be read"),
    );
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn has_clippy() -> bool {
    let output = Command::new(env!("CARGO"))
        .args(["clippy", "--version"])
        .output();
    output.is_ok_and(|output| output.status.success())
}

/// Runs Cargo in the folder and shows what it said if it fails. TLS is left out: the cases have no
/// part in it, and it takes longer to compile than all of them.
fn cargo(folder: &Path, command: &[&str], rest: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(command)
        .args([
            "--quiet",
            "--workspace",
            "--keep-going",
            "--no-default-features",
        ])
        .args(rest)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("RUSTDOCFLAGS", "--deny=warnings")
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "cargo {} fails:\n{said}",
        command.join(" ")
    );
}
