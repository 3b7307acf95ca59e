//! Which operation became which, and what changed in each.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::document::{At, Version};
use super::edit::Edit;
use super::model::Operation;
use super::rules::{self, Rule};
use super::webhooks::Flow;
use super::{Engine, Reached, bodies, lifecycle, parameters, security, surroundings, webhooks};
use crate::{Area, Direction, Renamed};
use codegen::document::pointer;
use codegen::path_template;

pub fn compare(engine: &mut Engine<'_, '_>) {
    let paths = (
        engine.base.root().get("paths"),
        engine.head.root().get("paths"),
    );
    let base = paths.0.map(|at| engine.base.operations(&at));
    let head = paths.1.map(|at| engine.head.operations(&at));
    let (base, head) = (base.unwrap_or_default(), head.unwrap_or_default());
    let prefixes = (engine.base.prefix(), engine.head.prefix());
    let matched = matched(&base, &head, (&prefixes.0, &prefixes.1));
    let moved = !matched.by_prefix.is_empty();
    for (b, h) in &matched.by_prefix {
        let (old, new) = (&base[*b].path, &head[*h].path);
        let message = format!("`{old}` is `{new}` now, and the same with the server's URL");
        engine.respelled(&head[*h].at, message, &base[*b].at);
    }
    let mut pairs = matched.pairs.clone();
    pairs.extend(&matched.by_prefix);
    pairs.extend(&matched.renamed);
    pairs.sort_by_key(|(_, h)| *h);
    let by_prefix: BTreeSet<_> = matched.by_prefix.iter().copied().collect();
    let at_another: BTreeSet<_> = matched.renamed.iter().copied().collect();
    for (b, h) in &pairs {
        let index = engine.reached_by(&head[*h], &base[*b]);
        if at_another.contains(&(*b, *h)) {
            renamed(engine, index, &base[*b], &head[*h]);
        } else if base[*b].path != head[*h].path && !by_prefix.contains(&(*b, *h)) {
            let (old, new) = (&base[*b].path, &head[*h].path);
            let message = format!("`{old}` is `{new}` now, which is the same path");
            engine.respelled(&head[*h].at, message, &base[*b].at);
        }
        if !is_untouched(engine, &base[*b], &head[*h]) {
            operation(engine, index, &base[*b], &head[*h], Flow::Out);
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
            let owner = engine.reached_by(operation, operation);
            let message = format!("the operation {} was added", name(operation));
            engine.direct(
                Edit::added(&rules::ADDED, message, &operation.at),
                Area::Paths,
                Direction::None,
                owner,
            );
        }
    }
    surroundings::servers(engine, moved);
    webhooks::webhooks(engine);
}

/// Whether no part of the operation can have an edit. Version 2.0 states media types elsewhere.
fn is_untouched(engine: &Engine<'_, '_>, base: &Operation<'_>, head: &Operation<'_>) -> bool {
    let same = |base: &At<'_>, head: &At<'_>| engine.untouched.values(base.value, head.value);
    let mut parameters = base.parameters.iter().zip(&head.parameters);
    engine.base.version != Version::V20
        && (&base.path, &base.method) == (&head.path, &head.method)
        && base.parameters.len() == head.parameters.len()
        && parameters.all(|(base, head)| same(&base.at, &head.at))
        && value(&base.servers) == value(&head.servers)
        && same(&base.at, &head.at)
}

impl<'a> Engine<'a, '_> {
    /// Gives an operation its number.
    fn reached_by(&mut self, operation: &Operation<'a>, base: &Operation<'a>) -> usize {
        self.operations.push(Reached {
            name: format!("{} {}", operation.method, operation.path),
            stability: stability(base),
            inherits: !operation.own_security && !base.own_security,
        });
        self.operations.len() - 1
    }
}

pub fn stability(operation: &Operation<'_>) -> Option<String> {
    let level = operation.at.text("x-stability-level");
    level.map(str::to_owned)
}

#[derive(Default)]
pub struct Matched {
    pub pairs: Vec<(usize, usize)>,
    /// The same once the server's path is counted in.
    by_prefix: Vec<(usize, usize)>,
    /// At another path or by another method, under the same operationId.
    renamed: Vec<(usize, usize)>,
}

pub fn matched(base: &[Operation<'_>], head: &[Operation<'_>], prefixes: (&str, &str)) -> Matched {
    let mut found = Matched::default();
    let exact =
        |operation: &Operation<'_>| Some(format!("{} {}", operation.method, operation.path));
    let numbered = |operation: &Operation<'_>| {
        Some(format!(
            "{} {}",
            operation.method,
            path_template::anonymous(&operation.path)
        ))
    };
    let mut left = (all(base), all(head));
    found
        .pairs
        .extend(take((base, exact), (head, exact), &mut left));
    found
        .pairs
        .extend(take((base, numbered), (head, numbered), &mut left));
    if prefixes.0 != prefixes.1 {
        let full = |prefix: String| {
            move |operation: &Operation<'_>| {
                let path = path_template::anonymous(&operation.path);
                Some(format!("{} {prefix}{path}", operation.method))
            }
        };
        let (ours, theirs) = (full(prefixes.0.to_owned()), full(prefixes.1.to_owned()));
        found.by_prefix = take((base, ours), (head, theirs), &mut left);
    }
    let id = |operation: &Operation<'_>| operation.at.text("operationId").map(str::to_owned);
    found.renamed = take((base, id), (head, id), &mut left);
    found
}

fn all(list: &[Operation<'_>]) -> BTreeSet<usize> {
    (0..list.len()).collect()
}

/// Pairs what has the same key, and takes it from what is left.
fn take<'a, 'o>(
    (base, of_base): (
        &'o [Operation<'a>],
        impl Fn(&Operation<'a>) -> Option<String>,
    ),
    (head, of_head): (
        &'o [Operation<'a>],
        impl Fn(&Operation<'a>) -> Option<String>,
    ),
    left: &mut (BTreeSet<usize>, BTreeSet<usize>),
) -> Vec<(usize, usize)> {
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for h in left.1.iter().rev() {
        if let Some(key) = of_head(&head[*h]) {
            by_key.entry(key).or_default().push(*h);
        }
    }
    let mut found = Vec::new();
    for b in &left.0 {
        let key = of_base(&base[*b]);
        if let Some(h) = key.and_then(|key| by_key.get_mut(&key)).and_then(Vec::pop) {
            found.push((*b, h));
        }
    }
    for (b, h) in &found {
        left.0.remove(b);
        left.1.remove(h);
    }
    found
}

pub fn name(operation: &Operation<'_>) -> String {
    format!("`{} {}`", operation.method, operation.path)
}

fn removed<'a>(engine: &mut Engine<'a, '_>, operation: &Operation<'a>) {
    let owner = engine.reached_by(operation, operation);
    let (rule, note) = removal(&operation.at, engine.today);
    let message = format!("the operation {} was removed", name(operation));
    let edit = Edit::removed(rule, message, &operation.at).note(note);
    engine.direct(edit, Area::Paths, Direction::None, owner);
}

/// Whether callers were warned.
fn removal(operation: &At<'_>, today: &str) -> (&'static Rule, &'static str) {
    if !operation.flag("deprecated") {
        return (&rules::OPERATION_REMOVED, "it was not deprecated before");
    }
    match operation.value.get("x-sunset") {
        None => (&rules::OPERATION_RETIRED, "it was deprecated"),
        Some(sunset) => match sunset.as_str().and_then(lifecycle::date) {
            None => (&rules::OPERATION_REMOVED, "its sunset is no date"),
            Some(date) if today < date.as_str() => {
                (&rules::OPERATION_REMOVED, "its sunset is still to come")
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
    let message = format!("the operation {} moved to {}", name(base), name(head));
    let mut edit = Edit::changed(&rules::OPERATION_REMOVED, message, &base.at, &head.at);
    edit = edit
        .also(&rules::ADDED)
        .note("old callers find nothing at the old place");
    edit.renamed = Some(Renamed {
        from: format!("{} {}", base.method, base.path),
        to: format!("{} {}", head.method, head.path),
        softened_by: "keep the old path for a while, marked `deprecated: true`".to_owned(),
    });
    engine.direct(edit, Area::Paths, Direction::None, index);
}

/// Compares two operations that are one.
pub fn operation<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &Operation<'a>,
    head: &Operation<'a>,
    flow: Flow,
) {
    let subject = name(head);
    for edit in lifecycle::objects(&subject, &base.at, &head.at, engine.today, false) {
        engine.direct(edit, Area::Paths, Direction::None, index);
    }
    identifiers(engine, index, base, head);
    tags(engine, index, base, head);
    security::operation(engine, index, base, head);
    servers(engine, index, base, head);
    parameters::compare(engine, index, base, head, flow);
    bodies::request(engine, index, base, head, flow);
    bodies::responses(engine, index, base, head, flow);
    webhooks::callbacks(engine, index, base, head, flow);
    let texts = surroundings::texts(&subject, &base.at, &head.at, &COMPARED);
    for edit in texts {
        engine.direct(edit, Area::Paths, Direction::None, index);
    }
}

/// Other servers than those of the document.
fn servers<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &Operation<'a>,
    head: &Operation<'a>,
) {
    if value(&base.servers) == value(&head.servers) {
        return;
    }
    let owner = |operation: &Operation<'a>, at: &At<'a>| match pointer::parent(&at.pointer) {
        Some(parent) if parent == operation.at.pointer => name(operation),
        _ => format!("`{}`", operation.path),
    };
    let edit = match (&base.servers, &head.servers) {
        (Some(old), Some(new)) => {
            let message = format!("the servers of {} changed", owner(head, new));
            Edit::changed(&rules::SERVER_CHANGED, message, old, new)
        }
        (None, Some(new)) => {
            let message = format!("{} got servers of its own", owner(head, new));
            Edit::added(&rules::SERVER_BEFORE_OTHERS, message, new)
        }
        (Some(old), None) => {
            let message = format!("{} has no servers of its own any more", owner(base, old));
            Edit::removed(&rules::SERVER_REMOVED, message, old)
        }
        (None, None) => return,
    };
    engine.direct(edit, Area::Servers, Direction::None, index);
}

fn value<'v>(at: &Option<At<'v>>) -> Option<&'v Value> {
    at.as_ref().map(|at| at.value)
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
    let subject = name(head);
    let edit = match (before, after) {
        (None, Some(after)) => Edit::added(
            &rules::NAME_ADDED,
            format!("{subject} has an operationId now"),
            &after,
        ),
        (Some(before), None) => Edit::removed(
            &rules::NAME_REMOVED,
            format!("{subject} has no operationId any more"),
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
    engine.direct(edit, Area::Paths, Direction::None, index);
}

fn tags<'a>(engine: &mut Engine<'a, '_>, index: usize, base: &Operation<'a>, head: &Operation<'a>) {
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
    let subject = name(head);
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
        engine.direct(edit, Area::Tags, Direction::None, index);
    }
}
