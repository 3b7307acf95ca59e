//! What operationIds say below tags of several parts, `manage > projects` or `beta.datasets`, which are the resources.

use std::collections::BTreeMap;

use super::walk::Walk;
use super::words::{self, singular_words, snake};
use super::{Verbs, said};
use crate::api::Operation;
use crate::rust::names::is_version;

/// HTTP methods that ids say in place of a verb.
const SENT: [&str; 3] = ["patch", "post", "put"];

/// Whether most tags have several parts, as `manage > projects` or `beta.datasets`, and an id below them.
pub(super) fn are_parts(operations: &[&Operation]) -> bool {
    let with_ids = operations.iter().filter(|one| one.written_id.is_some());
    let tags = with_ids.filter_map(|one| one.tags.first());
    let count = tags.filter(|tag| parts(tag).len() > 1).count();
    count > 0 && 2 * count >= operations.len()
}

/// For each tag what all paths say after it, where that has members: `jobs` of `batch`, whose operations are at `/batch/jobs` and
/// `/batch/jobs/{id}`.
pub(super) fn below_tags(operations: &[&Operation]) -> BTreeMap<String, String> {
    let mut found: BTreeMap<&str, Option<(String, bool)>> = BTreeMap::new();
    for operation in operations {
        let Some(tag) = operation.tags.first() else {
            continue;
        };
        let next = after_tag(&operation.path, tag);
        let known = found.entry(tag).or_insert_with(|| next.clone());
        *known = match (known.take(), next) {
            (Some((word, has)), Some((other, own))) if word == other => Some((word, has || own)),
            _ => None,
        };
    }
    let with_members = found.into_iter().filter_map(|(tag, next)| {
        let (word, _) = next.filter(|(_, has_members)| *has_members)?;
        Some((tag.to_owned(), word))
    });
    with_members.collect()
}

/// The word that the path has after the last part of the tag, and whether an id follows that.
fn after_tag(path: &str, tag: &str) -> Option<(String, bool)> {
    let last = singular_words(parts(tag).last()?);
    let steps = Walk::of(path).steps;
    let own = |step: &super::walk::Step| step.is_word() && singular_words(&step.word) == last;
    let at = steps.iter().position(own)?;
    let next = steps.get(at + 1).filter(|step| step.is_word())?;
    let has_members = steps.get(at + 2).is_some_and(|step| step.parameter);
    Some((next.word.clone(), has_members))
}

/// The parts of a tag, one if what separates others is none there: `v1.0 users`.
pub(super) fn parts(tag: &str) -> Vec<String> {
    let is_name = |part: &&str| part.starts_with(|c: char| c.is_ascii_alphabetic());
    let by = |sign: &str| -> Vec<&str> { tag.split(sign).map(str::trim).collect() };
    let found = [by(">"), by(".")].into_iter();
    let mut found = found.filter(|parts| parts.len() > 1 && parts.iter().all(is_name));
    match found.next() {
        Some(parts) => parts.into_iter().map(snake).collect(),
        None => vec![snake(tag)],
    }
}

/// What an id says beside the resources, from the verb on: `upload` of `files_routes_upload_file`.
pub(super) fn said_below(
    operation: &Operation,
    resources: &[String],
    is_list: bool,
    verbs: &Verbs,
) -> Vec<String> {
    let mut id = from_verb(operation, resources);
    let last = resources
        .last()
        .map_or_else(Vec::new, |name| words::of(name));
    if id.len() == last.len() && singular_words(&id.join("_")) == singular_words(&last.join("_")) {
        return Vec::new();
    }
    let outer: Vec<String> = resources
        .iter()
        .flat_map(|name| singular_words(name))
        .collect();
    without_object(&mut id, &outer);
    if let [_, by, key] = id.as_slice()
        && by == "by"
        && key == "id"
    {
        id.truncate(1);
    }
    name_verb(&mut id, operation, is_list, verbs);
    id
}

/// The words of an id from the verb on, or else from behind the resource.
fn from_verb(operation: &Operation, resources: &[String]) -> Vec<String> {
    let id = operation.written_id.as_deref().unwrap_or_default();
    let mut id = words::of(said::without_path(id, operation));
    if id.len() > 1 && id.last().is_some_and(|last| is_version(last)) {
        id.pop();
    }
    let said_before: Vec<String> = resources.iter().flat_map(|name| words::of(name)).collect();
    let is_many = |word: &String| words::is_many(word) && !said_before.contains(word);
    match id.iter().position(|word| words::is_verb(word)) {
        // `bulk_delete`
        Some(verb) if verb > 0 && is_many(&id[verb - 1]) => drop(id.drain(..verb - 1)),
        Some(verb) => drop(id.drain(..verb)),
        None => {
            let last = resources
                .last()
                .map_or_else(Vec::new, |name| words::of(name));
            let goes_on = id.len().saturating_sub(1);
            let own = singular_words(&last.join("_"));
            let said = id[..goes_on].windows(last.len().max(1));
            // `schedule_workflow` of `schedules` is what is done; `connector_call_tool` of `connectors` says that after it.
            let is_own = |(at, some): (usize, &[String])| {
                let follow = goes_on - at;
                some == last || (follow > last.len() && singular_words(&some.join("_")) == own)
            };
            if let Some(at) = said.enumerate().rposition(is_own) {
                id.drain(..at + last.len());
            }
        }
    }
    id
}

/// How it is sent is not what is done; what gives several is listed.
fn name_verb(id: &mut [String], operation: &Operation, is_list: bool, verbs: &Verbs) {
    let is_many = id.last().is_some_and(|word| words::is_plural(word));
    let Some(verb) = id.first_mut() else {
        return;
    };
    let reads = operation.method == "GET" && said::READS.contains(&verb.as_str());
    if SENT.contains(&verb.as_str()) {
        *verb = verbs.of(&verb.to_uppercase());
    } else if is_list && is_many && reads {
        verb.clone_from(&verbs.list);
    }
}

/// Takes out what follows a verb and is the end of what leads to the resource: `dataset_record` of `update_dataset_record_payload`
/// below `datasets.records`. Where it is all that follows, the resource stays.
fn without_object(id: &mut Vec<String>, resources: &[String]) {
    let first = 1 + usize::from(id.first().is_some_and(|word| words::is_many(word)));
    let object = id.iter().skip(first);
    let object: Vec<String> = object.map(|word| words::singular(word)).collect();
    let longest = object.len().min(resources.len());
    let ends = |count: &usize| object.starts_with(&resources[resources.len() - count..]);
    if let Some(said) = (1..=longest).rev().find(ends) {
        let kept = usize::from(first == 1 && said == object.len());
        id.drain(first..first + said - kept);
    }
}
