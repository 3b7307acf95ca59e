//! A change of a method as a whole, and the arguments that are its cause.

use std::collections::BTreeSet;

use super::Change;
use crate::taxonomy::Bump;
use codegen::location::Location;
use codegen::rust::{Argument, Method};

pub fn changed(
    bump: Bump,
    path: String,
    note: impl Into<String>,
    base: &Method,
    head: &Method,
) -> Change {
    Change::new(bump, path, note)
        .before(base.signature(), &base.location)
        .after(head.signature(), &head.location)
}

/// The places of the arguments themselves beside that of the operation.
pub fn narrowed(change: Change, causes: &BTreeSet<Location>) -> Change {
    change.causes(causes)
}

pub fn names(arguments: &[Argument]) -> Vec<&str> {
    arguments
        .iter()
        .map(|argument| argument.name.as_str())
        .collect()
}

/// The places of the arguments that only one side has, or that differ.
pub fn differing(
    base: &Method,
    head: &Method,
    differ: impl Fn(&Argument, &Argument) -> bool,
) -> BTreeSet<Location> {
    let mut places = BTreeSet::new();
    let find =
        |method: &'_ Method, name: &str| method.arguments.iter().find(|a| a.name == name).cloned();
    for one in &base.arguments {
        match find(head, &one.name) {
            Some(two) if !differ(one, &two) => {}
            Some(two) => places.extend([one.location.clone(), two.location.clone()]),
            None => {
                places.insert(one.location.clone());
                let other = head.options.iter().find(|a| a.name == one.name);
                places.extend(other.map(|a| a.location.clone()));
            }
        }
    }
    for two in &head.arguments {
        if find(base, &two.name).is_none() {
            places.insert(two.location.clone());
        }
    }
    places
}
