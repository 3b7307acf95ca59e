//! Both halves of an edit in one row: what it is on the wire, and what it does to the crate.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::surface::Change;
use super::{Action, Area, Bump, Direction, Effect, Item, Kind, Level, Place, Row, Rust, review};
use crate::document::resolve::local_pointer;
use crate::document::{Plain, pointer};

/// Puts each change of the crate into the row of the edit that caused it; what no edit explains
/// has a row of its own.
pub fn join(
    mut rows: Vec<Row>,
    covers: &[Vec<String>],
    surface: Vec<Change>,
    documents: (&Plain, &Plain),
) -> Vec<Row> {
    let causes = Causes::new(&rows, covers, documents);
    let mut items: HashMap<usize, Vec<Item>> = HashMap::new();
    let mut alone = Vec::new();
    for change in surface {
        match causes.of(&rows, &change) {
            Some(row) => items.entry(row).or_default().push(change.item),
            None => alone.push(change),
        }
    }
    for (row, items) in items {
        rows[row].rust = rust(items);
    }
    for change in alone {
        let row = own_row(change, documents);
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
    rows
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
        Self {
            by_place,
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
        places()
            .find_map(|(place, _)| self.at(rows, place))
            .or_else(|| places().find_map(|(place, plain)| self.below(rows, place, plain)))
            .or_else(|| places().find_map(|(place, _)| self.above(rows, place)))
    }

    /// An edit of the very place.
    fn at(&self, rows: &[Row], place: &str) -> Option<usize> {
        let found = self.by_place.get(place)?.iter().copied();
        found.max_by_key(|row| weight(&rows[*row]))
    }

    /// An edit within, or within what is referred to.
    fn below(&self, rows: &[Row], place: &str, plain: &Plain) -> Option<usize> {
        let mut pending = vec![place.to_owned()];
        let mut seen = Vec::new();
        while let Some(place) = pending.pop() {
            if seen.contains(&place) || seen.len() > MOST_REFERENCES {
                continue;
            }
            let rows_inside = self.within(&place);
            let best = rows_inside
                .filter(|(_, row)| weight(&rows[*row]) > 0)
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
            if let Some(value) = lookup(&plain.value, &place) {
                references(value, &mut pending);
            }
            seen.push(place);
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

/// Edits that change types come before edits of limits, and these before text.
fn weight(row: &Row) -> usize {
    let kinds = row.effects.iter().map(|effect| match effect.kind {
        Kind::Docs => 1,
        Kind::Constraints | Kind::Lifecycle => 2,
        Kind::Mutability | Kind::Values => 3,
        _ => 4,
    });
    kinds.max().unwrap_or_default()
}

fn lookup<'v>(root: &'v Value, at: &str) -> Option<&'v Value> {
    pointer::tokens(at).try_fold(root, |value, token| match value {
        Value::Object(map) => map.get(&token),
        Value::Array(list) => list.get(token.parse::<usize>().ok()?),
        _ => None,
    })
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

/// A change of the crate that no edit of the document explains: the policy file, or a name that
/// was taken.
fn own_row(change: Change, (base, head): (&Plain, &Plain)) -> Row {
    let place = |pointer: &Option<String>, plain: &Plain| {
        let pointer = pointer.clone()?;
        let lines = plain.lines(&pointer)?;
        Some(Place {
            value: lookup(&plain.value, &pointer).cloned().unwrap_or_default(),
            pointer,
            line: *lines.start(),
            end_line: *lines.end(),
        })
    };
    let (before, after) = (place(&change.base, base), place(&change.head, head));
    let at = change
        .head
        .as_ref()
        .or(change.base.as_ref())
        .cloned()
        .unwrap_or_default();
    let area = match at.split('/').nth(1) {
        Some("paths") => Area::Paths,
        Some("components" | "definitions") => Area::Components,
        _ => Area::Info,
    };
    let (kind, action) = match change.item.bump {
        Bump::None | Bump::Patch => (Kind::Docs, Action::Change),
        _ => (Kind::Existence, Action::Change),
    };
    let word = match (&change.item.before, &change.item.after) {
        (None, _) => "is new in the crate",
        (_, None) => "is not in the crate any more",
        _ => "changes in the crate",
    };
    Row {
        fingerprint: review::fingerprint(area, kind, action, &at),
        pointer: at,
        message: format!("`{}` {word}", change.item.path),
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
        acknowledged: None,
    }
}
