//! Cargo on crates that were generated, in a workspace of their own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::workspace;

/// Generated crates, and the folder of what is compiled of them, which they share with this workspace.
pub struct Compiled {
    pub folder: PathBuf,
    target: PathBuf,
}

/// What the packages of this workspace ask of the dependencies of a generated crate beyond what that asks for: who asks for it too has
/// them as they are compiled here.
pub const SHARED: &str = "\
bitflags = { version = \"2\", features = [\"std\"] }
indexmap = { version = \"2\", features = [\"serde\"] }
num-traits = { version = \"0.2\", default-features = false, features = [\"std\"] }
tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\", \"test-util\"] }
";

impl Compiled {
    /// The folder `name` in the folder for temporary files of the tests, `CARGO_TARGET_TMPDIR`, with nothing but the
    /// list of members. A file is written only if it changes, so that a second run has little to do.
    pub fn workspace(temporary: &str, name: &str, members: &[String]) -> Self {
        let compiled = Self::at(temporary, Path::new(temporary).join(name));
        std::fs::create_dir_all(&compiled.folder).expect("the folder can be made");
        let mut manifest = toml::Table::new();
        let members: toml::Table = [
            ("resolver".to_owned(), "3".into()),
            ("members".to_owned(), members.to_vec().into()),
        ]
        .into_iter()
        .collect();
        manifest.insert("workspace".to_owned(), members.into());
        write(&compiled.folder.join("Cargo.toml"), &manifest.to_string());
        compiled
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
        self.assert_compiles(features);
        self.assert(&["doc", "--no-deps"], features);
    }

    /// No target gives a warning of rustc or clippy, with these features.
    pub fn assert_compiles(&self, features: &[&str]) {
        if has_clippy() {
            let rest = [features, &["--", "--deny=warnings"]].concat();
            self.assert(&["clippy", "--lib", "--examples"], &rest);
        } else {
            self.assert(&["check", "--lib", "--examples"], features);
        }
    }

    fn assert(&self, command: &[&str], rest: &[&str]) {
        let output = self.cargo(&[command, &["--quiet"]].concat(), rest);
        let said = String::from_utf8_lossy(&output.stderr);
        let command = command.join(" ");
        assert!(output.status.success(), "cargo {command} fails:\n{said}");
    }

    /// What a target of these packages prints, which is compiled with the features that are on by themselves and run with these
    /// variables. Where one of the packages has [`SHARED`] and the features `testing` and `blocking`, no dependency is compiled.
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

    /// Runs Cargo on all members. TLS is left out: what is generated has no part in it, and it takes longer to compile
    /// than all of that.
    pub fn cargo(&self, command: &[&str], rest: &[&str]) -> Output {
        let all = ["--workspace", "--keep-going", "--no-default-features"];
        let rest = [&all, rest].concat();
        self.command(command, &rest).output().expect("cargo runs")
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
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("RUSTDOCFLAGS", "--deny=warnings");
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
