//! Documents whose files were renamed.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::document_path::{DocumentPath, Version, read};
use super::git::Git;
use super::pair::Pair;
use crate::outcome::Result;

/// A version, and the paths of its documents.
type Documents<'a> = (&'a Version, &'a [String]);

/// The paths of each document in both versions. They differ where one document is gone and one is
/// new that has the same title, which no other of these has.
pub fn paired(
    git: &Git,
    base: Documents<'_>,
    head: Documents<'_>,
) -> Result<Vec<(String, String)>> {
    let mut gone = titles(git, base, head.1)?;
    let mut new = titles(git, head, base.1)?;
    let mut pairs = Vec::new();
    for (title, old) in &mut gone {
        if let ([_], Some([_]), Some(_)) = (&old[..], new.get(title).map(Vec::as_slice), title) {
            pairs.extend(
                old.pop()
                    .zip(new.remove(title).and_then(|mut new| new.pop())),
            );
        }
    }
    let in_both = base.1.iter().filter(|path| head.1.contains(path));
    let alone = gone.into_values().chain(new.into_values()).flatten();
    pairs.extend(
        in_both
            .cloned()
            .chain(alone)
            .map(|path| (path.clone(), path)),
    );
    pairs.sort_by(|one, two| one.1.cmp(&two.1));
    Ok(pairs)
}

/// What the reader should know about how the two were chosen.
pub fn notes(
    old: &DocumentPath,
    new: &DocumentPath,
    pair: &Pair,
    head: &Version,
) -> Result<Vec<String>> {
    let (from, to) = (old.path(), new.path());
    let mut notes = Vec::new();
    if from == to {
        return Ok(notes);
    }
    notes.push(format!("{from} is now {to}"));
    if let (Some(_), None) = (&pair.base.policy, &pair.head.policy)
        && let (Some(old), Some(new)) = (old.policy(), new.policy())
        && read(&head.place(&Git::find()?, &old.path()), "policy ")?.is_some()
    {
        let (old, new) = (old.path(), new.path());
        notes.push(format!(
            "its policy file was not renamed: rename {old} to {new}"
        ));
    }
    Ok(notes)
}

/// The documents that the other version does not have, by their titles.
fn titles(
    git: &Git,
    (version, paths): Documents<'_>,
    others: &[String],
) -> Result<BTreeMap<Option<String>, Vec<String>>> {
    let mut titles = BTreeMap::<_, Vec<String>>::new();
    for path in paths.iter().filter(|path| !others.contains(path)) {
        let source = read(&version.place(git, path), "")?;
        let title = source.and_then(|source| title(&source.text));
        titles.entry(title).or_default().push(path.clone());
    }
    Ok(titles)
}

/// `info.title`, of a document that can be read.
fn title(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Document {
        info: Info,
    }
    #[derive(Deserialize)]
    struct Info {
        title: String,
    }
    let document: Document = serde_yaml::from_str(text).ok()?;
    Some(document.info.title)
}
