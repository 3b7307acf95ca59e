//! Things below one of their own kind, as at `/accounts/{id}/accounts`: what their operationId calls them, `child_accounts`.

use super::ids::{ARTICLES, PREPOSITIONS};
use super::words::{self, is_verb, singular_words};
use crate::api::Operation;

/// The name of the last resource, where it is called as the one above it and the id says more.
pub(super) fn own_kind(resources: &[String], operation: &Operation) -> Option<String> {
    let [.., above, last] = resources else {
        return None;
    };
    if above != last {
        return None;
    }
    let id = words::of(operation.written_id.as_deref()?);
    let own = singular_words(last);
    let is_own = |some: &[String]| singular_words(&some.join("_")) == own;
    let at = id.windows(own.len().max(1)).rposition(is_own)?;
    let begins = |word: &String| is_verb(word) || ARTICLES.contains(&word.as_str());
    let from = id[..at].iter().rposition(begins).map_or(0, |at| at + 1);
    let before = &id[from..at];
    let is_filler = |word: &String| {
        PREPOSITIONS.contains(&word.as_str()) || own.contains(&words::singular(word))
    };
    let says_which = !before.is_empty() && !before.iter().any(is_filler);
    says_which.then(|| format!("{}_{last}", before.join("_")))
}
