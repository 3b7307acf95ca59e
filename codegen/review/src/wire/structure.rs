//! Schemas made of schemas: items, conditions, and the members of `allOf`.

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::document::{At, Document};
use super::edit::{Edit, Spot};
use super::rules::{self, Rule};
use super::schema::{ANNOTATIONS, Member, View};
use super::schema_pair::{Local, Same, both_pure, is_anything, member};
use super::{discriminator, unions};
use crate::Level;

pub fn compare<'a>(local: &mut Local<'a, '_>, same: Same<'_, 'a>) {
    negation(local, same);
    for keyword in CONDITIONS {
        condition(local, keyword);
    }
    let (added, removed) = (&rules::CONDITION_ADDED, &rules::CONDITION_REMOVED);
    named(local, "dependentSchemas", added, removed);
    let (added, removed) = (
        &rules::PATTERN_PROPERTY_ADDED,
        &rules::PATTERN_PROPERTY_REMOVED,
    );
    named(local, "patternProperties", added, removed);
    dependent_required(local);
    items(local);
    prefix_items(local);
    discriminator::compare(local);
    if !both_pure(local) {
        unions::compare(local, same);
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
fn negation<'a>(local: &mut Local<'a, '_>, same: Same<'_, 'a>) {
    let keyword = "not";
    let stated = |view: &View<'a>| {
        let found = member(view, keyword)?;
        (found[0].value != &Value::Bool(false)).then_some(found)
    };
    let (base, head) = (stated(&local.base), stated(&local.head));
    let subject = local.subject();
    let edit = match (base, head) {
        (Some(base), Some(head)) if same(&base, &head) => return,
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
    local.push(edit);
}

/// A schema that values have to match as well.
fn condition(local: &mut Local<'_, '_>, keyword: &str) {
    let stated = |view: &View<'_>| view.get(keyword).is_some_and(|at| !is_anything(at.value));
    match (stated(&local.base), stated(&local.head)) {
        (false, false) => {}
        (true, true) => {
            let uses = (member(&local.base, keyword), member(&local.head, keyword));
            if let (Some(base), Some(head)) = uses {
                local.descend(base, head);
            }
        }
        _ => {
            let (added, removed) = (&rules::CONDITION_ADDED, &rules::CONDITION_REMOVED);
            local.keyword(keyword, added, removed);
        }
    }
}

/// Schemas by a name: `dependentSchemas`, `patternProperties`.
fn named(local: &mut Local<'_, '_>, keyword: &str, added: &'static Rule, removed: &'static Rule) {
    let (base, head) = (members(&local.base, keyword), members(&local.head, keyword));
    let subject = local.subject();
    for (name, at) in &head {
        match base.get(name) {
            Some(before) => local.descend(vec![before.clone()], vec![at.clone()]),
            None => {
                let message = format!("`{name}` was added to `{keyword}` of {subject}");
                local.push(Edit::added(added, message, at));
            }
        }
    }
    for (name, at) in base.iter().filter(|(name, _)| !head.contains_key(*name)) {
        let message = format!("`{name}` was removed from `{keyword}` of {subject}");
        local.push(Edit::removed(removed, message, at));
    }
}

fn members<'a>(view: &View<'a>, keyword: &str) -> BTreeMap<&'a String, At<'a>> {
    view.all(keyword).flat_map(|at| at.members()).collect()
}

fn dependent_required(local: &mut Local<'_, '_>) {
    let keyword = "dependentRequired";
    let (base, head) = (members(&local.base, keyword), members(&local.head, keyword));
    let subject = local.subject();
    for (name, at) in &head {
        let message = format!("what `{name}` of {subject} requires");
        match base.get(name) {
            None => local.push(Edit::added(
                &rules::CONDITION_ADDED,
                format!("{message} was added"),
                at,
            )),
            Some(before) if sorted(before.value) != sorted(at.value) => {
                let rule = &rules::CONDITION_CHANGED;
                local.push(Edit::changed(
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
        let message = format!("`{name}` of {subject} requires no others any more");
        local.push(Edit::removed(&rules::CONDITION_REMOVED, message, at));
    }
}

fn sorted(list: &Value) -> Vec<String> {
    let items = list.as_array().into_iter().flatten();
    let mut items: Vec<String> = items.map(Value::to_string).collect();
    items.sort();
    items
}

fn items(local: &mut Local<'_, '_>) {
    let uses = (member(&local.base, "items"), member(&local.head, "items"));
    match uses {
        (Some(base), Some(head)) => local.descend(base, head),
        (None, Some(head))
            if !is_anything(head[0].value) && is_list(&local.base, local.base_document) =>
        {
            let message = format!("the items of {} got a schema", local.subject());
            local.push(Edit::added(&rules::CONDITION_ADDED, message, &head[0]));
        }
        (Some(base), None)
            if !is_anything(base[0].value) && is_list(&local.head, local.head_document) =>
        {
            let message = format!("the items of {} may be anything", local.subject());
            local.push(Edit::removed(&rules::CONDITION_REMOVED, message, &base[0]));
        }
        _ => {}
    }
}

fn is_list<'a>(view: &View<'a>, document: &Document<'a>) -> bool {
    view.types(document)
        .is_some_and(|(types, _)| types.contains("array"))
}

fn prefix_items(local: &mut Local<'_, '_>) {
    let base: Vec<At<'_>> = list_of(&local.base);
    let head: Vec<At<'_>> = list_of(&local.head);
    let subject = local.subject();
    for (index, at) in head.iter().enumerate() {
        match base.get(index) {
            Some(before) => local.descend(vec![before.clone()], vec![at.clone()]),
            None => {
                let message = format!("item {index} was added to {subject}");
                local.push(Edit::added(&rules::ITEM_ADDED, message, at));
            }
        }
    }
    for (index, at) in base.iter().enumerate().skip(head.len()) {
        let message = format!("item {index} was removed from {subject}");
        local.push(Edit::removed(&rules::ITEM_REMOVED, message, at));
    }
}

fn list_of<'a>(view: &View<'a>) -> Vec<At<'a>> {
    let list = view.get("prefixItems");
    list.into_iter().flat_map(|at| at.items()).collect()
}

/// Puts what a member of `allOf` brings along, or takes away with it, into one edit.
pub fn fold_members(local: &mut Local<'_, '_>) {
    let (base, head) = (local.base.members.clone(), local.head.members.clone());
    if base.is_empty() && head.is_empty() {
        return;
    }
    for (member, added) in unmatched(&head, &base)
        .map(|member| (member, true))
        .chain(unmatched(&base, &head).map(|member| (member, false)))
    {
        fold(local, member, added);
    }
}

/// The members of one side that the other side has not: an inline one at its place or elsewhere, a
/// referenced one by what it names.
fn unmatched<'s, 'a>(
    of: &'s [Member<'a>],
    others: &'s [Member<'a>],
) -> impl Iterator<Item = &'s Member<'a>> {
    let inline = |member: &&Member<'_>| member.at.pointer == member.target.pointer;
    let targets: HashSet<&str> = others.iter().map(|other| &*other.target.pointer).collect();
    let own: HashSet<&str> = others
        .iter()
        .filter(inline)
        .map(|other| &*other.at.pointer)
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
            !own.contains(&*member.at.pointer) && !values.contains(member.at.value)
        } else {
            !targets.contains(&*member.target.pointer)
        }
    })
}

fn fold(local: &mut Local<'_, '_>, member: &Member<'_>, added: bool) {
    let below = format!("{}/", member.target.pointer);
    let mine = |edit: &Edit| {
        let (spot, other) = if added {
            (&edit.head, &edit.base)
        } else {
            (&edit.base, &edit.head)
        };
        let inside = |spot: &Spot| spot.pointer.starts_with(&below);
        spot.as_ref().is_some_and(inside) && other.is_none()
    };
    let (folded, kept): (Vec<Edit>, Vec<Edit>) = local.edits.drain(..).partition(mine);
    local.edits = kept;
    let annotation = member.target.object().is_some_and(|object| {
        !object.is_empty() && object.keys().all(|key| ANNOTATIONS.contains(&key.as_str()))
    });
    if folded.is_empty() && !annotation {
        return;
    }
    let worst = |pick: fn((Level, Level)) -> Level| {
        folded
            .iter()
            .map(|edit| pick(edit.levels()))
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
        local.subject()
    );
    let mut edit = if added {
        Edit::added(rule, message, &member.at)
    } else {
        Edit::removed(rule, message, &member.at)
    };
    edit.levels = Some((worst(|levels| levels.0), worst(|levels| levels.1)));
    edit.covers = folded
        .iter()
        .flat_map(|edit| [&edit.base, &edit.head])
        .flatten()
        .map(|spot| spot.pointer.clone())
        .collect();
    local.push(edit);
}
