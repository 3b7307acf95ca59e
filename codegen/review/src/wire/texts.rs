//! Text for people, and extensions, in an object that is no schema.

use std::collections::BTreeSet;

use super::document::At;
use super::edit::Edit;
use super::rules;

/// Everything in an object that has no comparison of its own: text for people and extensions.
pub fn compare(subject: &str, base: &At<'_>, head: &At<'_>, known: &[&str]) -> Vec<Edit> {
    let keys = |at: &At<'_>| -> BTreeSet<String> {
        let keys = at.object().into_iter().flat_map(|object| object.keys());
        keys.filter(|key| !known.contains(&key.as_str()))
            .cloned()
            .collect()
    };
    let mut edits = Vec::new();
    for key in &keys(base) | &keys(head) {
        let edit = match (base.get(&key), head.get(&key)) {
            (None, Some(after)) => Edit::added(
                &rules::TEXT_ADDED,
                format!("`{key}` was added to {subject}"),
                &after,
            ),
            (Some(before), None) => Edit::removed(
                &rules::TEXT_REMOVED,
                format!("`{key}` was removed from {subject}"),
                &before,
            ),
            (Some(before), Some(after)) if before.value != after.value => Edit::changed(
                &rules::TEXT_CHANGED,
                format!("`{key}` of {subject} changed"),
                &before,
                &after,
            ),
            _ => continue,
        };
        edits.push(edit);
    }
    edits
}
