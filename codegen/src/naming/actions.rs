//! Ids that say the path again and then what is done, by a word for each HTTP method: `orders_cancel_create` for
//! `POST /api/orders/{id}/cancel`. What they say besides the path is that word.

use super::words::snake;
use super::words_of;
use crate::api::Operation;

/// Which words may follow the path, as Django REST framework has them.
const ACTIONS: [(&str, &[&str]); 5] = [
    ("GET", &["retrieve", "list"]),
    ("POST", &["create"]),
    ("PUT", &["update"]),
    ("PATCH", &["partial_update"]),
    ("DELETE", &["destroy"]),
];

/// Words that other ids rarely end with.
const RARE: [&str; 3] = ["retrieve", "partial_update", "destroy"];

/// The share of ids of this form, in percent, from which on it is intended.
const SHARE: usize = 80;

/// Whether the ids of a document are made so.
pub(super) fn are_actions(operations: &[&Operation]) -> bool {
    let mut ids = operations.iter().filter_map(|one| one.id.as_deref());
    // Most documents have none.
    if !ids.any(|id| RARE.iter().any(|action| id.ends_with(action))) {
        return false;
    }
    let found = operations.iter().filter_map(|operation| action(operation));
    let found: Vec<&str> = found.collect();
    let has_rare = found.iter().any(|action| RARE.contains(action));
    has_rare && found.len() * 100 >= operations.len() * SHARE
}

/// What follows the words of the path, of which those at the beginning may be missing.
pub(super) fn action(operation: &Operation) -> Option<&'static str> {
    let id = snake(operation.id.as_deref()?);
    let (_, known) = ACTIONS
        .iter()
        .find(|(method, _)| *method == operation.method)?;
    let said = known.iter().find_map(|action| {
        let said = id.strip_suffix(action)?.strip_suffix('_')?;
        Some((said.to_owned(), *action))
    });
    let (said, action) = said?;
    let path = words_of(&operation.path).join("_");
    let before = path.strip_suffix(&said)?;
    (before.is_empty() || before.ends_with('_')).then_some(action)
}
