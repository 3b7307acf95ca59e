//! Both halves of an edit in one row: what it is on the wire, and what it does to the crate.

use std::collections::{HashMap, HashSet};

use crate::advice;
use crate::fingerprint::Fingerprints;
use crate::report::{Effect, Equivalent, Item, Row, Surface};
use crate::sides::Sides;
use crate::surface::Change;
use crate::taxonomy::{Area, Bump, Direction, Kind, Severity};
use crate::wire::Wire;
use codegen::location::Location;
use edit_index::EditIndex;

mod edit_index;
mod own_row;
mod policy_entry;

/// The edits, each with what it does to the crate.
#[derive(Debug)]
pub struct Edits {
    pub rows: Vec<Row>,
    /// Edits that change nothing.
    pub equivalent: Vec<Equivalent>,
}

/// Puts each change of the crate into the row of the edit that caused it; a change that no edit
/// explains has a row of its own.
pub fn attribute(wire: Wire, changes: Vec<Change>, sides: &Sides) -> Edits {
    let Wire {
        mut rows,
        covers,
        mut equivalent,
    } = wire;
    let changes = changes
        .into_iter()
        .filter(|change| is_between(change, sides));
    let left = into_rows(&mut rows, &covers, changes.collect(), sides);
    let explained = into_own_rows(&mut rows, left, &equivalent, sides);
    for row in &mut rows {
        one_item(row);
        let sent = is_sent_anyway(row, sides);
        if !sent {
            silent(row);
        }
        row.advice = if sent { SENT_ANYWAY } else { advice::of(row) };
        without_crate(row, sides);
        without_places(row, sides);
    }
    // What changes the crate does not change nothing.
    let edited: HashSet<&Location> = rows.iter().map(|row| &row.location).collect();
    equivalent
        .retain(|edit| !edited.contains(&edit.location) && !explained.contains(&edit.location));
    Edits { rows, equivalent }
}

/// With its document a crate comes or goes as a whole: nothing of it changes.
fn is_between(change: &Change, sides: &Sides) -> bool {
    let (was, is) = (change.item.before.is_some(), change.item.after.is_some());
    !(sides.base.absent && was || sides.head.absent && is)
}

/// The changes of which no edit is the cause.
fn into_rows(
    rows: &mut [Row],
    covers: &[Vec<Location>],
    changes: Vec<Change>,
    sides: &Sides,
) -> Vec<Change> {
    let index = EditIndex::new(rows, covers, (&sides.base.plain, &sides.head.plain));
    let mut items: HashMap<usize, Vec<Item>> = HashMap::new();
    let mut left = Vec::new();
    for change in changes {
        match index.cause(rows, &change) {
            Some(row) => {
                if let (Some(renamed), Some(pin)) = (&mut rows[row].renamed, &change.pin) {
                    own_row::soften(renamed, pin);
                }
                for other in index.other_causes(rows, &change, row) {
                    items.entry(other).or_default().push(change.item.clone());
                }
                items.entry(row).or_default().push(change.item);
            }
            None => left.push(change),
        }
    }
    for (row, items) in items {
        rows[row].surface = Surface::of(items);
    }
    left
}

/// Adds a row for each change that no edit explains. Returns the places whose other spelling is the
/// cause.
fn into_own_rows(
    rows: &mut Vec<Row>,
    mut changes: Vec<Change>,
    equivalent: &[Equivalent],
    sides: &Sides,
) -> HashSet<Location> {
    let mut fingerprints = Fingerprints::new(&sides.base.plain.value, &sides.head.plain.value);
    let known = rows.iter().enumerate();
    let mut known: HashMap<String, usize> = known
        .map(|(index, row)| (row.fingerprint.clone(), index))
        .collect();
    let mut explained = HashSet::new();
    // A row is named after its first change, which ought to be the worst.
    changes.sort_by_cached_key(|change| change.item.worst_first());
    for change in changes {
        let spelling = own_row::respelled(equivalent, &change);
        // Other words in the docs of the crate are no more than the other spelling.
        if spelling.is_some() && change.item.bump <= Bump::Patch && !change.item.fails_at_run_time {
            continue;
        }
        explained.extend(spelling.as_ref().map(|edit| edit.location.clone()));
        let row = own_row::of(change, spelling, sides, &mut fingerprints);
        match known.get(&row.fingerprint) {
            Some(&other) => {
                let other = &mut rows[other];
                let mut items = std::mem::take(&mut other.surface.items);
                items.extend(row.surface.items);
                other.surface = Surface::of(items);
            }
            None => {
                known.insert(row.fingerprint.clone(), rows.len());
                rows.push(row);
            }
        }
    }
    explained
}

/// An item that goes and one that comes are one where the edit is a rename.
fn one_item(row: &mut Row) {
    let items = &row.surface.items;
    let only = |test: fn(&Item) -> bool| {
        let mut found = (0..items.len()).filter(|index| test(&items[*index]));
        found.next().filter(|_| found.next().is_none())
    };
    let gone = only(|item| item.before.is_some() && item.after.is_none());
    let come = only(|item| item.before.is_none() && item.after.is_some());
    if let (Some(_), Some(gone), Some(come)) = (&row.renamed, gone, come) {
        let last = |item: &Item| item.path.rsplit("::").next().unwrap_or_default().to_owned();
        let (from, to) = (last(&items[gone]), last(&items[come]));
        let after = items[come].after.clone();
        let item = &mut row.surface.items[gone];
        item.after = after;
        item.note = format!("Use `{to}` instead of `{from}`.");
        row.surface.items.remove(come);
    }
}

/// What is to do where a body becomes required that the crate never left out.
const SENT_ANYWAY: &str = "Nothing, with the crate: all its calls send a body.";

/// Whether a body becomes required that the crate sends with each call: one whose schema requires properties.
fn is_sent_anyway(row: &Row, sides: &Sides) -> bool {
    let is_body = |effect: &Effect| {
        (effect.area, effect.kind) == (Area::RequestBody, Kind::Requiredness)
            && effect.direction == Direction::Request
    };
    let Some((base, _)) = sides.crates() else {
        return false;
    };
    let methods = base.methods();
    let sends = |operation: &String| {
        let mut methods = methods.iter();
        let called = methods.find(|method| {
            let name = operation.split_once(' ');
            name == Some((&method.http_method, &method.path))
        });
        called.is_some_and(|method| method.sends_body())
    };
    row.surface.bump < Bump::Major
        && !row.operations.is_empty()
        && row.effects.iter().all(is_body)
        && row.operations.iter().all(sends)
}

/// Marks what breaks on the wire and not in the compiler. How responses are read, the crate's types say:
/// where those stay, the crate reads what it read, and where only its code differs, the item says so.
fn silent(row: &mut Row) {
    // A call without the parameter works as before, and means something else.
    let default = row.location.pointer.ends_with("/default");
    let fails = |effect: &Effect| {
        let promised = effect.kind == Kind::Lifecycle || (default && effect.kind == Kind::Values);
        effect.severity == Severity::Breaking
            && effect.direction != Direction::Response
            && !promised
            && !effect.is_from_server()
    };
    if row.surface.bump == Bump::Major || !row.effects.iter().any(fails) {
        return;
    }
    row.surface.fails_at_run_time = true;
    // That only the docs of an item differ is no comfort here.
    for item in row
        .surface
        .items
        .iter_mut()
        .filter(|item| !item.fails_at_run_time)
    {
        item.note.clear();
    }
    let unsaid = |effect: &&mut Effect| {
        fails(effect) && effect.direction == Direction::Request && effect.note.is_empty()
    };
    for effect in row.effects.iter_mut().filter(unsaid) {
        effect.note = "requests that were valid before are rejected".to_owned();
    }
}

/// Nothing is known of a crate that was not made, and nothing fails of what a crate lacks.
fn without_crate(row: &mut Row, sides: &Sides) {
    let left_out = |operation| {
        let mut lists = [&sides.base, &sides.head].into_iter();
        lists.any(|side| side.about.left_out.contains(operation))
    };
    let lacks = !row.operations.is_empty() && row.operations.iter().all(left_out);
    if lacks || sides.crates().is_none() {
        row.surface.fails_at_run_time = false;
    }
}

/// A document that does not exist has no lines to show.
fn without_places(row: &mut Row, sides: &Sides) {
    row.base.take_if(|_| sides.base.absent);
    row.head.take_if(|_| sides.head.absent);
}
