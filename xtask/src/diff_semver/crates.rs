//! Both crates of each pair, as the JSON that rustdoc makes of them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::diagnostic::Diagnostics;
use codegen::files;

use super::Case;
use crate::tools::{self, Result, Unable, cannot};

/// Where the JSON of each crate is.
pub struct Docs {
    base: PathBuf,
    head: PathBuf,
}

/// Of one pair, the JSON of the crate before and after.
pub struct Pair {
    pub base: PathBuf,
    pub head: PathBuf,
}

impl Docs {
    pub fn of(&self, case: &Case) -> Pair {
        let file = format!("{}.json", case.name);
        Pair {
            base: self.base.join(&file),
            head: self.head.join(file),
        }
    }
}

/// Generates the crates below `target/semver` and documents them.
///
/// The tools compare items by their whole path, so that both crates of a pair have one name; each
/// side is therefore a workspace of its own. What they depend on is checked once, for both.
pub fn document(cases: &[Case]) -> Result<Docs> {
    let folder = tools::install::target().join("semver");
    let side = |side: &str| -> Result<PathBuf> {
        let workspace = folder.join(side);
        write_workspace(&workspace, side, cases)?;
        println!("documenting {}", workspace.display());
        rustdoc(&workspace, &folder)
    };
    Ok(Docs {
        base: side("base")?,
        head: side("head")?,
    })
}

fn write_workspace(folder: &Path, side: &str, cases: &[Case]) -> Result<()> {
    let mut members = String::new();
    for case in cases {
        // Cargo tells packages of one name apart by their folders in the workspace.
        let member = format!("{}_{side}", case.name);
        write_crate(&folder.join(&member), side, case)?;
        members.push_str(&format!("    \"{member}\",\n"));
    }
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n[profile.dev]\ndebug = 0\n"
    );
    write(&folder.join("Cargo.toml"), &manifest)?;
    // The versions that this workspace is tested with.
    let lock = tools::root().join("Cargo.lock");
    let lock = fs::read_to_string(&lock).map_err(|error| cannot("read", &lock, &error))?;
    write(&folder.join("Cargo.lock"), &lock)
}

fn write_crate(folder: &Path, side: &str, case: &Case) -> Result<()> {
    let mut diagnostics = Diagnostics::default();
    let (schema, policy) = (case.schema(side), case.policy(side));
    let mut generator = codegen::Generator::new(schema);
    generator.policy = policy;
    generator.name = Some(case.name.clone());
    let generated = generator.generate(&mut diagnostics);
    let generated = generated.map_err(|_| case.rejected(&diagnostics))?;
    files::write(folder, &generated.files)
        .map(|_| ())
        .map_err(|error| Unable(error.to_string()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(|error| cannot("write", path, &error))
}

/// Documents a workspace; the folder of the results.
fn rustdoc(workspace: &Path, folder: &Path) -> Result<PathBuf> {
    let target = workspace.join("target");
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["doc", "--workspace", "--no-deps", "--no-default-features"])
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", &target)
        // Shared by both sides; a Cargo before 1.91 does not know it, and does the work twice.
        .env("CARGO_BUILD_BUILD_DIR", folder.join("build"))
        // The JSON is unstable, and this is no nightly toolchain.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTDOCFLAGS", "-Z unstable-options --output-format json")
        .env_remove("CARGO_ENCODED_RUSTDOCFLAGS");
    tools::run(
        &mut cargo,
        "this is no finding: the crates have to be documented first",
    )?;
    Ok(target.join("doc"))
}
