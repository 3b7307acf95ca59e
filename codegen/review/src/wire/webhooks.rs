//! The webhooks of both documents.

use std::collections::BTreeSet;

use super::document::At;
use super::edit::Edit;
use super::engine::Engine;
use super::model::Sender;
use super::{operation, rules};
use crate::report::WEBHOOK;
use crate::taxonomy::{Area, Direction};

pub fn compare<'a>(engine: &mut Engine<'a, '_>) {
    let (base, head) = (engine.base.webhooks(), engine.head.webhooks());
    let names = |at: &Option<At<'_>>| -> BTreeSet<String> {
        let names = at.iter().flat_map(|at| at.members());
        names.map(|(name, _)| name.clone()).collect()
    };
    let (before, after) = (names(&base), names(&head));
    for webhook in before.union(&after) {
        let old = base.as_ref().and_then(|at| at.get(webhook));
        let new = head.as_ref().and_then(|at| at.get(webhook));
        let index = engine.add_server_request(format!("{WEBHOOK} {webhook}"), None);
        match (old, new) {
            (Some(old), Some(new)) => {
                let old = engine.base.item(webhook, &old);
                let new = engine.head.item(webhook, &new);
                operation::server_requests(engine, index, &old, &new, Sender::Client);
            }
            (Some(old), None) => {
                let message = format!("the webhook `{webhook}` was removed");
                let edit = Edit::removed(&rules::WEBHOOK_REMOVED, message, &old);
                let inner = engine.base.item(webhook, &old);
                if inner.is_empty() {
                    engine.of_operation(edit.clone(), Area::Components, Direction::None, index);
                }
                for operation in inner {
                    let index = engine.add_request_of(index, operation.stability());
                    engine.of_operation(edit.clone(), Area::Components, Direction::None, index);
                }
            }
            (None, Some(new)) => {
                let message = format!("the webhook `{webhook}` was added");
                let edit = Edit::added(&rules::ADDED, message, &new);
                engine.of_operation(edit, Area::Components, Direction::None, index);
            }
            (None, None) => {}
        }
    }
}
