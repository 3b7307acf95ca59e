//! Tags: those that the document describes, and those of operations.

use std::collections::BTreeMap;

use super::document::At;
use super::edit::Edit;
use super::engine::Engine;
use super::model::Operation;
use super::{rules, texts};
use crate::taxonomy::{Area, Direction};

/// The document's list of tags, which holds text.
pub fn compare<'a>(engine: &mut Engine<'a, '_>) {
    let (base, head) = (engine.base.root(), engine.head.root());
    let list = |root: &At<'a>| -> Vec<At<'a>> {
        root.get("tags")
            .into_iter()
            .flat_map(|at| at.items())
            .collect()
    };
    let (before, after) = (list(&base), list(&head));
    let find = |list: &[At<'a>], name: Option<&str>| {
        list.iter().find(|at| at.text("name") == name).cloned()
    };
    let mut edits = Vec::new();
    for at in &after {
        let name = at.text("name").unwrap_or_default();
        match find(&before, at.text("name")) {
            Some(old) => edits.extend(texts::compare(
                &format!("the tag `{name}`"),
                &old,
                at,
                &["name"],
            )),
            None => edits.push(Edit::added(
                &rules::TEXT_ADDED,
                format!("the tag `{name}` is described now"),
                at,
            )),
        }
    }
    for at in before
        .iter()
        .filter(|at| find(&after, at.text("name")).is_none())
    {
        let name = at.text("name").unwrap_or_default();
        edits.push(Edit::removed(
            &rules::TEXT_REMOVED,
            format!("the tag `{name}` is no longer described"),
            at,
        ));
    }
    for edit in edits {
        engine.of_document(edit, Area::Tags);
    }
}

/// The tags of one operation.
pub fn of_operation<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &Operation<'a>,
    head: &Operation<'a>,
) {
    let list = |operation: &Operation<'a>| -> BTreeMap<String, At<'a>> {
        let items = operation
            .at
            .get("tags")
            .into_iter()
            .flat_map(|at| at.items());
        items
            .filter_map(|at| Some((at.value.as_str()?.to_owned(), at)))
            .collect()
    };
    let (before, after) = (list(base), list(head));
    let subject = head.title();
    let mut edits = Vec::new();
    for (tag, at) in after.iter().filter(|(tag, _)| !before.contains_key(*tag)) {
        let message = format!("the tag `{tag}` was added to {subject}");
        edits.push(Edit::added(&rules::NAME_ADDED, message, at));
    }
    for (tag, at) in before.iter().filter(|(tag, _)| !after.contains_key(*tag)) {
        let message = format!("the tag `{tag}` was removed from {subject}");
        edits.push(Edit::removed(&rules::NAME_REMOVED, message, at));
    }
    for edit in edits {
        engine.of_operation(edit, Area::Tags, Direction::None, index);
    }
}
