//! Paths and ids as OData is converted: `/me/messages/{id}/acme.mail.reply`, and `me.messages.ListAttachments` for
//! `GET /me/messages/{id}/attachments`.

use std::collections::BTreeMap;

use super::walk::Walk;
use super::words::{self, singular_words, snake};
use super::words_of;
use crate::api::Operation;

/// So many names of actions show which namespace they are in.
const SEVERAL: usize = 5;

/// What such ids say of the HTTP method.
const VERBS: [(&str, &[&str]); 5] = [
    ("GET", &["get", "list"]),
    ("POST", &["create"]),
    ("PUT", &["update", "set"]),
    ("PATCH", &["update"]),
    ("DELETE", &["delete"]),
];

/// Whether half of the ids are the path, with a verb before its last word, and so say less than that does; others say an action.
pub(super) fn are_paths(operations: &[&Operation]) -> bool {
    let ids = operations.iter().filter_map(|one| one.id.as_deref());
    if !ids.clone().any(|id| id.contains('.')) {
        return false;
    }
    let made = operations.iter().filter(|one| is_path(one)).count();
    made > 0 && made * 2 >= ids.count()
}

fn is_path(operation: &Operation) -> bool {
    let parts = operation.id.as_deref().and_then(|id| id.rsplit_once('.'));
    let Some((outer, last)) = parts else {
        return false;
    };
    let said = words::of(last);
    let Some((verb, object)) = said.split_first().filter(|(_, object)| !object.is_empty()) else {
        return false;
    };
    let is_usual = VERBS
        .iter()
        .any(|(method, usual)| *method == operation.method && usual.contains(&verb.as_str()));
    let mut said = singular_words(outer);
    said.extend(object.iter().map(|word| words::singular(word)));
    is_usual && said == singular_words(&words_of(&operation.path).join("_"))
}

/// What the qualified names of actions, functions and types in paths begin with; nothing where they are in several namespaces.
pub(super) fn namespace(operations: &[&Operation]) -> Vec<String> {
    let names: Vec<Vec<String>> = operations
        .iter()
        .flat_map(|operation| qualified_names(&operation.path))
        .collect();
    let mut shared: Vec<String> = Vec::new();
    while names.len() >= SEVERAL {
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        for name in names.iter().filter(|name| name.starts_with(&shared)) {
            // The last is no part of it.
            if name.len() > shared.len() + 1 {
                *counts.entry(&name[shared.len()]).or_default() += 1;
            }
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        match most {
            Some((word, count)) if count * 10 >= names.len() * 9 => shared.push(word.clone()),
            _ => break,
        }
    }
    shared
}

/// Those are below what they are about: at the beginning of a path are names of other kinds, as in `/chat.postMessage`.
fn qualified_names(path: &str) -> impl Iterator<Item = Vec<String>> {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.skip(1).filter_map(|segment| {
        let name = segment.split('(').next().unwrap_or_default();
        let is_name = name.contains('.') && !name.contains(['{', ':']);
        is_name.then(|| name.split('.').map(snake).collect())
    })
}

/// Takes the namespace out of the names that have it.
pub(super) fn without_namespace(walk: &mut Walk, namespace: &[String]) {
    let mut at = 0;
    while at + namespace.len() < walk.steps.len() && !namespace.is_empty() {
        let some = &walk.steps[at..=at + namespace.len()];
        let is_in_one = some.iter().all(|step| step.segment == some[0].segment);
        let is_said = some
            .iter()
            .zip(namespace)
            .all(|(step, word)| step.word == *word && !step.parameter);
        if some[0].segment > 0 && is_in_one && is_said {
            walk.steps.drain(at..at + namespace.len());
        }
        at += 1;
    }
}
