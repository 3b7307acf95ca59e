//! A folder of its own for each test, and the command run in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::workspace;

/// A folder with a document in it, outside of this workspace, and the command that is run there. The folder is removed
/// with the value.
pub struct Place {
    program: &'static str,
    folder: TempDir,
}

/// What a run printed, and how it ended.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Place {
    /// A folder that holds the document of the case as `schema.yaml`.
    pub fn with_case(program: &'static str, case: &str) -> Self {
        let place = Self::empty(program);
        let schema = format!("tests/cases/{case}/schema.yaml");
        place.write(
            "schema.yaml",
            &workspace::read(&workspace::root().join(schema)),
        );
        place
    }

    pub fn empty(program: &'static str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        Self { program, folder }
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        let parent = path.parent().expect("the path has a parent");
        std::fs::create_dir_all(parent).expect("the folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    }

    /// All files below a folder with their contents, by path.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let folder = self.path(folder);
        let paths = workspace::files(&folder);
        let name = |path: &Path| {
            path.strip_prefix(&folder)
                .unwrap_or(path)
                .display()
                .to_string()
        };
        let content = |path: &Path| std::fs::read(path).expect("the file can be read");
        paths
            .iter()
            .map(|path| (name(path), content(path)))
            .collect()
    }

    /// Runs the command with arguments separated by spaces.
    pub fn run(&self, arguments: &str) -> Run {
        Run::of(&mut self.command(arguments))
    }

    /// Generates from `schema.yaml` into `sdk`, which must go well.
    pub fn generate(&self) -> Run {
        let run = self.run("generate --schema schema.yaml --out sdk");
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        run
    }

    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(self.program);
        command
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path());
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(variable);
        }
        let of_workflow = |name: &str| name.starts_with("GITHUB_") || name.starts_with("GIT_");
        for (name, _) in std::env::vars_os() {
            if name.to_str().is_some_and(of_workflow) {
                command.env_remove(name);
            }
        }
        command
    }
}

impl Run {
    pub fn of(command: &mut Command) -> Self {
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().expect("the command runs");
        Self {
            code: status.code(),
            stdout: String::from_utf8(stdout).expect("what is printed is UTF-8"),
            stderr: String::from_utf8(stderr).expect("what is printed is UTF-8"),
        }
    }

    /// Everything for a snapshot. Numbers of files and the names of the runtime's are left out: they change with it.
    pub fn screen(&self) -> String {
        let code = self.code.map_or("none".to_owned(), |code| code.to_string());
        let mut screen = format!("exit code {code}\n");
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                screen.push_str(&format!("--- {name}\n{}", without_counts(text)));
            }
        }
        screen
    }
}

/// `and 38 more` as `and N more`, `50 files` as `N files`, `src/runtime/body.rs` as `src/runtime/...`
fn without_counts(text: &str) -> String {
    let line = |line: &str| {
        let mut words: Vec<&str> = line.split(' ').collect();
        for at in 0..words.len().saturating_sub(1) {
            let counted = ["more", "files"].contains(&words[at + 1]);
            if counted && words[at].parse::<usize>().is_ok_and(|n| n > 5) {
                words[at] = "N";
            }
        }
        if let Some(last) = words
            .last_mut()
            .filter(|word| word.starts_with("src/runtime/"))
        {
            *last = "src/runtime/...";
        }
        words.join(" ") + "\n"
    };
    text.lines().map(line).collect()
}
