//! `cargo xtask sizes`: how large the crates of documents are, and what compiling them takes.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::tools::{self, Outcome, Result, Unable, cannot};

/// A page of docs that is larger is counted.
const LARGE_PAGE: u64 = 200_000;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// OpenAPI documents
    #[arg(required_unless_present = "calls", value_name = "FILE")]
    pub documents: Vec<PathBuf>,
    /// Check each crate with nothing but this feature, too
    #[arg(long)]
    pub feature: Option<String>,
    /// Build the docs of each crate
    #[arg(long)]
    pub docs: bool,
    /// Build each crate with optimizations
    #[arg(long)]
    pub release: bool,
    /// Compare calls of this workspace's crate with the same by reqwest and serde, and the reading of a list of issues with
    /// serde alone
    #[arg(long)]
    pub calls: bool,
}

pub fn run(options: &Options) -> Result<Outcome> {
    // Outside of this workspace, of which it is no part.
    let folder = env::temp_dir().join(format!("sdk-sizes-{}", std::process::id()));
    let target = tools::install::target().join("sizes");
    for document in &options.documents {
        super::generate(document, &folder)?;
        anstream::println!("{}", document.display());
        lines(&folder)?;
        let compiled = compiling(options, &folder, &target);
        fs::remove_dir_all(&folder).map_err(|error| cannot("remove", &folder, &error))?;
        compiled?;
    }
    if options.calls {
        let calls = ["--package", "wire", "--example", "calls"];
        program(&tools::root(), &tools::install::target(), &calls)?;
        issues(&folder, &target)?;
    }
    Ok(Outcome::Fine)
}

/// Reading a list of issues against plain structs of serde, by a program within the crate of the document, for which no TLS is
/// compiled.
fn issues(folder: &Path, target: &Path) -> Result<()> {
    let document = tools::root().join("xtask/src/bench/issues/document.yaml");
    super::generate(&document, folder)?;
    let example = folder.join("examples/reading.rs");
    let written = fs::write(&example, include_str!("issues/reading.rs"));
    written.map_err(|error| cannot("write", &example, &error))?;
    let ran = program(
        folder,
        target,
        &["--no-default-features", "--example", "reading"],
    );
    fs::remove_dir_all(folder).map_err(|error| cannot("remove", folder, &error))?;
    ran
}

/// Runs an optimized program that prints what it measures.
fn program(folder: &Path, target: &Path, arguments: &[&str]) -> Result<()> {
    let mut program = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    program
        .args(["run", "--quiet", "--release"])
        .args(arguments);
    program.current_dir(folder).env("CARGO_TARGET_DIR", target);
    tools::isolate(&mut program);
    let status = program.status();
    let status = status.map_err(|error| Unable(format!("{}: {error}", arguments.join(" "))))?;
    if !status.success() {
        let arguments = arguments.join(" ");
        return Err(Unable(format!(
            "`cargo run {arguments}` ended with {status}"
        )));
    }
    Ok(())
}

/// Of the sources, and of their parts.
fn lines(folder: &Path) -> Result<()> {
    for part in ["src", "src/runtime", "src/models", "src/resources"] {
        let files = files(&folder.join(part))?;
        let sources = files
            .iter()
            .filter(|path| path.extension().is_some_and(|e| e == "rs"));
        let texts = sources
            .map(|path| fs::read_to_string(path).map_err(|error| cannot("read", path, &error)));
        let counts: Vec<usize> = texts
            .map(|text| text.map(|text| text.lines().count()))
            .collect::<Result<_>>()?;
        show(
            &format!("lines of {part}"),
            &counts.iter().sum::<usize>().to_string(),
        );
    }
    Ok(())
}

/// What the compiler takes for the crate alone, its dependencies being there.
fn compiling(options: &Options, folder: &Path, target: &Path) -> Result<()> {
    let alone = |arguments: &[&str]| -> Result<String> {
        cargo(folder, target, arguments, false)?;
        let root = folder.join("src/lib.rs");
        let touched = fs::read(&root).and_then(|text| fs::write(&root, text));
        touched.map_err(|error| cannot("write", &root, &error))?;
        cargo(folder, target, arguments, true)
    };
    show("cargo check", &alone(&["check"])?);
    if let Some(feature) = &options.feature {
        let features = ["check", "--no-default-features", "--features", feature];
        show(&format!("cargo check, {feature} alone"), &alone(&features)?);
    }
    if options.release {
        show("cargo build --release", &alone(&["build", "--release"])?);
    }
    if options.docs {
        let docs = target.join("doc");
        if docs.exists() {
            fs::remove_dir_all(&docs).map_err(|error| cannot("remove", &docs, &error))?;
        }
        show(
            "cargo doc",
            &cargo(folder, target, &["doc", "--no-deps"], true)?,
        );
        let size = |path: &PathBuf| fs::metadata(path).map_or(0, |file| file.len());
        let files = files(&docs)?;
        let megabytes = files.iter().map(size).sum::<u64>() / 1_000_000;
        let is_page = |path: &&PathBuf| path.extension().is_some_and(|e| e == "html");
        let pages = files.iter().filter(is_page);
        let large = pages.filter(|page| size(page) > LARGE_PAGE).count();
        show(
            "docs",
            &format!("{megabytes} MB, {large} pages over 200 KB"),
        );
    }
    Ok(())
}

/// Runs Cargo on the crate; measured, the CPU seconds and the peak memory of what it runs, as GNU time has them.
fn cargo(folder: &Path, target: &Path, arguments: &[&str], measured: bool) -> Result<String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = if measured {
        Command::new("time")
    } else {
        Command::new(&cargo)
    };
    if measured {
        command.args(["-f", "%U s, %M KB"]).arg(&cargo);
    }
    command.args(arguments).arg("--quiet").current_dir(folder);
    command
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0");
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| {
        Unable(format!(
            "{}: {error}; it measures by GNU time",
            command.get_program().display()
        ))
    })?;
    let printed = String::from_utf8_lossy(&output.stderr)
        .trim_end()
        .to_owned();
    if !output.status.success() {
        return Err(Unable(printed));
    }
    Ok(printed.lines().last().unwrap_or_default().to_owned())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| cannot("read", &folder, &error))?;
        for entry in entries {
            let path = entry
                .map_err(|error| cannot("read", &folder, &error))?
                .path();
            if path.is_dir() {
                folders.push(path)
            } else {
                found.push(path)
            }
        }
    }
    Ok(found)
}

fn show(what: &str, value: &str) {
    anstream::println!("  {what}: {value}");
}
