//! Both halves of an edit in one row: what it is on the wire, and what it does to the crate.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::entries::{self, Entry};
use super::fingerprint::{Edited, Identity};
use super::surface::{Change, Pin};
use super::{
    Action, Area, Bump, Direction, Effect, Equivalent, Item, Kind, Level, Place, Renamed, Row, Rust,
};
use causes::Causes;
use codegen::diagnostic::Source;
use codegen::document::Plain;

mod causes;

/// The policy files of base and head.
type Policies<'a> = (Option<&'a Source>, Option<&'a Source>);

/// Puts each change of the crate into the row of the edit that caused it; what no edit explains
/// has a row of its own.
pub fn join(
    mut rows: Vec<Row>,
    covers: &[Vec<String>],
    surface: Vec<Change>,
    equivalent: &mut Vec<Equivalent>,
    documents: (&Plain, &Plain),
    policies: Policies<'_>,
) -> Vec<Row> {
    let causes = Causes::new(&rows, covers, documents);
    let mut items: HashMap<usize, Vec<Item>> = HashMap::new();
    let mut alone = Vec::new();
    for change in surface {
        match causes.of(&rows, &change) {
            Some(row) => {
                if let (Some(renamed), Some(pin)) = (&mut rows[row].renamed, &change.pin) {
                    soften(renamed, pin);
                }
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
    let names = rows.iter().enumerate();
    let mut known: HashMap<String, usize> = names
        .map(|(index, row)| (row.fingerprint.clone(), index))
        .collect();
    let mut told = HashSet::new();
    // A row of its own is called by the first, which ought to be the worst.
    alone.sort_by_cached_key(|change| worst_first(&change.item));
    for change in alone {
        let spelling = respelled(equivalent, &change);
        // Other words in the docs of the crate are no more than the other spelling.
        if spelling.is_some() && change.item.bump <= Bump::Patch && !change.item.fails_at_run_time {
            continue;
        }
        told.extend(spelling.as_ref().map(|edit| edit.pointer.clone()));
        let row = own_row(change, spelling, documents, policies, &mut identity);
        match known.get(&row.fingerprint) {
            Some(&other) => {
                let other = &mut rows[other];
                let mut items = std::mem::take(&mut other.rust.items);
                items.extend(row.rust.items);
                other.rust = rust(items);
            }
            None => {
                known.insert(row.fingerprint.clone(), rows.len());
                rows.push(row);
            }
        }
    }
    for row in &mut rows {
        one_item(row);
        silent(row);
        row.to_do = super::advice::of(row);
    }
    // What changes the crate does not change nothing.
    let edited: HashSet<&str> = rows.iter().map(|row| row.pointer.as_str()).collect();
    equivalent
        .retain(|edit| !edited.contains(edit.pointer.as_str()) && !told.contains(&edit.pointer));
    rows
}

/// Adds how the method would stay where it was.
fn soften(renamed: &mut Renamed, pin: &Pin) {
    let pin = format!(
        "pin the method in the policy file, under [methods]: {}",
        pin.line
    );
    renamed.softened_by = match renamed.softened_by.as_str() {
        "" => pin,
        advice => format!("{advice}; for the crate alone, {pin}"),
    };
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

/// Marks what breaks on the wire and not in the compiler. How answers are read, the crate's types say:
/// where those stay, the crate reads what it read, and where only its code differs, the item says so.
fn silent(row: &mut Row) {
    // A call without the parameter works as before, and means something else.
    let default = row.pointer.ends_with("/default");
    let fails = |effect: &Effect| {
        let promised = effect.kind == Kind::Lifecycle || (default && effect.kind == Kind::Values);
        effect.level == Level::Breaking
            && effect.direction != Direction::Response
            && !promised
            && !effect.is_inbound()
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
    let unsaid = |effect: &&mut Effect| {
        fails(effect) && effect.direction == Direction::Request && effect.note.is_empty()
    };
    for effect in row.effects.iter_mut().filter(unsaid) {
        effect.note = "requests that were right before are refused".to_owned();
    }
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
        Reverse((row.level(), row.rust.bump, row.rust.fails_at_run_time)),
        line,
        row.pointer.clone(),
        row.fingerprint.clone(),
    )
}

fn worst_first(item: &Item) -> impl Ord + use<> {
    let worst = Reverse((item.bump, item.fails_at_run_time));
    (worst, item.path.clone())
}

fn rust(mut items: Vec<Item>) -> Rust {
    items.sort_by_cached_key(worst_first);
    Rust {
        bump: items.iter().map(|item| item.bump).max().unwrap_or_default(),
        fails_at_run_time: items.iter().any(|item| item.fails_at_run_time),
        items,
    }
}

/// A change of the crate that no edit of the wire explains: another spelling, the policy file, or
/// a name that was taken.
fn own_row(
    change: Change,
    spelling: Option<Equivalent>,
    (base, head): (&Plain, &Plain),
    policies: Policies<'_>,
    identity: &mut Identity<'_>,
) -> Row {
    let moved = spelling.as_ref().and(change.pin.as_ref()).map(|pin| {
        let mut renamed = Renamed {
            from: pin.from.clone(),
            to: pin.to.clone(),
            softened_by: String::new(),
        };
        soften(&mut renamed, pin);
        renamed
    });
    let (at, before, after, message) = match spelling {
        Some(edit) => {
            // What moved is at another place in each.
            let (old, new) = match (&moved, change.base, change.head) {
                (Some(_), Some(old), Some(new)) => (old, new),
                _ => (edit.pointer.clone(), edit.pointer),
            };
            let (before, after) = (place(&old, base), place(&new, head));
            (old, before, after, edit.message)
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
            let at = change
                .head
                .or(change.base)
                .unwrap_or_else(|| "/info".to_owned());
            let mut message = format!("`{}` {word}", change.item.path);
            if let Some(why) = by_policy(policies, &at, base.value == head.value) {
                message.push_str(&format!(": {why}"));
            }
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
            renamed_to: moved.as_ref().map(|renamed| renamed.to.as_str()),
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
        to_do: "",
        renamed: moved,
        stability: None,
        accepted: None,
    }
}

/// What the policy files say of the place, where they differ. Of what has no entry of its own they
/// are the cause where the documents are none.
fn by_policy((base, head): Policies<'_>, at: &str, same_document: bool) -> Option<String> {
    let entry = |source: Option<&Source>| entries::about(source?, at);
    let name = |source: Option<&Source>| source.map_or("", |source| &source.name).to_owned();
    let (old, new) = (name(base), name(head));
    Some(match (entry(base), entry(head)) {
        (Some(Entry { line, text }), None) => match head {
            Some(_) => format!("`{text}` ({old}:{line}) is gone, and the default holds"),
            None => {
                format!("the policy file is gone ({old}:{line}: `{text}`), and the default holds")
            }
        },
        (old, Some(Entry { line, text })) if old.as_ref().is_none_or(|old| old.text != text) => {
            format!("`{text}` ({new}:{line}) says so")
        }
        _ if !same_document => return None,
        _ => match (base, head) {
            (Some(_), None) => format!("the policy file {old} is gone"),
            (None, Some(_)) => format!("the policy file {new} says so"),
            (Some(base), Some(head)) if base.text != head.text => {
                format!("the policy file {new} changed")
            }
            _ => return None,
        },
    })
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
