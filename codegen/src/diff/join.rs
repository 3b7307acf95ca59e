//! Both halves of an edit in one row: what it is on the wire, and what it does to the crate.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::identity::{Edited, Identity};
use super::surface::Change;
use super::wire::{CALLBACK, WEBHOOK};
use super::{
    Action, Area, Bump, Direction, Effect, Equivalent, Item, Kind, Level, Place, Row, Rust,
};
use crate::document::resolve::local_pointer;
use crate::document::{Plain, pointer};

/// Puts each change of the crate into the row of the edit that caused it; what no edit explains
/// has a row of its own.
pub fn join(
    mut rows: Vec<Row>,
    covers: &[Vec<String>],
    surface: Vec<Change>,
    equivalent: &mut Vec<Equivalent>,
    documents: (&Plain, &Plain),
) -> Vec<Row> {
    let causes = Causes::new(&rows, covers, documents);
    let mut items: HashMap<usize, Vec<Item>> = HashMap::new();
    let mut alone = Vec::new();
    for change in surface {
        match causes.of(&rows, &change) {
            Some(row) => {
                for other in causes.as_well(&rows, &change, row) {
                    items.entry(other).or_default().push(change.item.clone());
                }
                items.entry(row).or_default().push(change.item);
            }
            None => alone.push(change),
        }
    }
    for (row, items) in items {
        rows[row].rust = rust(items);
    }
    let mut identity = Identity::new(&documents.0.value, &documents.1.value);
    for change in alone {
        let spelling = respelled(equivalent, &change);
        let row = own_row(change, spelling, documents, &mut identity);
        match rows
            .iter_mut()
            .find(|other| other.fingerprint == row.fingerprint)
        {
            Some(other) => {
                let mut items = std::mem::take(&mut other.rust.items);
                items.extend(row.rust.items);
                other.rust = rust(items);
            }
            None => rows.push(row),
        }
    }
    for row in &mut rows {
        one_item(row);
        silent(row);
    }
    // What changes the crate does not change nothing.
    equivalent.retain(|edit| !rows.iter().any(|row| row.pointer == edit.pointer));
    rows
}

/// An item that goes and one that comes are one where the edit is a rename.
fn one_item(row: &mut Row) {
    let items = &row.rust.items;
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
        let item = &mut row.rust.items[gone];
        item.after = after;
        item.note = format!("Use `{to}` in place of `{from}`.");
        row.rust.items.remove(come);
    }
}

/// Marks what breaks on the wire and not in the compiler. Limits and values of answers are not
/// checked by the crate, so that nothing fails there.
fn silent(row: &mut Row) {
    let fails = |effect: &Effect| {
        // Whether a value is there, the type of the field says: where that changes, so does the crate.
        let unchecked = matches!(
            effect.kind,
            Kind::Constraints | Kind::Values | Kind::Requiredness
        );
        let read = effect.direction == Direction::Response && unchecked;
        effect.level == Level::Breaking && !read && !elsewhere(effect)
    };
    if row.rust.bump == Bump::Major || !row.effects.iter().any(fails) {
        return;
    }
    row.rust.fails_at_run_time = true;
    // That only the docs of an item differ is no comfort here.
    for item in row
        .rust
        .items
        .iter_mut()
        .filter(|item| !item.fails_at_run_time)
    {
        item.note.clear();
    }
    for effect in row
        .effects
        .iter_mut()
        .filter(|effect| fails(effect) && effect.note.is_empty())
    {
        effect.note = match effect.direction {
            Direction::Request => "requests that were right before are refused".to_owned(),
            Direction::Response => "answers are not what the crate reads".to_owned(),
            Direction::None => String::new(),
        };
    }
}

/// The crate reads no headers, answers no requests, and takes any status of success.
fn elsewhere(effect: &Effect) -> bool {
    let inbound = |name: &String| {
        [WEBHOOK, CALLBACK]
            .iter()
            .any(|word| name.starts_with(word))
    };
    let inbound = !effect.operations.is_empty() && effect.operations.iter().all(inbound);
    let status = effect.area == Area::Responses && effect.kind == Kind::Existence;
    let header = effect.area == Area::Headers && effect.direction == Direction::Response;
    inbound || status || header
}

/// The edit that the wire does not see and the crate does: a schema that was written inline before.
fn respelled(equivalent: &[Equivalent], change: &Change) -> Option<Equivalent> {
    let places: Vec<&String> = [&change.head, &change.base].into_iter().flatten().collect();
    let near = |edit: &&Equivalent| {
        let within = |outer: &str, inner: &str| {
            inner
                .strip_prefix(outer)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        places
            .iter()
            .any(|place| within(place, &edit.pointer) || within(&edit.pointer, place))
    };
    let depth = |edit: &&Equivalent| edit.pointer.matches('/').count();
    equivalent.iter().filter(near).max_by_key(depth).cloned()
}

/// The worst first; then in the order of the file.
pub fn order(row: &Row) -> impl Ord + use<> {
    let line = row
        .head
        .as_ref()
        .or(row.base.as_ref())
        .map_or(0, |at| at.line);
    (
        std::cmp::Reverse((row.level(), row.rust.bump, row.rust.fails_at_run_time)),
        line,
        row.pointer.clone(),
        row.fingerprint.clone(),
    )
}

fn rust(mut items: Vec<Item>) -> Rust {
    items.sort_by_key(|item| {
        (
            std::cmp::Reverse((item.bump, item.fails_at_run_time)),
            item.path.clone(),
        )
    });
    Rust {
        bump: items.iter().map(|item| item.bump).max().unwrap_or_default(),
        fails_at_run_time: items.iter().any(|item| item.fails_at_run_time),
        items,
    }
}

/// Finds the edit behind a change of the crate.
struct Causes<'a> {
    /// Rows by each place that they name.
    by_place: BTreeMap<String, Vec<usize>>,
    /// Rows by what the values in them refer to.
    by_reference: BTreeMap<String, Vec<usize>>,
    documents: (&'a Plain, &'a Plain),
}

impl<'a> Causes<'a> {
    fn new(rows: &[Row], covers: &[Vec<String>], documents: (&'a Plain, &'a Plain)) -> Self {
        let mut by_place: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            let mut places = vec![row.pointer.clone()];
            places.extend(
                [&row.base, &row.head]
                    .into_iter()
                    .flatten()
                    .map(|at| at.pointer.clone()),
            );
            places.extend(covers.get(index).into_iter().flatten().cloned());
            places.sort();
            places.dedup();
            for place in places {
                by_place.entry(place).or_default().push(index);
            }
        }
        let mut by_reference: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            let mut found = Vec::new();
            for place in [&row.base, &row.head].into_iter().flatten() {
                references(&place.value, &mut found);
            }
            for place in found {
                by_reference.entry(place).or_default().push(index);
            }
        }
        Self {
            by_place,
            by_reference,
            documents,
        }
    }

    fn of(&self, rows: &[Row], change: &Change) -> Option<usize> {
        let sides = [
            (change.head.as_deref(), self.documents.1),
            (change.base.as_deref(), self.documents.0),
        ];
        let places = || {
            sides
                .iter()
                .filter_map(|(place, plain)| Some(((*place)?, *plain)))
        };
        // Text is behind other docs, and behind nothing else as long as there is another edit.
        let least = match change.item.bump {
            Bump::None | Bump::Patch => TEXT,
            _ => TEXT + 1,
        };
        let here = places().filter_map(|(place, _)| self.by_place.get(place));
        here.flatten()
            .copied()
            .max_by_key(|row| {
                let row = &rows[*row];
                (weight(row), alike(row, &change.item), row.level())
            })
            .or_else(|| places().find_map(|(place, plain)| self.below(rows, place, plain, least)))
            .or_else(|| {
                let causes = change.causes.iter();
                causes
                    .clone()
                    .find_map(|place| self.at(rows, place))
                    .or_else(|| {
                        causes
                            .clone()
                            .find_map(|place| self.below(rows, place, self.documents.1, least))
                    })
            })
            .or_else(|| places().find_map(|(place, _)| self.referring(rows, place)))
            .or_else(|| places().find_map(|(place, _)| self.above(rows, place)))
            .or_else(|| places().find_map(|(place, _)| self.beside(rows, place)))
            .or_else(|| places().find_map(|(place, plain)| self.below(rows, place, plain, TEXT)))
    }

    /// Other edits that break callers of the very same item: two arguments that came at once.
    fn as_well(&self, rows: &[Row], change: &Change, chosen: usize) -> BTreeSet<usize> {
        let causes = change.causes.iter();
        let causes = causes.filter(|_| change.item.bump == Bump::Major);
        let found = causes.filter_map(|place| self.at(rows, place));
        let breaking = |row: &usize| *row != chosen && rows[*row].level() == Level::Breaking;
        found.filter(breaking).collect()
    }

    /// An edit that brought a reference to the place, or took it away.
    fn referring(&self, rows: &[Row], place: &str) -> Option<usize> {
        let found = self.by_reference.get(place)?.iter().copied();
        found.max_by_key(|row| (weight(&rows[*row]), rows[*row].level()))
    }

    /// An edit of the very place; of several, the one that callers feel most.
    fn at(&self, rows: &[Row], place: &str) -> Option<usize> {
        let found = self.by_place.get(place)?.iter().copied();
        found.max_by_key(|row| (weight(&rows[*row]), rows[*row].level()))
    }

    /// An edit within, or within what is referred to.
    fn below(&self, rows: &[Row], place: &str, plain: &Plain, least: usize) -> Option<usize> {
        let mut pending = vec![place.to_owned()];
        let mut seen = Vec::new();
        while let Some(place) = pending.pop() {
            if seen.contains(&place) || seen.len() > MOST_REFERENCES {
                continue;
            }
            let rows_inside = self.within(&place);
            let best = rows_inside
                .filter(|(_, row)| weight(&rows[*row]) >= least)
                .max_by_key(|(other, row)| {
                    (
                        weight(&rows[*row]),
                        std::cmp::Reverse(other.len()),
                        std::cmp::Reverse((*other).clone()),
                    )
                });
            if let Some((_, row)) = best {
                return Some(row);
            }
            if let Some(value) = plain.value.pointer(&place) {
                references(value, &mut pending);
            }
            seen.push(place);
        }
        None
    }

    /// An edit elsewhere in the same schema or operation: where an alternative goes, those after it
    /// get other names.
    fn beside(&self, rows: &[Row], place: &str) -> Option<usize> {
        let mut at = pointer::parent(place);
        while let Some(outer) = at.filter(|outer| outer.matches('/').count() >= OBJECT) {
            let found = self.within(outer).map(|(_, row)| row);
            let structural = found.filter(|row| weight(&rows[*row]) > STRUCTURAL);
            if let Some(row) =
                structural.min_by_key(|row| (std::cmp::Reverse(weight(&rows[*row])), *row))
            {
                return Some(row);
            }
            at = pointer::parent(outer);
        }
        None
    }

    /// The rows at a place and below it.
    fn within<'s>(&'s self, place: &'s str) -> impl Iterator<Item = (&'s String, usize)> {
        let inside = format!("{place}/");
        let below = self.by_place.range(inside.clone()..);
        let below = below.take_while(move |(other, _)| other.starts_with(&inside));
        let here = self.by_place.get_key_value(place);
        here.into_iter()
            .chain(below)
            .flat_map(|(other, rows)| rows.iter().map(move |row| (other, *row)))
    }

    /// An edit of what contains the place.
    fn above(&self, rows: &[Row], place: &str) -> Option<usize> {
        let mut at = pointer::parent(place);
        while let Some(place) = at.filter(|place| !place.is_empty()) {
            let structural = |row: &usize| {
                rows[*row]
                    .effects
                    .iter()
                    .any(|effect| effect.kind != Kind::Docs)
            };
            let found = self
                .by_place
                .get(place)
                .into_iter()
                .flatten()
                .copied()
                .filter(structural);
            if let Some(row) = found.max_by_key(|row| weight(&rows[*row])) {
                return Some(row);
            }
            at = pointer::parent(place);
        }
        None
    }
}

/// A chain of references within one item of the crate is short.
const MOST_REFERENCES: usize = 32;

/// `/components/schemas/NAME`, `/paths/PATH/METHOD`
const OBJECT: usize = 3;
/// The least that an edit is.
const TEXT: usize = 1;
/// Text and limits name nothing anew.
const STRUCTURAL: usize = 2;

/// Edits that change types come before edits of limits, and these before text.
fn weight(row: &Row) -> usize {
    let kinds = row.effects.iter().map(|effect| match effect.kind {
        Kind::Docs => TEXT,
        Kind::Constraints | Kind::Lifecycle => 2,
        Kind::Mutability | Kind::Values => 3,
        _ => 4,
    });
    kinds.max().unwrap_or_default()
}

/// What comes with the edit is new, and what goes with it was there before.
fn alike(row: &Row, item: &Item) -> bool {
    let item = (item.before.is_some(), item.after.is_some());
    item == (row.base.is_some(), row.head.is_some())
}

/// The places that a value refers to.
fn references(value: &Value, found: &mut Vec<String>) {
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(map) => {
                let reference = map.get("$ref").and_then(Value::as_str);
                found.extend(reference.and_then(|text| local_pointer(text).ok()));
                pending.extend(map.values());
            }
            Value::Array(list) => pending.extend(list),
            _ => {}
        }
    }
}

/// A change of the crate that no edit of the wire explains: another spelling, the policy file, or
/// a name that was taken.
fn own_row(
    change: Change,
    spelling: Option<Equivalent>,
    (base, head): (&Plain, &Plain),
    identity: &mut Identity<'_>,
) -> Row {
    let (at, before, after, message) = match spelling {
        Some(edit) => {
            let (before, after) = (place(&edit.pointer, base), place(&edit.pointer, head));
            (edit.pointer, before, after, edit.message)
        }
        None => {
            let nowhere = change.head.is_none() && change.base.is_none();
            // What no place states is told of the document as a whole.
            let side = |pointer: &Option<String>, plain| match pointer {
                None if nowhere => place("/info", plain),
                pointer => place(pointer.as_ref()?, plain),
            };
            let (before, after) = (side(&change.base, base), side(&change.head, head));
            let word = match (&before, &after) {
                (None, Some(_)) => "is new in the crate",
                (Some(_), None) => "is not in the crate any more",
                _ => "changes in the crate",
            };
            let message = format!("`{}` {word}", change.item.path);
            let at = change
                .head
                .or(change.base)
                .unwrap_or_else(|| "/info".to_owned());
            (at, before, after, message)
        }
    };
    let area = match at.split('/').nth(1) {
        Some("paths") => Area::Paths,
        Some("components" | "definitions") => Area::Components,
        _ => Area::Info,
    };
    let kind = match change.item.bump {
        Bump::None | Bump::Patch => Kind::Docs,
        _ => Kind::Existence,
    };
    let action = match (&before, &after) {
        (None, Some(_)) => Action::Add,
        (Some(_), None) => Action::Remove,
        _ => Action::Change,
    };
    Row {
        fingerprint: identity.fingerprint(&Edited {
            rule: (area, kind, action),
            pointer: &at,
            base: before.as_ref().map(|place| place.pointer.as_str()),
            head: after.as_ref().map(|place| place.pointer.as_str()),
            part: None,
            renamed_to: None,
        }),
        pointer: at,
        message,
        base: before,
        head: after,
        effects: vec![Effect {
            area,
            direction: Direction::None,
            kind,
            action,
            level: Level::None,
            note: String::new(),
            operations: Vec::new(),
        }],
        rust: rust(vec![change.item]),
        operations: Vec::new(),
        renamed: None,
        stability: None,
        accepted: None,
    }
}

/// The place of a pointer, or of the nearest container that is there.
fn place(pointer: &str, plain: &Plain) -> Option<Place> {
    let lines = plain.lines(pointer)?;
    Some(Place {
        pointer: pointer.to_owned(),
        value: plain.value.pointer(pointer).cloned().unwrap_or_default(),
        line: *lines.start(),
        end_line: *lines.end(),
    })
}
