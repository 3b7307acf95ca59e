//! A reference that leads to another schema than before: an edit of the place where it stands, since neither schema
//! was edited.

use std::collections::HashSet;

use super::edit::Edit;
use super::equivalence::Equivalence;
use super::schema::{MOST_COMBINED, is_combined};
use super::schema_pair::Below;
use super::{rules, spelling, subject};
use crate::taxonomy::{Kind, Severity};
use codegen::document::pointer;

/// What takes the place of comparing two schemas at their own places. `below` is what both have in
/// common, by name.
pub enum ReferenceChange<'a> {
    Edit {
        edit: Box<Edit>,
        below: Vec<Below<'a>>,
    },
    /// Both schemas mean the same.
    Spelling {
        message: String,
        below: Vec<Below<'a>>,
    },
}

/// An edit, and its severities for requests and responses.
type Found = ((Severity, Severity), Edit);

/// None, unless one of the two is a schema with a name that the other document has as well.
pub fn change<'a>(
    schemas: &mut Equivalence<'a, '_>,
    pair: &Below<'a>,
) -> Option<ReferenceChange<'a>> {
    let ([before], [after]) = (pair.0.as_slice(), pair.1.as_slice()) else {
        return None;
    };
    let old = schemas.base.resolved(before.clone()).location;
    let new = schemas.head.resolved(after.clone()).location;
    let stays = old != before.location && schemas.head.lookup(old.clone()).is_some();
    let was = new != after.location && schemas.base.lookup(new.clone()).is_some();
    if old == new || !(stays || was) {
        return None;
    }
    let (edits, below) = differences(schemas, pair);
    let place = subject::subject(&after.location.pointer, schemas.head);
    let message = spelling::of_reference(&place, before, after);
    if edits.iter().all(|(_, edit)| edit.rule.kind == Kind::Docs) {
        return Some(ReferenceChange::Spelling { message, below });
    }
    let message = format!("{message}: {}", detail(&edits));
    let mut edit = Edit::changed(&rules::REFERENCE_CHANGED, message, before, after);
    let worst = |pick: fn(&(Severity, Severity)) -> Severity| {
        let severities = edits.iter().map(|(severities, _)| pick(severities));
        severities.max().unwrap_or_default()
    };
    edit.severities = Some((
        worst(|severities| severities.0),
        worst(|severities| severities.1),
    ));
    for (_, inner) in edits {
        if !edit.also.contains(&inner.rule) && inner.rule.kind != Kind::Docs {
            edit.also.push(inner.rule);
        }
    }
    let edit = Box::new(edit);
    Some(ReferenceChange::Edit { edit, below })
}

/// All that differs between the two and what they hold, down to what has the same name in both.
fn differences<'a>(
    schemas: &mut Equivalence<'a, '_>,
    pair: &Below<'a>,
) -> (Vec<Found>, Vec<Below<'a>>) {
    let (mut edits, mut below) = (Vec::new(), Vec::new());
    let mut pending = vec![pair.clone()];
    let mut seen = HashSet::new();
    let mut combined = 0;
    while let Some((base, head, context)) = pending.pop() {
        let (old, new) = (schemas.base.key(&base), schemas.head.key(&head));
        if !seen.insert((old.clone(), new.clone(), context)) {
            continue;
        }
        if seen.len() > 1 && old == new {
            below.push((base, head, context));
            continue;
        }
        combined += usize::from(is_combined(&base, &head));
        if combined > MOST_COMBINED {
            break;
        }
        let pair = schemas.compare((&base, &head), context);
        let found = pair.edits.into_iter();
        edits.extend(found.map(|edit| (context.severities(&edit), edit)));
        pending.extend(pair.below);
    }
    (edits, below)
}

/// "without `city` and `street`; with `address`"
fn detail(edits: &[Found]) -> String {
    let property = |edit: &Edit| {
        let stated = pointer::parent(&edit.location.pointer)?.ends_with("/properties");
        let name = pointer::tokens(&edit.location.pointer).last()?;
        (stated && edit.rule.kind == Kind::Existence).then(|| format!("`{name}`"))
    };
    let edits = || {
        edits
            .iter()
            .map(|(_, edit)| edit)
            .filter(|edit| edit.rule.kind != Kind::Docs)
    };
    let names = |is_base: bool| {
        let one = |edit: &&Edit| edit.base.is_some() == is_base && edit.head.is_some() != is_base;
        edits()
            .filter(one)
            .filter_map(property)
            .collect::<Vec<String>>()
    };
    let (gone, new) = (names(true), names(false));
    let others = edits().filter(|edit| property(edit).is_none());
    let others: Vec<String> = others.map(|edit| so_there(&edit.message)).collect();
    let lists = [("without ", gone), ("with ", new), ("", others)].into_iter();
    let lists = lists.filter(|(_, list)| !list.is_empty());
    let lists: Vec<String> = lists
        .map(|(word, list)| format!("{word}{}", listed(&list)))
        .collect();
    lists.join("; ")
}

/// The schema that is another now was so before.
fn so_there(message: &str) -> String {
    message.strip_suffix(" now").unwrap_or(message).to_owned()
}

fn listed(list: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown = list[..list.len().min(SHOWN)].join(", ");
    match list.len().checked_sub(SHOWN) {
        Some(left @ 1..) => format!("{shown} and {left} more"),
        _ => shown,
    }
}
