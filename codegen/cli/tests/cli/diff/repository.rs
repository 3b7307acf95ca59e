//! A repository of git in a folder of its own.

use std::process::Command;
use tests::place::{Place, Run};

use crate::SDK;

/// Ids of commits are made of these, and reports show them.
pub const IDENTITY: [(&str, &str); 8] = [
    ("GIT_AUTHOR_NAME", "test"),
    ("GIT_AUTHOR_EMAIL", "test"),
    ("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z"),
    ("GIT_COMMITTER_NAME", "test"),
    ("GIT_COMMITTER_EMAIL", "test"),
    ("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z"),
    // What the machine's user has set is nobody's business here.
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_SYSTEM", "/dev/null"),
];

pub const DOCUMENT: &str = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths: {}
";

/// What every document begins with, up to its paths.
pub const DOCUMENT_HEAD: &str = "\
openapi: 3.0.3
info: { title: Pets, version: '1' }
paths:
";

/// The document with one operation at the path.
pub fn with_operation(path: &str) -> String {
    let operation = "get: { responses: { '200': { description: All of them } } }";
    DOCUMENT.replace("paths: {}", &format!("paths:\n  {path}:\n    {operation}"))
}

pub struct Repository {
    pub place: Place,
}

impl Repository {
    /// On the branch `main`, without a commit.
    pub fn empty() -> Self {
        let repository = Self {
            place: Place::empty(SDK),
        };
        repository.git("init --quiet --initial-branch main");
        repository
    }

    /// With one document, committed.
    pub fn with_document() -> Self {
        let repository = Self::empty();
        repository.write("schema/pets.yaml", DOCUMENT);
        repository.commit();
        repository
    }

    pub fn write(&self, path: &str, text: &str) {
        self.place.write(path, text);
    }

    /// Commits everything.
    pub fn commit(&self) {
        self.git("add --all");
        self.git("commit --quiet --allow-empty --message change");
    }

    /// Runs git with arguments separated by spaces, which must go well.
    pub fn git(&self, arguments: &str) -> String {
        let mut command = Command::new("git");
        command
            .args(arguments.split_whitespace())
            .current_dir(self.place.path("."))
            .envs(IDENTITY);
        let run = Run::of(&mut command);
        assert_eq!(run.code, Some(0), "git {arguments}: {}", run.stderr);
        run.stdout
    }

    /// Runs `cargo sdk diff` on a day that is always the same.
    pub fn diff(&self, arguments: &str) -> Run {
        Run::of(&mut self.command(arguments))
    }

    pub fn command(&self, arguments: &str) -> Command {
        command(&self.place, arguments)
    }
}

pub fn command(place: &Place, arguments: &str) -> Command {
    let mut command = place.command(&format!("diff {arguments}"));
    command
        .env("SCHEMA_REVIEW_TODAY", "2026-11-22")
        // A repository around the temporary folder is not the test's.
        .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir());
    command
}
