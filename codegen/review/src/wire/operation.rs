//! One operation on both sides: what changed in it, and in its callbacks, which have operations themselves.

use std::collections::BTreeMap;

use super::document::At;
use super::edit::{Edit, Spot};
use super::engine::Engine;
use super::model::{Operation, Sender};
use super::{
    bodies, lifecycle, operation_pairs, parameters, rules, security, servers, tags, texts,
};
use crate::report::{CALLBACK, Renamed};
use crate::taxonomy::{Area, Direction};

/// Compares two operations that are one.
pub fn compare<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &Operation<'a>,
    head: &Operation<'a>,
    sender: Sender,
) {
    let subject = head.title();
    for edit in lifecycle::of_objects(&subject, &base.at, &head.at, engine.today, false) {
        engine.of_operation(edit, Area::Paths, Direction::None, index);
    }
    identifiers(engine, index, base, head);
    tags::of_operation(engine, index, base, head);
    security::of_operation(engine, index, base, head);
    servers::of_operation(engine, index, base, head);
    parameters::compare(engine, index, base, head, sender);
    bodies::request(engine, index, base, head, sender);
    bodies::responses(engine, index, base, head, sender);
    callbacks(engine, index, base, head, sender);
    let texts = texts::compare(&subject, &base.at, &head.at, &COMPARED);
    for edit in texts {
        engine.of_operation(edit, Area::Paths, Direction::None, index);
    }
}

/// What has a comparison of its own.
const COMPARED: [&str; 14] = [
    "operationId",
    "tags",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
    "deprecated",
    "x-sunset",
    "x-stability-level",
    "security",
    "consumes",
    "produces",
    "schemes",
    "servers",
];

fn identifiers<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &Operation<'a>,
    head: &Operation<'a>,
) {
    let (before, after) = (base.at.get("operationId"), head.at.get("operationId"));
    let subject = head.title();
    let edit = match (before, after) {
        (None, Some(after)) => Edit::added(
            &rules::NAME_ADDED,
            format!("{subject} has an operationId now"),
            &after,
        ),
        (Some(before), None) => Edit::removed(
            &rules::NAME_REMOVED,
            format!("{subject} no longer has an operationId"),
            &before,
        ),
        (Some(before), Some(after)) if before.value != after.value => {
            let text = |at: &At<'_>| at.value.as_str().unwrap_or_default().to_owned();
            let (from, to) = (text(&before), text(&after));
            let message = format!("the operationId of {subject} changed from `{from}` to `{to}`");
            let mut edit = Edit::changed(&rules::NAME_REMOVED, message, &before, &after);
            edit.part = Some(from.clone());
            // Only the crate is named after it, and says what would help.
            let softened_by = String::new();
            edit.renamed = Some(Renamed {
                from,
                to,
                softened_by,
            });
            edit.also(&rules::NAME_ADDED)
        }
        _ => return,
    };
    engine.of_operation(edit, Area::Paths, Direction::None, index);
}

fn callbacks<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &Operation<'a>,
    head: &Operation<'a>,
    sender: Sender,
) {
    let list = |at: Option<At<'a>>| -> BTreeMap<&'a String, At<'a>> {
        at.into_iter().flat_map(|at| at.members()).collect()
    };
    let before = list(base.at.get("callbacks"));
    let after = list(head.at.get("callbacks"));
    let subject = head.title();
    let mut edits = Vec::new();
    for (callback, at) in &after {
        match before.get(callback) {
            Some(old) => {
                let old = engine.base.resolved(old.clone());
                let new = engine.head.resolved(at.clone());
                // What a callback is called back by may be the same again.
                let sides = (old.location.clone(), new.location.clone(), sender);
                let is_outermost = engine.callbacks.is_empty();
                if engine.callbacks.contains(&sides) {
                    continue;
                }
                engine.callbacks.push(sides);
                let old = engine.base.operations(&old);
                let new = engine.head.operations(&new);
                let name = format!("{CALLBACK} {callback} of {} {}", head.method, head.path);
                let stability = engine.operations[index].stability.clone();
                let inner = engine.add_server_request(name, stability);
                server_requests(engine, inner, &old, &new, sender);
                if is_outermost {
                    engine.callbacks.clear();
                }
            }
            None => {
                let message = format!("the callback `{callback}` was added to {subject}");
                edits.push(Edit::added(&rules::CALLBACK_ADDED, message, at));
            }
        }
    }
    for (callback, at) in before.iter().filter(|(name, _)| !after.contains_key(*name)) {
        let message = format!("the callback `{callback}` was removed from {subject}");
        edits.push(Edit::removed(&rules::CALLBACK_REMOVED, message, at));
    }
    for edit in edits {
        engine.of_operation(edit, Area::Paths, Direction::None, index);
    }
}

/// Compares the requests of one webhook, or of one callback of what the sender sends.
pub fn server_requests<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &[Operation<'a>],
    head: &[Operation<'a>],
    sender: Sender,
) {
    let matched = operation_pairs::find(base, head, ("", ""));
    for (b, h) in &matched.exact {
        let index = engine.add_request_of(index, base[*b].stability());
        let (old, new) = (&base[*b], &head[*h]);
        if old.path != new.path {
            let message = format!(
                "the server calls `{}` now instead of `{}`",
                new.path, old.path
            );
            let spot = |callback: &Operation<'_>| {
                let place = callback.at.location.parent().unwrap_or_default();
                Spot::new(&place, callback.path.clone())
            };
            let rule = &rules::CALLBACK_MOVED;
            let edit = Edit::changed(rule, message, spot(old), spot(new));
            engine.of_operation(edit, Area::Paths, Direction::None, index);
        }
        compare(engine, index, old, new, sender.other());
    }
    for (b, operation) in base.iter().enumerate() {
        if !matched.exact.iter().any(|(index, _)| *index == b) {
            let message = format!("the server no longer sends {}", operation.title());
            let edit = Edit::removed(&rules::CALLBACK_REMOVED, message, &operation.at);
            let index = engine.add_request_of(index, operation.stability());
            engine.of_operation(edit, Area::Paths, Direction::None, index);
        }
    }
    for (h, operation) in head.iter().enumerate() {
        if !matched.exact.iter().any(|(_, index)| *index == h) {
            let message = format!("the server sends {} now", operation.title());
            let edit = Edit::added(&rules::CALLBACK_ADDED, message, &operation.at);
            engine.of_operation(edit, Area::Paths, Direction::None, index);
        }
    }
}
