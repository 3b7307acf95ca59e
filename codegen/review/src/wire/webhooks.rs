//! The requests of the server: webhooks, and the callbacks of operations.

use std::collections::{BTreeMap, BTreeSet};

use super::document::At;
use super::edit::{Edit, Spot};
use super::model::Operation;
use super::operations::{matched, name, operation, stability};
use super::{CALLBACK, Engine, Reached, WEBHOOK, rules};
use crate::{Area, Direction};
use codegen::document::pointer;

/// Who sends the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// The client.
    Out,
    /// The server, in webhooks and callbacks: what it sends is read by the client.
    In,
}

impl Flow {
    pub fn request(self) -> Direction {
        match self {
            Self::Out => Direction::Request,
            Self::In => Direction::Response,
        }
    }

    pub fn response(self) -> Direction {
        match self {
            Self::Out => Direction::Response,
            Self::In => Direction::Request,
        }
    }
}

/// What 3.0 has no word for is written as an extension there.
pub const EXTENSION: &str = "x-webhooks";

pub fn webhooks<'a>(engine: &mut Engine<'a, '_>) {
    let list = |root: At<'a>| root.get("webhooks").or_else(|| root.get(EXTENSION));
    let (base, head) = (list(engine.base.root()), list(engine.head.root()));
    let names = |at: &Option<At<'_>>| -> BTreeSet<String> {
        let names = at.iter().flat_map(|at| at.members());
        names.map(|(name, _)| name.clone()).collect()
    };
    let (before, after) = (names(&base), names(&head));
    for webhook in before.union(&after) {
        let old = base.as_ref().and_then(|at| at.get(webhook));
        let new = head.as_ref().and_then(|at| at.get(webhook));
        engine.operations.push(Reached {
            name: format!("{WEBHOOK} {webhook}"),
            stability: None,
            inherits: false,
        });
        let index = engine.operations.len() - 1;
        match (old, new) {
            (Some(old), Some(new)) => {
                let old = engine.base.item(webhook, &old);
                let new = engine.head.item(webhook, &new);
                inbound(engine, index, &old, &new, Flow::Out);
            }
            (Some(old), None) => {
                let message = format!("the webhook `{webhook}` was removed");
                let edit = Edit::removed(&rules::WEBHOOK_REMOVED, message, &old);
                let inner = engine.base.item(webhook, &old);
                if inner.is_empty() {
                    engine.direct(edit.clone(), Area::Components, Direction::None, index);
                }
                for operation in inner {
                    let index = engine.reached_from(index, stability(&operation));
                    engine.direct(edit.clone(), Area::Components, Direction::None, index);
                }
            }
            (None, Some(new)) => {
                let message = format!("the webhook `{webhook}` was added");
                let edit = Edit::added(&rules::ADDED, message, &new);
                engine.direct(edit, Area::Components, Direction::None, index);
            }
            (None, None) => {}
        }
    }
}

pub fn callbacks<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &Operation<'a>,
    head: &Operation<'a>,
    flow: Flow,
) {
    let list = |at: Option<At<'a>>| -> BTreeMap<&'a String, At<'a>> {
        at.into_iter().flat_map(|at| at.members()).collect()
    };
    let before = list(base.at.get("callbacks"));
    let after = list(head.at.get("callbacks"));
    let subject = name(head);
    let mut edits = Vec::new();
    for (callback, at) in &after {
        match before.get(callback) {
            Some(old) => {
                let old = engine.base.resolved(old.clone());
                let new = engine.head.resolved(at.clone());
                let old = engine.base.operations(&old);
                let new = engine.head.operations(&new);
                engine.operations.push(Reached {
                    name: format!("{CALLBACK} {callback} of {} {}", head.method, head.path),
                    stability: engine.operations[index].stability.clone(),
                    inherits: false,
                });
                let inner = engine.operations.len() - 1;
                inbound(engine, inner, &old, &new, flow);
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
        engine.direct(edit, Area::Paths, Direction::None, index);
    }
}

/// The requests of the server: one callback, or one webhook.
fn inbound<'a>(
    engine: &mut Engine<'a, '_>,
    index: usize,
    base: &[Operation<'a>],
    head: &[Operation<'a>],
    flow: Flow,
) {
    let flipped = match flow {
        Flow::Out => Flow::In,
        Flow::In => Flow::Out,
    };
    let matched = matched(base, head, ("", ""));
    for (b, h) in &matched.pairs {
        let index = engine.reached_from(index, stability(&base[*b]));
        let (old, new) = (&base[*b], &head[*h]);
        if old.path != new.path {
            let message = format!(
                "the server calls `{}` now, and not `{}`",
                new.path, old.path
            );
            let spot = |callback: &Operation<'_>| {
                let place = pointer::parent(&callback.at.pointer).unwrap_or_default();
                Spot::new(place, callback.path.clone())
            };
            let rule = &rules::CALLBACK_MOVED;
            let edit = Edit::changed(rule, message, spot(old), spot(new));
            engine.direct(edit, Area::Paths, Direction::None, index);
        }
        operation(engine, index, old, new, flipped);
    }
    for (b, operation) in base.iter().enumerate() {
        if !matched.pairs.iter().any(|(index, _)| *index == b) {
            let message = format!("the server does not send {} any more", name(operation));
            let edit = Edit::removed(&rules::CALLBACK_REMOVED, message, &operation.at);
            let index = engine.reached_from(index, stability(operation));
            engine.direct(edit, Area::Paths, Direction::None, index);
        }
    }
    for (h, operation) in head.iter().enumerate() {
        if !matched.pairs.iter().any(|(_, index)| *index == h) {
            let message = format!("the server sends {} as well", name(operation));
            let edit = Edit::added(&rules::CALLBACK_ADDED, message, &operation.at);
            engine.direct(edit, Area::Paths, Direction::None, index);
        }
    }
}

impl<'a> Engine<'a, '_> {
    /// Gives a request of the server its number; several can have one name.
    fn reached_from(&mut self, outer: usize, stability: Option<String>) -> usize {
        let name = self.operations[outer].name.clone();
        let stability = stability.or(self.operations[outer].stability.clone());
        self.operations.push(Reached {
            name,
            stability,
            inherits: false,
        });
        self.operations.len() - 1
    }
}
