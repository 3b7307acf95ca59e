//! What the operands of the command mean: which documents are compared.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::document_path::{DocumentPath, Version, input, is_openapi, read};
use super::git::{Commit, DEEPEN, Entry, Git};
use super::pair::{Found, Pair, Reading};
use super::scope::{Named, Scope};
use super::{blank, renames};
use crate::outcome::{Result, Unable};

const EXTENSIONS: [&str; 3] = ["yaml", "yml", "json"];

/// One of the two operands.
#[derive(Debug)]
enum Operand {
    /// One document.
    DocumentPath(DocumentPath),
    /// The document that Cargo.toml names, or all under `schema/`.
    Version(Version),
}

pub fn find(base: Option<&str>, head: Option<&str>, reading: &Reading) -> Result<Found> {
    let base = base.map(operand).transpose()?;
    let head = head.map(operand).transpose()?;
    let (base, head) = match (base, head) {
        (Some(base), Some(head)) => (base, head),
        // A file by itself is the newer one.
        (Some(file @ Operand::DocumentPath(DocumentPath::File { .. })), None) => {
            (merge_base()?, file)
        }
        (Some(base), None) => (base, Operand::Version(Version::WorkingTree)),
        (None, _) => (merge_base()?, Operand::Version(Version::WorkingTree)),
    };
    let (base, head) = match (base, head) {
        (Operand::Version(base), Operand::Version(head)) => return all(&base, &head, reading),
        (Operand::Version(base), Operand::DocumentPath(head)) => (head.at(&base)?, head),
        (Operand::DocumentPath(base), Operand::Version(head)) => {
            let head = base.at(&head)?;
            (base, head)
        }
        (Operand::DocumentPath(base), Operand::DocumentPath(head)) => (base, head),
    };
    let scope = scope()?;
    let pair = two(&base, &head, scope.as_ref(), reading)?;
    found(vec![pair], review(&base, &head, scope))
}

fn found(pairs: Vec<Pair>, review: Option<DocumentPath>) -> Result<Found> {
    let text = review.as_ref().map(|place| read(place, "review "));
    Ok(Found {
        pairs,
        review: text.transpose()?.flatten(),
        review_file: review.as_ref().and_then(DocumentPath::file),
        review_name: review.as_ref().map(DocumentPath::name),
    })
}

/// Without a repository there is none.
fn scope() -> Result<Option<(Git, Scope)>> {
    let Ok(git) = Git::find() else {
        return Ok(None);
    };
    let scope = Scope::find(&git)?;
    Ok(Some((git, scope)))
}

fn merge_base() -> Result<Operand> {
    let commit = Git::find()?.merge_base()?;
    Ok(Operand::Version(Version::Commit(commit)))
}

fn operand(text: &str) -> Result<Operand> {
    // Also what a shell makes of `<(command)`.
    if std::fs::metadata(text).is_ok_and(|metadata| !metadata.is_dir()) {
        return Ok(Operand::DocumentPath(DocumentPath::File {
            path: PathBuf::from(text),
            name: text.to_owned(),
        }));
    }
    let outside = |Unable(why)| Unable(format!("`{text}` is not a file, and {why}"));
    let git = Git::find().map_err(outside)?;
    if let Some((revision, path)) = text.split_once(':')
        && let Some(commit) = git.commit(revision)?
    {
        return path_of_commit(&git, commit, path).map(Operand::DocumentPath);
    }
    match git.commit(text)? {
        Some(commit) => Ok(Operand::Version(Version::Commit(commit))),
        None => Err(unknown(&git, text)?),
    }
}

fn path_of_commit(git: &Git, commit: Commit, path: &str) -> Result<DocumentPath> {
    let name = &commit.name;
    match git.entry(&commit, path)? {
        Entry::File(_) => Ok(DocumentPath::Commit {
            commit,
            path: path.to_owned(),
        }),
        Entry::Folder => Err(Unable(format!(
            "`{name}:{path}` is a folder\n  \
             help: name a document in it, or the revision alone for all under {}",
            Scope::find(git)?.shown()
        ))),
        Entry::Link(why) => Err(Unable(format!(
            "{path} in {name} is a symbolic link {why}\n  \
             help: name the document itself, in the working tree or as REV:PATH"
        ))),
        Entry::Nothing => Err(Unable(format!(
            "there is no {path} in {name}\n  help: paths are seen from the root of the repository; {}",
            there_is(git, &commit)?
        ))),
    }
}

/// What may have been meant instead.
fn there_is(git: &Git, commit: &Commit) -> Result<String> {
    let scope = Scope::find(git)?;
    let mut documents = git.files(commit, &scope.folder)?;
    documents.retain(|path| is_document_name(path));
    Ok(match documents.as_slice() {
        [] => format!("nothing is under {} there", scope.shown()),
        documents => format!("it has {}", documents.join(", ")),
    })
}

fn unknown(git: &Git, text: &str) -> Result<Unable> {
    let what = if Path::new(text).is_dir() {
        "a folder, and not"
    } else {
        "neither a file nor"
    };
    let help = match range(git, text)? {
        Some((base, head)) => format!("name both revisions: `diff {base} {head}`"),
        None if git.is_shallow()? => format!("the clone is shallow: {DEEPEN}"),
        None => "`git branch --all` and `git tag` list the revisions; REV:PATH is a file of one"
            .to_owned(),
    };
    Ok(Unable(format!(
        "`{text}` is {what} a revision of git\n  help: {help}"
    )))
}

/// The ends of a range of revisions. Paths may have two dots as well: one end at least is a revision.
fn range<'t>(git: &Git, text: &'t str) -> Result<Option<(&'t str, &'t str)>> {
    let Some((base, head)) = text.split_once("..") else {
        return Ok(None);
    };
    let head = head.trim_start_matches('.');
    let is_range = git.commit(base)?.is_some() || git.commit(head)?.is_some();
    Ok(is_range.then_some((base, head)))
}

/// The documents of the scope, each in two versions. One that is in a single version only is compared with nothing.
fn all(base: &Version, head: &Version, reading: &Reading) -> Result<Found> {
    let git = Git::find()?;
    let scope = Scope::find(&git)?;
    let (old, new) = (
        documents(&git, base, &scope)?,
        documents(&git, head, &scope)?,
    );
    let mut paths = renames::paired(&git, (base, &old), (head, &new))?;
    if let Some(Named { document, .. }) = &scope.named {
        paths.retain(|(old, new)| [old, new].contains(&document));
    }
    if paths.is_empty() {
        let what = match &scope.named {
            Some(Named { document, .. }) => format!("there is no {document}"),
            None => format!("no OpenAPI document is under {}", scope.shown()),
        };
        return Err(Unable(format!(
            "{what}, neither in {} nor in {}\n  \
             help: name the documents: `diff OLD.yaml NEW.yaml`",
            base.name(),
            head.name()
        )));
    }
    let review = Version::WorkingTree.place(&git, &scope.review);
    let within = (git, scope);
    let pair = |(old, new): &(String, String)| {
        let (old, new) = (base.place(&within.0, old), head.place(&within.0, new));
        let mut pair = versions(&old, &new, Some(&within), reading)?;
        pair.notes.extend(renames::notes(&old, &new, &pair, head)?);
        Ok(pair)
    };
    found(paths.iter().map(pair).collect::<Result<_>>()?, Some(review))
}

/// The paths of the documents below the folder, seen from the root of the repository; of the root itself, those that are
/// in no folder.
fn documents(git: &Git, version: &Version, scope: &Scope) -> Result<Vec<String>> {
    let files = match version {
        Version::WorkingTree => git.working_files(&scope.folder)?,
        Version::Commit(commit) => git.files(commit, &scope.folder)?,
    };
    let named = scope.named.as_ref().map(|named| named.document.as_str());
    let mut documents = Vec::new();
    for path in files {
        if named == Some(path.as_str()) {
            documents.push(path);
            continue;
        }
        if !is_document_name(&path) || (scope.folder.is_empty() && path.contains('/')) {
            continue;
        }
        let source = read(&version.place(git, &path), "")?;
        if source.is_some_and(|source| is_openapi(&source.text)) {
            documents.push(path);
        }
    }
    Ok(documents)
}

fn is_document_name(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension))
}

/// One document in two versions, of which one may be missing.
fn versions(
    base: &DocumentPath,
    head: &DocumentPath,
    scope: Option<&(Git, Scope)>,
    reading: &Reading,
) -> Result<Pair> {
    let mut notes = Vec::new();
    let policies = policies(base, head, scope)?;
    let files = [Some(base), Some(head)]
        .into_iter()
        .chain(policies.each_ref().map(Option::as_ref));
    let files = files.filter_map(|place| place?.file()).collect();
    let [base_policy, head_policy] = policies.each_ref().map(Option::as_ref);
    let policy_file = match head_policy.cloned() {
        Some(DocumentPath::File { path, .. }) if path.is_file() => Some(path),
        _ => None,
    };
    let missing = |place: &DocumentPath, what| {
        let name = place.name();
        format!("{name} does not exist: all of it counts as {what}")
    };
    let (base, head) = match (
        input(base, base_policy, reading)?,
        input(head, head_policy, reading)?,
    ) {
        (Some(base), Some(head)) => (base, head),
        (Some(found), None) => {
            notes.push(missing(head, "removed"));
            let blank = blank::of(&found, &head.name());
            (found, blank)
        }
        (None, Some(found)) => {
            notes.push(missing(base, "added"));
            (blank::of(&found, &base.name()), found)
        }
        (None, None) => {
            let (base, head) = (base.name(), head.name());
            return Err(Unable(format!("neither {base} nor {head} exists")));
        }
    };
    Ok(Pair {
        base,
        head,
        notes,
        policy_file,
        files,
    })
}

/// Where the policy of each version is: what Cargo.toml names for its document, if that is there, or else the file beside
/// it.
fn policies(
    base: &DocumentPath,
    head: &DocumentPath,
    scope: Option<&(Git, Scope)>,
) -> Result<[Option<DocumentPath>; 2]> {
    let named = scope.and_then(|(git, scope)| {
        let Named { document, policy } = scope.named.as_ref()?;
        let is_its = [base.path(), head.path()].contains(document);
        is_its.then_some((git, policy.as_deref()?))
    });
    let policy = |place: &DocumentPath| -> Result<_> {
        if let Some((git, path)) = named {
            let policy = place.sibling(git, path);
            if read(&policy, "policy ")?.is_some() {
                return Ok(Some(policy));
            }
        }
        Ok(place.policy())
    };
    Ok([policy(base)?, policy(head)?])
}

/// Two documents of which at least one was named. They may have nothing to do with each other: a
/// policy that only one of them has is then for both, since it is no difference between them.
fn two(
    base: &DocumentPath,
    head: &DocumentPath,
    scope: Option<&(Git, Scope)>,
    reading: &Reading,
) -> Result<Pair> {
    let mut pair = versions(base, head, scope, reading)?;
    if base.path() == head.path() {
        return Ok(pair);
    }
    let policy = match (&pair.base.policy, &pair.head.policy) {
        (Some(policy), None) | (None, Some(policy)) => Arc::clone(policy),
        _ => return Ok(pair),
    };
    pair.notes
        .push(format!("{} is used for both documents", policy.name));
    pair.base.policy = Some(Arc::clone(&policy));
    pair.head.policy = Some(policy);
    Ok(pair)
}

/// Where the review file is: that of the scope if one of the documents is in it, or else the one beside them.
fn review(
    base: &DocumentPath,
    head: &DocumentPath,
    scope: Option<(Git, Scope)>,
) -> Option<DocumentPath> {
    match scope {
        Some((git, scope)) if scope.contains(&base.path()) || scope.contains(&head.path()) => {
            Some(Version::WorkingTree.place(&git, &scope.review))
        }
        _ => head.review().or_else(|| base.review()),
    }
}
