//! A reference that leads to another schema than before: told where it stands, since neither schema was edited.

use std::collections::HashSet;

use super::document::At;
use super::edit::Edit;
use super::schema::{MOST_COMBINED, is_combined};
use super::schema_pair::Below;
use super::{Engine, rules, subject};
use crate::{Kind, Level};
use codegen::document::pointer;

/// What takes the place of comparing two schemas at their own places.
pub struct Retargeted<'a> {
    /// None, if both schemas mean the same.
    pub edit: Option<Edit>,
    /// What both schemas have in common, by name.
    pub below: Vec<Below<'a>>,
}

/// An edit, and its levels for requests and responses.
type Found = ((Level, Level), Edit);

impl<'a> Engine<'a, '_> {
    /// None, unless one of the two is a schema with a name that the other document has as well.
    pub(super) fn retargeted(&mut self, pair: &Below<'a>) -> Option<Retargeted<'a>> {
        let ([before], [after]) = (pair.0.as_slice(), pair.1.as_slice()) else {
            return None;
        };
        let old = self.base.resolved(before.clone()).pointer;
        let new = self.head.resolved(after.clone()).pointer;
        let stays = old != before.pointer && self.head.lookup(&old).is_some();
        let was = new != after.pointer && self.base.lookup(&new).is_some();
        if old == new || !(stays || was) {
            return None;
        }
        let (edits, below) = self.differences(pair);
        let place = subject::subject(&after.pointer, self.head);
        let message = respelling(&place, before, after);
        if edits.iter().all(|(_, edit)| edit.rule.kind == Kind::Docs) {
            self.respelled(after, message, before);
            return Some(Retargeted { edit: None, below });
        }
        let detail = detail(&edits);
        let message = format!("{message}: {detail}");
        let mut edit = Edit::changed(&rules::RETARGETED, message, before, after);
        let worst = |pick: fn(&(Level, Level)) -> Level| {
            let levels = edits.iter().map(|(levels, _)| pick(levels));
            levels.max().unwrap_or_default()
        };
        edit.levels = Some((worst(|levels| levels.0), worst(|levels| levels.1)));
        for (_, inner) in edits {
            if !edit.also.contains(&inner.rule) && inner.rule.kind != Kind::Docs {
                edit.also.push(inner.rule);
            }
        }
        let edit = Some(edit);
        Some(Retargeted { edit, below })
    }

    /// All that differs between the two and what they hold, down to what has the same name in both.
    fn differences(&mut self, pair: &Below<'a>) -> (Vec<Found>, Vec<Below<'a>>) {
        let (mut edits, mut below) = (Vec::new(), Vec::new());
        let mut pending = vec![pair.clone()];
        let mut seen = HashSet::new();
        let mut combined = 0;
        while let Some((base, head, context)) = pending.pop() {
            let (old, new) = (self.base.identity(&base), self.head.identity(&head));
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
            let local = self.compared((&base, &head), context);
            let found = local.edits.into_iter();
            edits.extend(found.map(|edit| (context.levels(&edit), edit)));
            pending.extend(local.below);
        }
        (edits, below)
    }
}

/// "`Person` takes the place of `Owner` as the property `owner` of the schema `Pet`"
pub fn respelling(place: &str, before: &At<'_>, after: &At<'_>) -> String {
    let last = |text: &'_ str| text.rsplit('/').next().unwrap_or_default().to_owned();
    let (old, new) = (before.text("$ref"), after.text("$ref"));
    let alike = old.map(last) == new.map(last);
    let name = |reference: Option<&str>| match reference {
        Some(reference) if alike => format!("`{reference}`"),
        Some(reference) => format!("`{}`", last(reference)),
        None => "an inline schema".to_owned(),
    };
    format!("{} takes the place of {} as {place}", name(new), name(old))
}

/// "without `city` and `street`; with `address`"
fn detail(edits: &[Found]) -> String {
    let property = |edit: &Edit| {
        let stated = pointer::parent(&edit.pointer)?.ends_with("/properties");
        let name = pointer::tokens(&edit.pointer).last()?;
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
