//! What the review asks of git, through its program: where things are, and what they were.

use std::env;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::outcome::{Result, Unable};

/// Where the default branch may be found, the likeliest first.
const DEFAULT_BRANCHES: [&str; 5] = [
    "origin/HEAD",
    "origin/main",
    "origin/master",
    "main",
    "master",
];

/// In a workflow on a pull request, the branch that it is to be merged into.
const BASE_BRANCH: &str = "GITHUB_BASE_REF";

/// The repository around the folder where the user stands.
#[derive(Debug)]
pub struct Git {
    pub root: PathBuf,
}

/// A commit, and what reports call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    pub name: String,
    id: String,
}

/// What is at a path of a commit.
#[derive(Debug, PartialEq, Eq)]
pub enum Entry {
    File(Vec<u8>),
    Folder,
    /// A symbolic link to nothing in the commit: where it leads.
    Link(String),
    Nothing,
}

impl Git {
    pub fn find() -> Result<Self> {
        let output = git(["rev-parse", "--show-toplevel"])?;
        if output.status.success() {
            return Ok(Self {
                root: PathBuf::from(text(&output.stdout)),
            });
        }
        let said = text(&output.stderr);
        Err(Unable(match said {
            said if said.contains("not a git repository") => NO_REPOSITORY.to_owned(),
            said if said.contains("must be run in a work tree") => NO_WORKING_TREE.to_owned(),
            said => format!("git: {said}"),
        }))
    }

    /// The commit that a revision names, if it does.
    pub fn commit(&self, revision: &str) -> Result<Option<Commit>> {
        let peeled = format!("{revision}^{{commit}}");
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options"];
        let output = git(arguments.into_iter().chain([peeled.as_str()]))?;
        Ok(output.status.success().then(|| Commit {
            name: revision.to_owned(),
            id: text(&output.stdout),
        }))
    }

    /// Where HEAD left the default branch.
    pub fn merge_base(&self) -> Result<Commit> {
        let Some(head) = self.commit("HEAD")? else {
            return Err(Unable(NO_COMMIT.to_owned()));
        };
        let branch = self.default_branch()?;
        let output = git(["merge-base", &branch.id, &head.id])?;
        let id = text(&output.stdout);
        match id.get(..SHORT) {
            Some(name) if output.status.success() => Ok(Commit {
                name: name.to_owned(),
                id,
            }),
            _ if self.is_shallow()? => Err(Unable(format!(
                "the clone is shallow: it does not reach back to where HEAD left {}\n  help: {DEEPEN}",
                branch.name
            ))),
            _ => Err(Unable(format!(
                "HEAD and {} have no commit in common\n  help: {NAME_BASE}",
                branch.name
            ))),
        }
    }

    fn default_branch(&self) -> Result<Commit> {
        let named = env::var(BASE_BRANCH).unwrap_or_default();
        if !named.is_empty() {
            let branch = format!("origin/{named}");
            return self.commit(&branch)?.ok_or_else(|| {
                Unable(format!(
                    "{BASE_BRANCH} is {named}, and there is no {branch} in this clone\n  help: {DEEPEN}"
                ))
            });
        }
        for branch in DEFAULT_BRANCHES {
            if let Some(commit) = self.commit(branch)? {
                return Ok(commit);
            }
        }
        let tried = DEFAULT_BRANCHES.join(", ");
        Err(Unable(format!(
            "there is no default branch to compare with: none of {tried}\n  help: {NAME_BASE}"
        )))
    }

    /// What is at a path, which is seen from the root of the repository, past symbolic links.
    pub fn entry(&self, commit: &Commit, path: &str) -> Result<Entry> {
        // A name for each line is what git reads.
        if path.contains('\n') {
            return Ok(Entry::Nothing);
        }
        let object = format!("{}:{path}\n", commit.id);
        let arguments = ["cat-file", "--batch", "--follow-symlinks"];
        let output = git_reading(arguments, &object)?;
        if !output.status.success() {
            return Err(Unable(format!("git: {}", text(&output.stderr))));
        }
        let end = output.stdout.iter().position(|byte| *byte == b'\n');
        let (found, content) = output.stdout.split_at(end.unwrap_or(output.stdout.len()));
        let content = content.get(1..).unwrap_or_default();
        let content = content.strip_suffix(b"\n").unwrap_or(content);
        let found = text(found);
        let words: Vec<&str> = found.split(' ').collect();
        Ok(match words.as_slice() {
            [_, "blob", _] => Entry::File(content.to_vec()),
            [_, "tree", _] => Entry::Folder,
            ["symlink", _] => Entry::Link(format!("to {}, outside of it", text(content))),
            ["dangling", _] => Entry::Link("to nothing".to_owned()),
            ["loop", _] => Entry::Link("to itself".to_owned()),
            _ => Entry::Nothing,
        })
    }

    /// All files below a folder of a commit, as paths from the root.
    pub fn files(&self, commit: &Commit, folder: &str) -> Result<Vec<String>> {
        let arguments = ["ls-tree", "-r", "-z", "--name-only", "--full-tree"];
        let place = (!folder.is_empty()).then_some(folder);
        self.list(
            arguments
                .into_iter()
                .chain([commit.id.as_str(), "--"])
                .chain(place),
        )
    }

    /// All files below a folder of the working tree that git does not ignore.
    pub fn working_files(&self, folder: &str) -> Result<Vec<String>> {
        let arguments = ["ls-files", "-z", "--full-name", "--cached", "--others"];
        let place = format!(":(top,literal){folder}");
        let rest = ["--exclude-standard", "--", place.as_str()];
        let mut files = self.list(arguments.into_iter().chain(rest))?;
        files.retain(|file| self.root.join(file).is_file());
        Ok(files)
    }

    /// How many commits since then touch one of the places, those included that were taken back.
    pub fn touching(&self, since: &Commit, places: &[&str]) -> Result<usize> {
        let range = format!("{}..HEAD", since.id);
        let places = places.iter().map(|place| format!(":(top,literal){place}"));
        let places: Vec<String> = places.collect();
        // Without all history, a merge of what was taken back hides both.
        let arguments = ["rev-list", "--full-history", &range, "--"];
        let output = git(arguments
            .into_iter()
            .chain(places.iter().map(String::as_str)))?;
        if output.status.success() {
            Ok(text(&output.stdout).lines().count())
        } else {
            Err(Unable(format!("git: {}", text(&output.stderr))))
        }
    }

    pub fn is_in_history(&self, revision: &str) -> Result<bool> {
        let Some(commit) = self.commit(revision)? else {
            return Ok(false);
        };
        let output = git(["merge-base", "--is-ancestor", &commit.id, "HEAD"])?;
        Ok(output.status.success())
    }

    fn list<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Result<Vec<String>> {
        let output = git(arguments)?;
        if !output.status.success() {
            return Err(Unable(format!("git: {}", text(&output.stderr))));
        }
        let list = String::from_utf8_lossy(&output.stdout).into_owned();
        let names = list.split('\0').filter(|name| !name.is_empty());
        let mut names: Vec<String> = names.map(str::to_owned).collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    pub fn is_shallow(&self) -> Result<bool> {
        let output = git(["rev-parse", "--is-shallow-repository"])?;
        Ok(text(&output.stdout) == "true")
    }

    /// Where a file of the working tree is, or would be, as a path from the root, if that is below it. The file may be a
    /// symbolic link.
    pub fn place_of(&self, file: &Path) -> Option<String> {
        let name = file.file_name()?.to_str()?;
        let parent = match file.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        // A folder that was removed is below one that was not.
        let folder = match self.relative(parent) {
            Some(folder) => folder,
            None => self.place_of(parent)?,
        };
        Some(match folder.as_str() {
            "" => name.to_owned(),
            folder => format!("{folder}/{name}"),
        })
    }

    /// A file of the working tree as a path from the root, if it is below it.
    pub fn relative(&self, file: &Path) -> Option<String> {
        let (root, file) = (self.root.canonicalize().ok()?, file.canonicalize().ok()?);
        let parts = file.strip_prefix(root).ok()?.iter();
        let parts: Option<Vec<&str>> = parts.map(OsStr::to_str).collect();
        Some(parts?.join("/"))
    }
}

fn git<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result<Output> {
    git_reading(arguments, "")
}

/// Runs git where the user stands, in words that do not depend on the user's language.
fn git_reading<'a>(arguments: impl IntoIterator<Item = &'a str>, input: &str) -> Result<Output> {
    let mut command = Command::new("git");
    command
        .args(arguments)
        .env("LC_ALL", "C")
        // A comparison changes nothing, the index's times included.
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut run = || {
        let mut child = command.spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // One that ends without having read says why by itself.
            drop(stdin.write_all(input.as_bytes()));
        }
        child.wait_with_output()
    };
    run().map_err(|error: io::Error| {
        Unable(format!(
            "cannot run git: {error}\n  help: install it (https://git-scm.com), or name two files"
        ))
    })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end().to_owned()
}

/// How much of a commit's id stands for it.
const SHORT: usize = 10;

const NO_REPOSITORY: &str = "there is no git repository here\n  help: run this in a repository, \
     or name two files: `diff OLD.yaml NEW.yaml`";
const NO_WORKING_TREE: &str = "this repository is bare: it has no working tree\n  \
     help: run this in a clone of it, or name two files: `diff OLD.yaml NEW.yaml`";
const NO_COMMIT: &str = "this repository has no commit yet, and so nothing to compare with\n  \
     help: commit first, or name two files: `diff OLD.yaml NEW.yaml`";
const NAME_BASE: &str = "name the revision to compare with: `diff REV`";
pub const DEEPEN: &str = "fetch the rest with `git fetch --unshallow origin`, \
     or check out with `fetch-depth: 0` in a workflow";
