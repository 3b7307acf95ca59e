//! Which edit is behind a change of the crate.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

use crate::report::{Item, Row};
use crate::surface::Change;
use crate::taxonomy::{Bump, Kind, Severity};
use codegen::document::Plain;
use codegen::document::graph::references;
use codegen::document::resolve::local_pointer;
use codegen::location::{Location, Pointer};

/// The rows of the edits, by the places that they are about.
pub struct EditIndex<'a> {
    /// Rows by each place that they name.
    by_place: BTreeMap<Location, Vec<usize>>,
    /// Rows by what the values in them refer to.
    by_reference: BTreeMap<Location, Vec<usize>>,
    documents: (&'a Plain, &'a Plain),
}

impl<'a> EditIndex<'a> {
    pub fn new(rows: &[Row], covers: &[Vec<Location>], documents: (&'a Plain, &'a Plain)) -> Self {
        let mut by_place: BTreeMap<Location, Vec<usize>> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            let mut places = vec![row.location.clone()];
            places.extend(
                [&row.base, &row.head]
                    .into_iter()
                    .flatten()
                    .map(|at| at.location.clone()),
            );
            places.extend(covers.get(index).into_iter().flatten().cloned());
            places.sort();
            places.dedup();
            for place in places {
                by_place.entry(place).or_default().push(index);
            }
        }
        let mut by_reference: BTreeMap<Location, Vec<usize>> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            for place in [&row.base, &row.head].into_iter().flatten() {
                for target in targets(&place.value) {
                    by_reference.entry(target).or_default().push(index);
                }
            }
        }
        Self {
            by_place,
            by_reference,
            documents,
        }
    }

    pub fn cause(&self, rows: &[Row], change: &Change) -> Option<usize> {
        let sides = [
            (change.head.as_ref(), self.documents.1),
            (change.base.as_ref(), self.documents.0),
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
        let here = here.flatten().copied().max_by_key(|row| {
            let row = &rows[*row];
            (weight(row), alike(row, &change.item), row.severity())
        });
        // An edit of the whole that nobody feels is not behind what an edit of an argument is.
        let felt = |row: &usize| rows[*row].severity() > Severity::None;
        let of_argument = || change.causes.iter().find_map(|place| self.at(rows, place));
        here.filter(felt)
            .or_else(|| of_argument().filter(felt))
            .or(here)
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
            .or_else(|| places().find_map(|(place, _)| self.through(rows, place)))
    }

    /// An edit that brought a use of the schema, or took it away, by way of others: what is sent no
    /// more has no `new`.
    fn through(&self, rows: &[Row], place: &Location) -> Option<usize> {
        let structural = |row: &usize| weight(&rows[*row]) == HEAVIEST;
        let mut pending = VecDeque::from([place.at(component(&place.pointer)?)]);
        let mut seen = BTreeSet::new();
        while let Some(part) = pending.pop_front() {
            if !seen.insert(part.clone()) {
                continue;
            }
            let referring = self.by_reference.get(&part).into_iter().flatten().copied();
            if let Some(row) = referring
                .filter(structural)
                .max_by_key(|row| rows[*row].severity())
            {
                return Some(row);
            }
            let (base, head) = self.documents;
            let users: BTreeSet<&str> = [base, head]
                .iter()
                .flat_map(|plain| plain.graph().users(&part.pointer))
                .filter(|user| component(user) == Some(user))
                .collect();
            pending.extend(users.into_iter().map(|user| part.at(user)));
        }
        None
    }

    /// Other edits that break callers of the very same item: two arguments that came at once.
    pub fn other_causes(&self, rows: &[Row], change: &Change, chosen: usize) -> BTreeSet<usize> {
        let ends = [&change.base, &change.head].into_iter().flatten();
        let ends = ends.filter(|_| change.base != change.head);
        let causes = ends.chain(&change.causes);
        let causes = causes.filter(|_| change.item.bump == Bump::Major);
        let found = causes.filter_map(|place| self.at(rows, place));
        let breaking = |row: &usize| *row != chosen && rows[*row].severity() == Severity::Breaking;
        found.filter(breaking).collect()
    }

    /// An edit that brought a reference to the place, or took it away.
    fn referring(&self, rows: &[Row], place: &Location) -> Option<usize> {
        let found = self.by_reference.get(place)?.iter().copied();
        found.max_by_key(|row| (weight(&rows[*row]), rows[*row].severity()))
    }

    /// An edit of the very place; of several, the one that callers feel most.
    fn at(&self, rows: &[Row], place: &Location) -> Option<usize> {
        let found = self.by_place.get(place)?.iter().copied();
        found.max_by_key(|row| (weight(&rows[*row]), rows[*row].severity()))
    }

    /// An edit within, or within what is referred to.
    fn below(&self, rows: &[Row], place: &Location, plain: &Plain, least: usize) -> Option<usize> {
        let mut pending = vec![place.clone()];
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
                        std::cmp::Reverse(other.pointer.len()),
                        std::cmp::Reverse((*other).clone()),
                    )
                });
            if let Some((_, row)) = best {
                return Some(row);
            }
            if let Some(value) = plain.value.pointer(&place.pointer) {
                pending.extend(targets(value));
            }
            seen.push(place);
        }
        None
    }

    /// An edit elsewhere in the same schema or operation: where an alternative goes, those after it
    /// get other names.
    fn beside(&self, rows: &[Row], place: &Location) -> Option<usize> {
        let mut at = place.parent();
        while let Some(outer) = at.filter(|outer| outer.pointer.matches('/').count() >= OBJECT) {
            let found = self.within(&outer).map(|(_, row)| row);
            let structural = found.filter(|row| weight(&rows[*row]) > STRUCTURAL);
            if let Some(row) =
                structural.min_by_key(|row| (std::cmp::Reverse(weight(&rows[*row])), *row))
            {
                return Some(row);
            }
            at = outer.parent();
        }
        None
    }

    /// The rows at a place and below it.
    fn within<'s>(&'s self, place: &'s Location) -> impl Iterator<Item = (&'s Location, usize)> {
        let inside = place.at(format!("{}/", place.pointer));
        let below = self.by_place.range(inside.clone()..);
        let below = below.take_while(move |(other, _)| {
            other.file == inside.file && other.pointer.starts_with(&*inside.pointer)
        });
        let here = self.by_place.get_key_value(place);
        here.into_iter()
            .chain(below)
            .flat_map(|(other, rows)| rows.iter().map(move |row| (other, *row)))
    }

    /// An edit of what contains the place.
    fn above(&self, rows: &[Row], place: &Location) -> Option<usize> {
        let mut at = place.parent();
        while let Some(place) = at.filter(|place| !place.pointer.is_empty()) {
            let structural = |row: &usize| {
                rows[*row]
                    .effects
                    .iter()
                    .any(|effect| effect.kind != Kind::Docs)
            };
            let found = self
                .by_place
                .get(&place)
                .into_iter()
                .flatten()
                .copied()
                .filter(structural);
            if let Some(row) = found.max_by_key(|row| weight(&rows[*row])) {
                return Some(row);
            }
            at = place.parent();
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
/// What comes or goes, and of which type it is.
const HEAVIEST: usize = 4;
/// Text and limits name nothing anew.
const STRUCTURAL: usize = 2;

/// Edits that change types come before edits of limits, and these before text.
fn weight(row: &Row) -> usize {
    let kinds = row.effects.iter().map(|effect| match effect.kind {
        Kind::Docs => TEXT,
        Kind::Constraints | Kind::Lifecycle => 2,
        Kind::Mutability | Kind::Values => 3,
        _ => HEAVIEST,
    });
    kinds.max().unwrap_or_default()
}

/// What comes with the edit is new, and what goes with it was there before.
fn alike(row: &Row, item: &Item) -> bool {
    let item = (item.before.is_some(), item.after.is_some());
    item == (row.base.is_some(), row.head.is_some())
}

/// `/components/schemas/NAME`, of a place in it.
fn component(place: &str) -> Option<&str> {
    let rest = place.strip_prefix("/components/")?;
    let end = rest
        .match_indices('/')
        .nth(1)
        .map_or(rest.len(), |(at, _)| at);
    Some(&place[..place.len() - rest.len() + end])
}

/// The places that a value refers to.
fn targets(value: &Value) -> impl Iterator<Item = Location> {
    let pointers = references(value).filter_map(|text| local_pointer(text).ok());
    pointers.map(|pointer| Pointer::from(pointer).into())
}
