//! What the verbs about changes are about when no document is named, and the files that go with it.

use std::env;
use std::path::Path;

use super::git::Git;
use crate::defaults;
pub use crate::defaults::REVIEW;
use crate::outcome::{Result, Unable};

/// The folder of documents where Cargo.toml names none.
const FOLDER: &str = "schema";

/// What the nearest Cargo.toml names, or else the nearest folder `schema/`. Paths are seen from the root of the
/// repository, which itself is the empty path.
#[derive(Debug)]
pub struct Scope {
    pub folder: String,
    pub named: Option<Named>,
    /// The review file, which need not be there.
    pub review: String,
}

/// The document that Cargo.toml names.
#[derive(Debug)]
pub struct Named {
    pub document: String,
    pub policy: Option<String>,
}

impl Scope {
    pub fn find(git: &Git) -> Result<Self> {
        match defaults::find()? {
            // A table above the repository is not this repository's.
            Some(paths) if git.place_of(&paths.manifest).is_some() => Self::named(git, &paths),
            _ => nearest(git),
        }
    }

    fn named(git: &Git, paths: &defaults::Paths) -> Result<Self> {
        let place = |path: &Path| {
            git.place_of(path).ok_or_else(|| {
                let (manifest, path) = (paths.manifest.display(), path.display());
                Unable(format!(
                    "{manifest} names {path}, which is not in this repository"
                ))
            })
        };
        let document = place(&paths.schema)?;
        let (folder, _) = document.rsplit_once('/').unwrap_or_default();
        let folder = folder.to_owned();
        let review = match &paths.review {
            Some(path) => place(path)?,
            None => within(&folder, REVIEW),
        };
        let policy = paths.policy.as_deref().map(place).transpose()?;
        Ok(Self {
            folder,
            named: Some(Named { document, policy }),
            review,
        })
    }

    pub fn contains(&self, path: &str) -> bool {
        self.folder.is_empty() || path.starts_with(&format!("{}/", self.folder))
    }

    /// As in `schema/`.
    pub fn shown(&self) -> String {
        if self.folder.is_empty() {
            "the root of the repository".to_owned()
        } else {
            format!("{}/", self.folder)
        }
    }

    /// The folder, and the files of the document that are elsewhere.
    pub fn places(&self) -> Vec<&str> {
        let policy = self
            .named
            .as_ref()
            .and_then(|named| named.policy.as_deref());
        let files = policy.into_iter().chain([self.review.as_str()]);
        let elsewhere = files.filter(|file| !self.contains(file));
        [self.folder.as_str()]
            .into_iter()
            .chain(elsewhere)
            .collect()
    }
}

/// The nearest `schema/`, going up from where the user stands: a workspace may be a folder of a larger repository.
fn nearest(git: &Git) -> Result<Scope> {
    let current = env::current_dir().map_err(|error| Unable(error.to_string()))?;
    let near = current.ancestors().map(|folder| folder.join(FOLDER));
    let near = near
        .filter(|folder| folder.is_dir())
        .find_map(|folder| git.relative(&folder));
    let folder = near.unwrap_or_else(|| FOLDER.to_owned());
    Ok(Scope {
        review: within(&folder, REVIEW),
        folder,
        named: None,
    })
}

fn within(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}
