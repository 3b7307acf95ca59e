//! Two crates compared: which public items change, and what that does to code that uses them.
//!
//! An item is reported once. What follows from another change is left to that: the users of a
//! renamed model are not reported, nor the methods of a resource that moved as a whole.

use std::collections::BTreeSet;
use std::fmt::Display;

use crate::report::Item;
use crate::taxonomy::Bump;
use codegen::location::Location;
use codegen::rust::{Crate, docs};
use crates::{FlatCrate, Placed};
use matching::Pairs;

mod arguments;
mod client;
mod constants;
mod constructors;
mod crates;
mod enums;
mod extra_methods;
mod failures;
mod headers;
mod long_running;
mod matching;
mod method_change;
mod methods;
mod models;
mod outcomes;
mod pages;
mod resources;
mod security;
mod sent;
mod servers;
mod settings;
mod streams;
mod structs;
mod unions;
mod webhooks;

/// One item that changes, and where the document states it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Change {
    pub item: Item,
    /// Neither is there for what no place of the document states.
    pub base: Option<Location>,
    pub head: Option<Location>,
    /// Further places, of either document, whose edit has a part in it.
    pub causes: Vec<Location>,
    /// Of a method that went elsewhere.
    pub pin: Option<Pin>,
}

/// How a method would stay where it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Pin {
    /// `METHOD /path`, before and after.
    pub from: String,
    pub to: String,
    /// The line of the policy file.
    pub line: String,
}

/// Every difference between two crates that somebody who uses them can notice.
pub fn compare(base: &Crate, head: &Crate) -> Vec<Change> {
    let (base, head) = (FlatCrate::new(base), FlatCrate::new(head));
    let pairs = Pairs::find(&base, &head);
    let mut comparison = Comparison {
        base: &base,
        head: &head,
        pairs: &pairs,
        changes: Vec::new(),
    };
    comparison.client();
    comparison.headers();
    comparison.webhooks();
    comparison.models();
    comparison.methods();
    if comparison.changes.is_empty() {
        comparison.examples();
    }
    comparison.changes
}

/// What the parts of the comparison share.
struct Comparison<'a> {
    base: &'a FlatCrate<'a>,
    head: &'a FlatCrate<'a>,
    pairs: &'a Pairs,
    changes: Vec<Change>,
}

impl Comparison<'_> {
    fn push(&mut self, change: Change) {
        self.changes.push(change);
    }
}

impl Change {
    fn new(bump: Bump, path: impl Into<String>, note: impl Into<String>) -> Self {
        Self {
            item: Item {
                bump,
                path: path.into(),
                note: note.into(),
                ..Item::default()
            },
            ..Self::default()
        }
    }

    /// The item in the base: its declaration and its place.
    fn before<'l>(
        mut self,
        declaration: impl Display,
        location: impl Into<Option<&'l Location>>,
    ) -> Self {
        self.item.before = Some(declaration.to_string());
        self.base = stated(location.into());
        self
    }

    fn after<'l>(
        mut self,
        declaration: impl Display,
        location: impl Into<Option<&'l Location>>,
    ) -> Self {
        self.item.after = Some(declaration.to_string());
        self.head = stated(location.into());
        self
    }

    fn fails_at_run_time(mut self) -> Self {
        self.item.fails_at_run_time = true;
        self
    }

    fn causes<'l>(mut self, locations: impl IntoIterator<Item = &'l Location>) -> Self {
        let known: BTreeSet<&Location> = [&self.base, &self.head].into_iter().flatten().collect();
        let new: BTreeSet<&Location> = locations.into_iter().collect();
        let new = new.difference(&known).copied();
        self.causes = new.filter_map(|location| stated(Some(location))).collect();
        self
    }
}

impl Pin {
    fn of(base: &Placed<'_>, head: &Placed<'_>) -> Self {
        let operation =
            |placed: &Placed<'_>| format!("{} {}", placed.method.http_method, placed.method.path);
        let to = operation(head);
        Self {
            from: operation(base),
            line: format!("\"{to}\" = \"{}\"", base.place()),
            to,
        }
    }
}

/// The document as a whole states nothing of its own.
fn stated(location: Option<&Location>) -> Option<Location> {
    location
        .filter(|location| !location.pointer.is_empty())
        .cloned()
}

/// Of what no place of the document states.
const NOWHERE: Option<&Location> = None;

/// Whether readers of the crate see a difference. A compared crate has descriptions as the document
/// writes them, and another line break is no other text.
fn read_otherwise(one: &str, two: &str) -> bool {
    one != two && docs::clean(one) != docs::clean(two)
}

/// "`a`, `b` and `c`"
fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

const DOCS_ONLY: &str = "Nothing: only the docs differ.";
const DEPRECATED: &str = "Nothing yet: the compiler warns where it is used.";
