//! Schemas made of schemas: items, conditions, and the members of `allOf`.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::document::{At, Document};
use super::edit::{Edit, Spot};
use super::keywords::ANNOTATIONS;
use super::rules::{self, Rule};
use super::schema::{Member, View, is_anything};
use super::schema_pair::{AreEquivalent, SchemaPair, both_pure};
use super::{discriminator, kinds, unions};
use crate::taxonomy::Severity;
use codegen::location::Location;

pub fn compare<'a>(pair: &mut SchemaPair<'a, '_>, equivalent: AreEquivalent<'_, 'a>) {
    negation(pair, equivalent);
    for keyword in CONDITIONS {
        condition(pair, keyword);
    }
    let (added, removed) = (&rules::CONDITION_ADDED, &rules::CONDITION_REMOVED);
    named(pair, "dependentSchemas", added, removed);
    let (added, removed) = (
        &rules::PATTERN_PROPERTY_ADDED,
        &rules::PATTERN_PROPERTY_REMOVED,
    );
    named(pair, "patternProperties", added, removed);
    dependent_required(pair);
    items(pair);
    prefix_items(pair);
    discriminator::compare(pair);
    kinds::compare(pair, equivalent);
    if !both_pure(pair) {
        unions::compare(pair, equivalent);
    }
}

const CONDITIONS: [&str; 7] = [
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
];

/// A schema that values must not match: what is allowed in it is forbidden.
fn negation<'a>(pair: &mut SchemaPair<'a, '_>, equivalent: AreEquivalent<'_, 'a>) {
    let keyword = "not";
    let stated = |view: &View<'a>| {
        let found = view.member(keyword)?;
        (found[0].value != &Value::Bool(false)).then_some(found)
    };
    let (base, head) = (stated(&pair.base), stated(&pair.head));
    let subject = pair.subject();
    let edit = match (base, head) {
        (Some(base), Some(head)) if equivalent(&base, &head) => return,
        (Some(base), Some(head)) => {
            let message = format!("`{keyword}` of {subject} changed");
            Edit::changed(&rules::CONDITION_CHANGED, message, &base[0], &head[0])
        }
        (None, Some(head)) => {
            let message = format!("`{keyword}` was added to {subject}");
            Edit::added(&rules::CONDITION_ADDED, message, &head[0])
        }
        (Some(base), None) => {
            let message = format!("`{keyword}` was removed from {subject}");
            Edit::removed(&rules::CONDITION_REMOVED, message, &base[0])
        }
        (None, None) => return,
    };
    pair.push(edit);
}

/// A schema that values have to match as well.
fn condition(pair: &mut SchemaPair<'_, '_>, keyword: &str) {
    let stated = |view: &View<'_>| view.get(keyword).is_some_and(|at| !is_anything(at.value));
    match (stated(&pair.base), stated(&pair.head)) {
        (false, false) => {}
        (true, true) => {
            let uses = (pair.base.member(keyword), pair.head.member(keyword));
            if let (Some(base), Some(head)) = uses {
                pair.descend(base, head);
            }
        }
        _ => {
            let (added, removed) = (&rules::CONDITION_ADDED, &rules::CONDITION_REMOVED);
            pair.keyword(keyword, added, removed);
        }
    }
}

/// Schemas by a name: `dependentSchemas`, `patternProperties`.
fn named(
    pair: &mut SchemaPair<'_, '_>,
    keyword: &str,
    added: &'static Rule,
    removed: &'static Rule,
) {
    let (base, head) = (members(&pair.base, keyword), members(&pair.head, keyword));
    let subject = pair.subject();
    for (name, at) in &head {
        match base.get(name) {
            Some(before) => pair.descend(vec![before.clone()], vec![at.clone()]),
            None => {
                let message = format!("`{name}` was added to `{keyword}` of {subject}");
                pair.push(Edit::added(added, message, at));
            }
        }
    }
    for (name, at) in base.iter().filter(|(name, _)| !head.contains_key(*name)) {
        let message = format!("`{name}` was removed from `{keyword}` of {subject}");
        pair.push(Edit::removed(removed, message, at));
    }
}

fn members<'a>(view: &View<'a>, keyword: &str) -> BTreeMap<&'a String, At<'a>> {
    view.all(keyword).flat_map(|at| at.members()).collect()
}

fn dependent_required(pair: &mut SchemaPair<'_, '_>) {
    let keyword = "dependentRequired";
    let (base, head) = (members(&pair.base, keyword), members(&pair.head, keyword));
    let subject = pair.subject();
    for (name, at) in &head {
        let message = format!("what `{name}` of {subject} requires");
        match base.get(name) {
            None => pair.push(Edit::added(
                &rules::CONDITION_ADDED,
                format!("{message} was added"),
                at,
            )),
            Some(before) if sorted(before.value) != sorted(at.value) => {
                let rule = &rules::CONDITION_CHANGED;
                pair.push(Edit::changed(
                    rule,
                    format!("{message} changed"),
                    before,
                    at,
                ));
            }
            Some(_) => {}
        }
    }
    for (name, at) in base.iter().filter(|(name, _)| !head.contains_key(*name)) {
        let message = format!("`{name}` of {subject} no longer requires others");
        pair.push(Edit::removed(&rules::CONDITION_REMOVED, message, at));
    }
}

fn sorted(list: &Value) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    let mut items: Vec<String> = items.map(Value::to_string).collect();
    items.sort();
    items
}

fn items(pair: &mut SchemaPair<'_, '_>) {
    let uses = (pair.base.member("items"), pair.head.member("items"));
    match uses {
        (Some(base), Some(head)) => pair.descend(base, head),
        (None, Some(head))
            if !is_anything(head[0].value) && is_list(&pair.base, pair.base_document) =>
        {
            let message = format!("the items of {} have a schema now", pair.subject());
            pair.push(Edit::added(&rules::CONDITION_ADDED, message, &head[0]));
        }
        (Some(base), None)
            if !is_anything(base[0].value) && is_list(&pair.head, pair.head_document) =>
        {
            let message = format!("the items of {} may be anything now", pair.subject());
            pair.push(Edit::removed(&rules::CONDITION_REMOVED, message, &base[0]));
        }
        _ => {}
    }
}

fn is_list<'a>(view: &View<'a>, document: &Document<'a>) -> bool {
    view.types(document)
        .is_some_and(|(types, _)| types.contains("array"))
}

fn prefix_items(pair: &mut SchemaPair<'_, '_>) {
    let base: Vec<At<'_>> = list_of(&pair.base);
    let head: Vec<At<'_>> = list_of(&pair.head);
    let subject = pair.subject();
    for (index, at) in head.iter().enumerate() {
        match base.get(index) {
            Some(before) => pair.descend(vec![before.clone()], vec![at.clone()]),
            None => {
                let message = format!("item {index} was added to {subject}");
                pair.push(Edit::added(&rules::ITEM_ADDED, message, at));
            }
        }
    }
    for (index, at) in base.iter().enumerate().skip(head.len()) {
        let message = format!("item {index} was removed from {subject}");
        pair.push(Edit::removed(&rules::ITEM_REMOVED, message, at));
    }
}

fn list_of<'a>(view: &View<'a>) -> Vec<At<'a>> {
    let list = view.get("prefixItems");
    list.into_iter().flat_map(|at| at.items()).collect()
}

/// Puts what a member of `allOf` brings along, or takes away with it, into one edit.
pub fn fold_members(pair: &mut SchemaPair<'_, '_>) {
    let (base, head) = (pair.base.members.clone(), pair.head.members.clone());
    if base.is_empty() && head.is_empty() {
        return;
    }
    for (member, added) in unmatched(&head, &base)
        .map(|member| (member, true))
        .chain(unmatched(&base, &head).map(|member| (member, false)))
    {
        fold(pair, member, added);
    }
}

/// The members of one side that the other side has not: an inline one at its place or elsewhere, a
/// referenced one by what it names.
fn unmatched<'s, 'a>(
    of: &'s [Member<'a>],
    others: &'s [Member<'a>],
) -> impl Iterator<Item = &'s Member<'a>> {
    let inline = |member: &&Member<'_>| member.at.location == member.target.location;
    let targets: HashSet<&Location> = others.iter().map(|other| &other.target.location).collect();
    let own: HashSet<&Location> = others
        .iter()
        .filter(inline)
        .map(|other| &other.at.location)
        .collect();
    let values = LazyCell::new(move || -> HashSet<&Value> {
        others
            .iter()
            .filter(inline)
            .map(|other| other.at.value)
            .collect()
    });
    of.iter().filter(move |member| {
        if inline(member) {
            !own.contains(&member.at.location) && !values.contains(member.at.value)
        } else {
            !targets.contains(&member.target.location)
        }
    })
}

fn fold(pair: &mut SchemaPair<'_, '_>, member: &Member<'_>, added: bool) {
    let below = format!("{}/", member.target.location.pointer);
    let mine = |edit: &Edit| {
        let (spot, other) = if added {
            (&edit.head, &edit.base)
        } else {
            (&edit.base, &edit.head)
        };
        let inside = |spot: &Spot| spot.location.pointer.starts_with(&below);
        spot.as_ref().is_some_and(inside) && other.is_none()
    };
    let (folded, kept): (Vec<Edit>, Vec<Edit>) = pair.edits.drain(..).partition(mine);
    pair.edits = kept;
    let annotation = member.target.object().is_some_and(|object| {
        !object.is_empty() && object.keys().all(|key| ANNOTATIONS.contains(&key.as_str()))
    });
    if folded.is_empty() && !annotation {
        return;
    }
    let worst = |pick: fn((Severity, Severity)) -> Severity| {
        folded
            .iter()
            .map(|edit| pick(edit.severities()))
            .max()
            .unwrap_or_default()
    };
    let (rule, word) = if added {
        (&rules::PART_ADDED, "added to")
    } else {
        (&rules::PART_REMOVED, "removed from")
    };
    let list: Vec<&str> = folded.iter().map(|edit| edit.message.as_str()).collect();
    let detail = match list.as_slice() {
        [] => "it holds text only".to_owned(),
        [first, rest @ ..] if rest.len() > 1 => format!("{first}, and {} more", rest.len()),
        list => list.join("; "),
    };
    let message = format!(
        "{} was {word} `allOf` of {}: {detail}",
        unions::title(&member.at),
        pair.subject()
    );
    let mut edit = if added {
        Edit::added(rule, message, &member.at)
    } else {
        Edit::removed(rule, message, &member.at)
    };
    edit.severities = Some((
        worst(|severities| severities.0),
        worst(|severities| severities.1),
    ));
    edit.covers = folded
        .iter()
        .flat_map(|edit| [&edit.base, &edit.head])
        .flatten()
        .map(|spot| spot.location.clone())
        .collect();
    pair.push(edit);
}
