//! Where a document is, in the working tree or in a revision, and what is there.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use codegen::diagnostic::Source;
use codegen::document::{self, Disk, Folder};
use codegen::policy::Policy;
use review::Input;

use super::folder::Revision;
use super::git::{Commit, Entry, Git};
use super::pair::Reading;
use super::scope::REVIEW;
use crate::outcome::{Result, Unable};

/// Where one document is.
#[derive(Debug, Clone)]
pub enum DocumentPath {
    File { path: PathBuf, name: String },
    Commit { commit: Commit, path: String },
}

/// All documents of one time.
#[derive(Debug, Clone)]
pub enum Version {
    WorkingTree,
    Commit(Commit),
}

impl DocumentPath {
    pub fn name(&self) -> String {
        match self {
            Self::File { name, .. } => name.clone(),
            Self::Commit { commit, path } => format!("{}:{path}", commit.name),
        }
    }

    /// Seen from the root of the repository, if it is in one.
    pub fn path(&self) -> String {
        match self {
            Self::File { path, name } => {
                let git = Git::find().ok();
                let inside = git.and_then(|git| git.relative(path));
                inside.unwrap_or_else(|| name.clone())
            }
            Self::Commit { path, .. } => path.clone(),
        }
    }

    /// Where it is in the working tree, or would be.
    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Self::File { path, .. } => Some(path.clone()),
            Self::Commit { path, .. } => Some(Git::find().ok()?.root.join(path)),
        }
    }

    /// The same document in another version.
    pub fn at(&self, version: &Version) -> Result<Self> {
        let git = Git::find()?;
        let path = match self {
            Self::File { path, .. } => git.relative(path),
            Self::Commit { path, .. } => Some(path.clone()),
        };
        let outside = || {
            let name = self.name();
            Unable(format!(
                "{name} is not in this repository\n  help: name two files: `diff OLD.yaml NEW.yaml`"
            ))
        };
        Ok(version.place(&git, &path.ok_or_else(outside)?))
    }

    /// A file by its path as seen from the folder of this one.
    fn beside(&self, other: &str) -> Self {
        match self {
            Self::File { path, name } => Self::File {
                path: path.with_file_name(other),
                name: Path::new(name).with_file_name(other).display().to_string(),
            },
            Self::Commit { commit, path } => Self::Commit {
                commit: commit.clone(),
                path: document::join(path, other),
            },
        }
    }

    /// The file beside it that has its name and ends in `toml`.
    pub fn policy(&self) -> Option<Self> {
        let beside = |path: &str| {
            let policy = Path::new(path).with_extension("toml");
            let is_review = policy.file_name().is_some_and(|name| name == REVIEW);
            policy.to_str().filter(|_| !is_review).map(str::to_owned)
        };
        Some(match self {
            Self::File { path, name } => Self::File {
                path: path.with_extension("toml"),
                name: beside(name)?,
            },
            Self::Commit { commit, path } => Self::Commit {
                commit: commit.clone(),
                path: beside(path)?,
            },
        })
    }

    /// The names that were inferred for it.
    fn lock(&self) -> Self {
        let name = self.path();
        let name = Path::new(&name).with_extension("lock");
        let name = name.file_name().and_then(|name| name.to_str());
        self.beside(name.unwrap_or_default())
    }

    /// Another file of the same version.
    pub fn sibling(&self, git: &Git, path: &str) -> Self {
        match self {
            Self::File { .. } => Version::WorkingTree.place(git, path),
            Self::Commit { commit, .. } => Version::Commit(commit.clone()).place(git, path),
        }
    }

    /// The review file beside it in the working tree.
    pub fn review(&self) -> Option<Self> {
        let (path, name) = match self {
            // What a shell makes of `<(command)` is in no folder of documents.
            Self::File { path, name } => (path.is_file().then_some(path)?.clone(), name),
            Self::Commit { path, .. } => (self.file()?, path),
        };
        let beside = Path::new(name).with_file_name(REVIEW);
        Some(Self::File {
            path: path.with_file_name(REVIEW),
            name: beside.to_str()?.to_owned(),
        })
    }
}

impl Version {
    pub fn name(&self) -> &str {
        match self {
            Self::WorkingTree => "the working tree",
            Self::Commit(commit) => &commit.name,
        }
    }

    /// What is at the path, which is seen from the root of the repository.
    pub fn place(&self, git: &Git, path: &str) -> DocumentPath {
        match self {
            Self::WorkingTree => DocumentPath::File {
                path: git.root.join(path),
                name: path.to_owned(),
            },
            Self::Commit(commit) => DocumentPath::Commit {
                commit: commit.clone(),
                path: path.to_owned(),
            },
        }
    }
}

/// The document that is there, if one is, with its policy.
pub fn input(
    place: &DocumentPath,
    policy: Option<&DocumentPath>,
    reading: &Reading,
) -> Result<Option<Input>> {
    let Some(document) = read(place, "")? else {
        return Ok(None);
    };
    let policy_text = policy.map(|place| read(place, "policy ")).transpose()?;
    let policy_text = policy_text.flatten().map(Arc::new);
    let overlays = overlays(policy.zip(policy_text.as_ref()), reading)?;
    let lock = read(&place.lock(), "lock ")?.map(Arc::new);
    let path = match place {
        DocumentPath::File { .. } => Some(PathBuf::from(place.path())),
        DocumentPath::Commit { .. } => None,
    };
    Ok(Some(Input {
        document: Arc::new(document),
        policy: policy_text,
        lock,
        folder: Some(folder(place, &reading.allow_outside)),
        overlays,
        path,
        absent: false,
    }))
}

/// Those that the policy names are in its folder, of the same version.
fn overlays(
    policy: Option<(&DocumentPath, &Arc<Source>)>,
    reading: &Reading,
) -> Result<Vec<Arc<Source>>> {
    let mut places = Vec::new();
    if let Some((place, policy)) = policy {
        let named = Policy::overlays_of(policy);
        places.extend(named.iter().map(|name| place.beside(name)));
    }
    places.extend(reading.overlays.iter().map(|path| DocumentPath::File {
        path: path.clone(),
        name: path.display().to_string(),
    }));
    let overlay = |place: &DocumentPath| match read(place, "overlay ")? {
        Some(source) => Ok(Arc::new(source)),
        None => Err(Unable(format!("there is no overlay {}", place.name()))),
    };
    places.iter().map(overlay).collect()
}

fn folder(place: &DocumentPath, others: &[PathBuf]) -> Arc<dyn Folder> {
    match place {
        DocumentPath::File { path, name } => Arc::new(Disk::of(path, name, others)),
        DocumentPath::Commit { commit, path } => Arc::new(Revision::of(commit, path, others)),
    }
}

/// The text of what is there, if something is.
pub fn read(place: &DocumentPath, what: &str) -> Result<Option<Source>> {
    let name = place.name();
    let cannot = |why: String| {
        Unable(format!(
            "cannot read the {what}file {name}: {why}\n  \
             help: documents are YAML or JSON; their policies, and {REVIEW}, are TOML"
        ))
    };
    let bytes = match place {
        DocumentPath::File { path, .. } => match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(cannot(error.to_string())),
        },
        DocumentPath::Commit { commit, path } => match Git::find()?.entry(commit, path)? {
            Entry::File(bytes) => bytes,
            Entry::Folder | Entry::Link(_) | Entry::Nothing => return Ok(None),
        },
    };
    let text = document::text(bytes).map_err(cannot)?;
    Ok(Some(Source::new(name, text)))
}

/// Whether the text is an OpenAPI document, by a glance, so that a broken document is one too, and its errors are shown.
pub fn is_openapi(text: &str) -> bool {
    const QUOTES: [char; 2] = ['"', '\''];
    let begins = |line: &str| {
        let rest = line.trim_start_matches(QUOTES).strip_prefix("openapi");
        rest.is_some_and(|rest| {
            let rest = rest.trim_start_matches(QUOTES);
            rest.trim_start().starts_with(':')
        })
    };
    if !text.trim_start().starts_with('{') {
        return text.lines().any(begins);
    }
    match serde_json::from_str::<Keys>(text) {
        Ok(keys) => keys.openapi.is_some(),
        Err(_) => text.contains("\"openapi\""),
    }
}

#[derive(serde::Deserialize)]
struct Keys {
    openapi: Option<serde::de::IgnoredAny>,
}

#[cfg(test)]
mod tests {
    use super::is_openapi;

    #[test]
    fn a_document_is_known_by_its_first_key() {
        for text in [
            "openapi: 3.0.3\n",
            "# a comment\ninfo: {}\n'openapi' : 3.1.0\n",
            "{\"info\":{},\"openapi\":\"3.0.3\"}",
            "{ \"openapi\": broken",
            "{openapi: 3.0.3, \"openapi\": 1}",
        ] {
            assert!(is_openapi(text), "{text}");
        }
        for text in [
            "",
            "swagger: '2.0'\n",
            "x:\n  openapi: 3.0.3\n",
            "{\"example\":{\"openapi\":\"3.0.3\"}}",
            "openapis: []\n",
        ] {
            assert!(!is_openapi(text), "{text}");
        }
    }
}
