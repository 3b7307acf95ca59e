//! The other files of a document in the revision that the document is of.

use std::path::PathBuf;

use codegen::diagnostic::Source;
use codegen::document::{self, Folder, Found, Unreadable};

use super::git::{Commit, Entry, Git};

/// The folder of a document as it is in a commit.
#[derive(Debug)]
pub struct Revision {
    commit: Commit,
    /// The document itself, seen from the root of the repository.
    path: String,
    /// The folders that may be read, with a slash behind each; the root has none.
    allowed: Vec<String>,
}

impl Revision {
    /// The folder of a document; files of the other folders may be referred to, too.
    pub fn of(commit: &Commit, path: &str, others: &[PathBuf]) -> Self {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let inside = |folder: &PathBuf| Git::find().ok()?.relative(folder);
        let folders = std::iter::once(folder.to_owned());
        let folders = folders.chain(others.iter().filter_map(inside));
        let prefix = |folder: String| match folder.as_str() {
            "" => folder,
            _ => format!("{folder}/"),
        };
        Self {
            commit: commit.clone(),
            path: path.to_owned(),
            allowed: folders.map(prefix).collect(),
        }
    }
}

impl Folder for Revision {
    fn document(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    fn read(&self, path: &str) -> Result<Found, Unreadable> {
        let full = document::join(&self.path, path);
        let is_inside = |folder: &String| full.starts_with(folder.as_str());
        if full.starts_with("../") || !self.allowed.iter().any(is_inside) {
            return Err(Unreadable::Outside);
        }
        let entry = Git::find().and_then(|git| git.entry(&self.commit, &full));
        let bytes = match entry {
            Ok(Entry::File(bytes)) => bytes,
            Ok(Entry::Nothing) => return Err(Unreadable::Missing),
            Ok(Entry::Folder) => return Err(Unreadable::Other("it is a folder".to_owned())),
            Ok(Entry::Link(why)) => {
                return Err(Unreadable::Other(format!("it is a symbolic link {why}")));
            }
            Err(unable) => return Err(Unreadable::Other(unable.0)),
        };
        let text = document::text(bytes).map_err(Unreadable::Other)?;
        let folder = self.allowed.first();
        let short = folder.and_then(|folder| full.strip_prefix(folder.as_str()));
        Ok(Found {
            path: short.unwrap_or(path).to_owned(),
            source: Source::new(format!("{}:{full}", self.commit.name), text),
        })
    }
}
