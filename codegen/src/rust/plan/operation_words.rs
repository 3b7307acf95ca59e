//! The words that a type may be called by for the operation that has it: what that is about, and what it does.

use super::Plan;
use super::joined_names::joined;
use super::type_words::pascal_or_nothing;
use crate::naming::words::{is_verb, singular_name};
use crate::rust::names::pascal;
use crate::threads::share_out;

/// What is done by HTTP's methods.
pub(super) const CHANGES: [&str; 8] = [
    "check", "edit", "patch", "put", "replace", "retrieve", "set", "update",
];

impl Plan<'_> {
    /// Of an operation: what it is about, what it does with that, and the same within what that is a part of.
    pub(super) fn operation_words(&self, operation: usize) -> &[String] {
        let words = self.operation_words.get(&operation);
        words.map_or(&[], Vec::as_slice)
    }

    /// Of all operations, since many schemas are named by one.
    pub(super) fn find_operation_words(&mut self) {
        let operations: Vec<usize> = self.operation_paths.keys().copied().collect();
        let words = share_out(&operations, |operation| self.words_of(*operation));
        self.operation_words = operations.into_iter().zip(words).collect();
    }

    fn words_of(&self, operation: usize) -> Vec<String> {
        let Some((method, resources)) = self
            .operation_paths
            .get(&operation)
            .and_then(|path| path.split_last())
        else {
            return Vec::new();
        };
        let things: Vec<String> = resources.iter().map(|name| singular_name(name)).collect();
        let thing = things.last().cloned().unwrap_or_default();
        let does = |thing: &str, things: &str| {
            let (verb, rest) = method.split_once('_').unwrap_or((method, ""));
            let mentions = singular_name(method).contains(thing) || method.contains(things);
            if (mentions && thing != verb) || rest.starts_with("or_") {
                pascal(method)
            } else if is_verb(verb) || CHANGES.contains(&verb) {
                let many = matches!(verb, "list" | "search" | "find");
                let object = if many { things } else { thing };
                joined(&[&pascal(verb), &pascal(object), &pascal_or_nothing(rest)])
            } else {
                joined(&[&pascal(thing), &pascal(method)])
            }
        };
        let last = resources.last().map_or("", |name| name.as_str());
        let own = match resources {
            // `servers.actions.reset_password` is done to a server.
            [.., of, actions] if actions == "actions" && method.contains('_') => {
                does(&singular_name(of), of)
            }
            _ => does(&thing, last),
        };
        let mut words = vec![pascal(&thing), own];
        if let [.., parent, _] = things.as_slice() {
            let within = |name: &str| format!("{parent}_{name}");
            words.push(does(&within(&thing), &within(last)));
        }
        words.push(joined(&[&pascal(&things.join("_")), &pascal(method)]));
        words.push(self.operation_name(operation));
        words
    }
}
