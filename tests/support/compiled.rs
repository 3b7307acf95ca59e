//! Cargo on crates that were generated, in a workspace of their own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::{shared, workspace};

/// Generated crates, and the folder of what is compiled of them, which they share with this workspace.
pub struct Compiled {
    pub folder: PathBuf,
    target: PathBuf,
}

/// What is set for clippy to look at the packages as well.
const CLIPPY: &str = "CHECKS_CLIPPY";

impl Compiled {
    /// The folder `name` in the folder for temporary files of the tests, `CARGO_TARGET_TMPDIR`.
    pub fn workspace(temporary: &str, name: &str, members: &[String]) -> Self {
        Self::of(temporary, Path::new(temporary).join(name), members)
    }

    /// A folder with nothing but the list of members. A file is written only if it changes, so that a second run has little to do.
    pub fn of(temporary: &str, folder: PathBuf, members: &[String]) -> Self {
        let compiled = Self::at(temporary, folder);
        std::fs::create_dir_all(&compiled.folder).expect("the folder can be made");
        compiled.write_members(members);
        compiled
    }

    fn write_members(&self, members: &[String]) {
        let mut manifest = toml::Table::new();
        let members: toml::Table = [
            ("resolver".to_owned(), "3".into()),
            ("members".to_owned(), members.to_vec().into()),
        ]
        .into_iter()
        .collect();
        manifest.insert("workspace".to_owned(), members.into());
        write(&self.folder.join("Cargo.toml"), &manifest.to_string());
    }

    /// A crate wherever it is.
    pub fn at(temporary: &str, folder: PathBuf) -> Self {
        // Where what their macros and build scripts need is compiled already.
        let target = Path::new(temporary).parent();
        let target = target.expect("the folder has a parent").to_owned();
        Self { folder, target }
    }

    /// No target gives a warning of rustc or clippy, and the docs none of rustdoc, with these features.
    pub fn assert_no_warning(&self, features: &[&str]) {
        self.assert(features, &[CLIPPY, "CHECKS_DOCS"]);
    }

    /// No target gives a warning of rustc or clippy, with these features.
    pub fn assert_compiles(&self, features: &[&str]) {
        self.assert(features, &[CLIPPY]);
    }

    fn assert(&self, features: &[&str], checks: &[&str]) {
        let targets = ["--quiet", "--lib", "--examples"];
        let checks = checks
            .iter()
            .filter(|check| **check != CLIPPY || has_clippy());
        let output = self.check(
            &[&targets, features].concat(),
            &checks.copied().collect::<Vec<_>>(),
        );
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{targets:?} have errors:\n{said}");
    }

    /// Checks all members, of which no code is made. TLS is left out: what is generated has no part in it.
    pub fn check(&self, rest: &[&str], checks: &[&str]) -> Output {
        self.add_shared();
        let all = ["--workspace", "--keep-going", "--no-default-features"];
        let mut cargo = self.command(&["build"], &[&all, rest].concat());
        cargo.env("RUSTC_WORKSPACE_WRAPPER", self.checker());
        cargo.envs(checks.iter().map(|check| (check, "1")));
        cargo.output().expect("cargo runs")
    }

    /// A member that asks for the dependencies as this workspace has compiled them.
    fn add_shared(&self) {
        let manifest = workspace::read(&self.folder.join("Cargo.toml"));
        let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
        let members = manifest["workspace"]["members"].as_array();
        let members = members
            .into_iter()
            .flatten()
            .filter_map(|name| name.as_str());
        let mut members: Vec<String> = members.map(str::to_owned).collect();
        let first = members.first().expect("there is a member");
        let first = workspace::read(&self.folder.join(first).join("Cargo.toml"));
        let folder = self.folder.join("shared");
        std::fs::create_dir_all(folder.join("src")).expect("the folder can be made");
        write(&folder.join("src/lib.rs"), "//! Nothing.\n");
        write(&folder.join("Cargo.toml"), &shared::package(&first));
        if members.iter().all(|name| name != "shared") {
            members.push("shared".to_owned());
            self.write_members(&members);
        }
    }

    /// The program in place of the compiler, compiled where it is not.
    fn checker(&self) -> PathBuf {
        let folder = self.target.join("tmp");
        let source = folder.join("checks.rs");
        let program = folder
            .join("checks")
            .with_extension(std::env::consts::EXE_EXTENSION);
        let text = include_str!("checks.rs");
        if !program.exists() || std::fs::read_to_string(&source).ok().as_deref() != Some(text) {
            write(&source, text);
            let mut rustc = Command::new("rustc");
            rustc
                .args(["--edition=2024", "-o"])
                .arg(&program)
                .arg(&source);
            assert!(
                rustc.status().is_ok_and(|status| status.success()),
                "{rustc:?} fails"
            );
        }
        program
    }

    /// What a target of these packages prints, which is compiled with the features that are on by themselves and run with these
    /// variables. Where one of the packages has [`shared::ASKED`] and the features `testing` and `blocking`, no dependency is compiled.
    pub fn run(&self, build: &[&str], program: &str, variables: &[(&str, &str)]) -> String {
        let built = self.command(&["build", "--quiet"], build).output();
        let built = built.expect("cargo runs");
        let said = String::from_utf8_lossy(&built.stderr);
        assert!(built.status.success(), "{build:?} fails:\n{said}");
        let mut program = Command::new(self.target.join("debug").join(program));
        let output = program.envs(variables.iter().copied()).output();
        let output = output.expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program:?} fails:\n{said}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn command(&self, command: &[&str], rest: &[&str]) -> Command {
        // The versions that this workspace is tested with, which are at hand already.
        let lock = workspace::read(&workspace::root().join("Cargo.lock"));
        let own = self.folder.join("Cargo.lock");
        if !own.exists() {
            write(&own, &lock);
        }
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(command)
            .args(rest)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            // As here.
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
        if !self.folder.starts_with(&self.target) {
            // Nothing of it is there in the next run.
            cargo.env("CARGO_INCREMENTAL", "0");
        }
        cargo
    }
}

fn write(path: &Path, text: &str) {
    if std::fs::read_to_string(path).is_ok_and(|known| known == text) {
        return;
    }
    std::fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn has_clippy() -> bool {
    let output = Command::new(env!("CARGO"))
        .args(["clippy", "--version"])
        .output();
    output.is_ok_and(|output| output.status.success())
}
