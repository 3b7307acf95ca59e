//! The operations of both documents: those that came, went or moved, and what changed in the others.

use std::collections::BTreeSet;

use super::document::{At, Version};
use super::edit::Edit;
use super::engine::Engine;
use super::model::{Operation, Sender};
use super::rules::{self, Rule};
use super::{lifecycle, operation, operation_pairs, servers};
use crate::report::Renamed;
use crate::taxonomy::{Area, Direction};

/// Compares all operations of both documents, and the servers that they have from them.
pub fn compare(engine: &mut Engine<'_, '_>) {
    let paths = (
        engine.base.root().get("paths"),
        engine.head.root().get("paths"),
    );
    let base = paths.0.map(|at| engine.base.operations(&at));
    let head = paths.1.map(|at| engine.head.operations(&at));
    let (base, head) = (base.unwrap_or_default(), head.unwrap_or_default());
    let prefixes = (engine.base.prefix(), engine.head.prefix());
    let matched = operation_pairs::find(&base, &head, (&prefixes.0, &prefixes.1));
    let moved = !matched.by_prefix.is_empty();
    for (b, h) in &matched.by_prefix {
        let (old, new) = (&base[*b].path, &head[*h].path);
        let message = format!("`{old}` is `{new}` now, and the same with the server's URL");
        engine.respelled(&head[*h].at, message, &base[*b].at);
    }
    let mut pairs = matched.exact.clone();
    pairs.extend(&matched.by_prefix);
    pairs.extend(&matched.renamed);
    pairs.sort_by_key(|(_, h)| *h);
    let by_prefix: BTreeSet<_> = matched.by_prefix.iter().copied().collect();
    let at_another: BTreeSet<_> = matched.renamed.iter().copied().collect();
    for (b, h) in &pairs {
        let index = engine.add_operation(&head[*h], &base[*b]);
        if at_another.contains(&(*b, *h)) {
            renamed(engine, index, &base[*b], &head[*h]);
        } else if base[*b].path != head[*h].path && !by_prefix.contains(&(*b, *h)) {
            let (old, new) = (&base[*b].path, &head[*h].path);
            let message = format!("`{old}` is `{new}` now, which is the same path");
            engine.respelled(&head[*h].at, message, &base[*b].at);
        }
        if !is_unchanged(engine, &base[*b], &head[*h]) {
            operation::compare(engine, index, &base[*b], &head[*h], Sender::Client);
        }
    }
    let gone: BTreeSet<usize> = pairs.iter().map(|(b, _)| *b).collect();
    let come: BTreeSet<usize> = pairs.iter().map(|(_, h)| *h).collect();
    for (index, operation) in base.iter().enumerate() {
        if !gone.contains(&index) {
            removed(engine, operation);
        }
    }
    for (index, operation) in head.iter().enumerate() {
        if !come.contains(&index) {
            let index = engine.add_operation(operation, operation);
            let message = format!("the operation {} was added", operation.title());
            engine.of_operation(
                Edit::added(&rules::ADDED, message, &operation.at),
                Area::Paths,
                Direction::None,
                index,
            );
        }
    }
    servers::of_document(engine, moved);
}

/// Whether no part of the operation can have an edit. Version 2.0 states media types elsewhere.
fn is_unchanged(engine: &Engine<'_, '_>, base: &Operation<'_>, head: &Operation<'_>) -> bool {
    let same = |base: &At<'_>, head: &At<'_>| engine.unchanged.values(base.value, head.value);
    let mut parameters = base.parameters.iter().zip(&head.parameters);
    engine.base.version != Version::V20
        && (&base.path, &base.method) == (&head.path, &head.method)
        && base.parameters.len() == head.parameters.len()
        && parameters.all(|(base, head)| same(&base.at, &head.at))
        && servers::same(base, head)
        && same(&base.at, &head.at)
}

fn removed<'a>(engine: &mut Engine<'a, '_>, operation: &Operation<'a>) {
    let index = engine.add_operation(operation, operation);
    let (rule, note) = removal(&operation.at, engine.today);
    let message = format!("the operation {} was removed", operation.title());
    let edit = Edit::removed(rule, message, &operation.at).note(note);
    engine.of_operation(edit, Area::Paths, Direction::None, index);
}

/// Whether callers were warned.
fn removal(operation: &At<'_>, today: &str) -> (&'static Rule, &'static str) {
    if !operation.flag("deprecated") {
        return (&rules::OPERATION_REMOVED, "it was not deprecated before");
    }
    match operation.value.get("x-sunset") {
        None => (&rules::OPERATION_RETIRED, "it was deprecated"),
        Some(sunset) => match sunset.as_str().and_then(lifecycle::date) {
            None => (&rules::OPERATION_REMOVED, "its sunset is not a date"),
            Some(date) if today < date.as_str() => {
                (&rules::OPERATION_REMOVED, "its sunset has not passed yet")
            }
            Some(_) => (&rules::OPERATION_RETIRED, "its sunset has passed"),
        },
    }
}

fn renamed<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &Operation<'a>,
    head: &Operation<'a>,
) {
    let message = format!("the operation {} moved to {}", base.title(), head.title());
    let mut edit = Edit::changed(&rules::OPERATION_REMOVED, message, &base.at, &head.at);
    edit = edit
        .also(&rules::ADDED)
        .note("requests to the old place fail");
    edit.renamed = Some(Renamed {
        from: format!("{} {}", base.method, base.path),
        to: format!("{} {}", head.method, head.path),
        softened_by: "keep the old path for a while, marked `deprecated: true`".to_owned(),
    });
    engine.of_operation(edit, Area::Paths, Direction::None, index);
}
