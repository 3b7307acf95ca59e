//! The properties of objects: those that are declared, those that are required, and the others.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::document::At;
use super::edit::{Edit, Spot};
use super::schema::{Use, View, is_anything};
use super::schema_pair::{AreEquivalent, SchemaPair};
use super::{mutability, renames, rules, subject};
use crate::report::Renamed;
use crate::taxonomy::Severity;
use codegen::location::Location;

type Required<'a> = BTreeMap<&'a str, At<'a>>;

pub fn compare<'a>(pair: &mut SchemaPair<'a, '_>, equivalent: AreEquivalent<'_, 'a>) {
    let (base, head) = (pair.base.properties(), pair.head.properties());
    let required = (pair.base.required(), pair.head.required());
    let mut removed: Vec<&str> = base
        .keys()
        .filter(|name| !head.contains_key(*name))
        .copied()
        .collect();
    let mut added: Vec<&str> = head
        .keys()
        .filter(|name| !base.contains_key(*name))
        .copied()
        .collect();
    let renames = renames::properties((&base, &removed), (&head, &added), equivalent);
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = renames.iter().copied().unzip();
    removed.retain(|name| !old.contains(name));
    added.retain(|name| !new.contains(name));
    for (from, to) in renames {
        property_renamed(pair, (from, &base[from]), (to, &head[to]), &required);
        pair.descend_property(&base[from], &head[to]);
        let stated = (required.0.contains_key(from), required.1.contains_key(to));
        mutability::of_required(pair, (&base[from], &head[to]), stated);
    }
    for name in removed {
        property_removed(pair, &base[name]);
    }
    for name in added {
        property_added(pair, &head[name], required.1.contains_key(name));
    }
    for (name, head) in &head {
        if let Some(base) = base.get(name) {
            pair.descend_property(base, head);
            let stated = (required.0.contains_key(name), required.1.contains_key(name));
            mutability::of_required(pair, (base, head), stated);
            let place = &head[0].location;
            requiredness(pair, name, place, (&base[0], &head[0]), &required);
        }
    }
    undeclared(pair, &required, &base, &head);
}

fn silenced(edit: Edit, unseen: bool) -> Edit {
    let severities = unseen.then_some((Severity::None, Severity::None));
    Edit { severities, ..edit }
}

fn property_added<'a>(pair: &mut SchemaPair<'a, '_>, head: &Use<'a>, required: bool) {
    if View::new(pair.head_document, head).never {
        let property = subject::property(&head[0].location.pointer, pair.head_document);
        let message = format!("the {property} is forbidden now");
        return pair.push(Edit::added(&rules::CLOSED, message, &head[0]));
    }
    let (rule, word) = if required {
        (&rules::REQUIRED_PROPERTY_ADDED, "required")
    } else {
        (&rules::PROPERTY_ADDED, "optional")
    };
    let property = subject::property(&head[0].location.pointer, pair.head_document);
    let message = format!("the {word} {property} was added");
    let edit = Edit::added(rule, message, &head[0]);
    let unseen = pair.unseen(pair.head_document, head);
    pair.push(silenced(edit, unseen));
}

fn property_removed<'a>(pair: &mut SchemaPair<'a, '_>, base: &Use<'a>) {
    if View::new(pair.base_document, base).never {
        let property = subject::property(&base[0].location.pointer, pair.base_document);
        let message = format!("the {property} is no longer forbidden");
        return pair.push(Edit::removed(&rules::OPENED, message, &base[0]));
    }
    let property = subject::property(&base[0].location.pointer, pair.base_document);
    let message = format!("the {property} was removed");
    let edit = Edit::removed(&rules::PROPERTY_REMOVED, message, &base[0]);
    let unseen = pair.unseen(pair.base_document, base);
    pair.push(silenced(edit, unseen));
}

fn property_renamed<'a>(
    pair: &mut SchemaPair<'a, '_>,
    base: (&str, &Use<'a>),
    head: (&str, &Use<'a>),
    required: &(Required<'a>, Required<'a>),
) {
    let rule = if required.1.contains_key(head.0) {
        &rules::REQUIRED_PROPERTY_RENAMED
    } else {
        &rules::PROPERTY_RENAMED
    };
    let (from, to) = (base.0, head.0);
    let property = subject::property(&base.1[0].location.pointer, pair.base_document);
    let message = format!("the {property} was renamed to `{to}`");
    let added = if required.1.contains_key(to) {
        &rules::REQUIRED_PROPERTY_ADDED
    } else {
        &rules::PROPERTY_ADDED
    };
    let mut edit = Edit::changed(rule, message, &base.1[0], &head.1[0]).also(added);
    edit.renamed = Some(Renamed {
        from: from.to_owned(),
        to: to.to_owned(),
        softened_by: format!("keep `{from}` beside `{to}` for a while, marked `deprecated: true`"),
    });
    pair.push(edit);
}

fn requiredness<'a>(
    pair: &mut SchemaPair<'a, '_>,
    name: &str,
    place: &Location,
    declared: (&At<'a>, &At<'a>),
    required: &(Required<'a>, Required<'a>),
) {
    let (base, head) = (required.0.get(name), required.1.get(name));
    let (rule, word) = match (base.is_some(), head.is_some()) {
        (false, true) => (&rules::BECAME_REQUIRED, "required"),
        (true, false) => (&rules::BECAME_OPTIONAL, "optional"),
        _ => return,
    };
    let property = subject::property(&place.pointer, pair.head_document);
    let message = format!("the {property} became {word}");
    let spot = |stated: Option<&At<'_>>, declared: &At<'_>| match stated {
        Some(at) => Spot::new(&at.location, true),
        None => Spot::new(&declared.location, false),
    };
    let edit = Edit::changed(
        rule,
        message,
        spot(base, declared.0),
        spot(head, declared.1),
    );
    let unseen = pair.unseen(pair.head_document, &vec![declared.1.clone()]);
    pair.push(silenced(edit.at(place), unseen));
}

/// Names in `required` that no property declares.
fn undeclared<'a>(
    pair: &mut SchemaPair<'a, '_>,
    required: &(Required<'a>, Required<'a>),
    base: &BTreeMap<&str, Use<'a>>,
    head: &BTreeMap<&str, Use<'a>>,
) {
    let unknown = |name: &&str| !base.contains_key(name) && !head.contains_key(name);
    for (name, at) in required.1.iter().filter(|(name, _)| unknown(name)) {
        if !required.0.contains_key(name) {
            let message = format!("`{name}` of {} became required", pair.subject());
            pair.push(Edit::added(&rules::REQUIRED_PROPERTY_ADDED, message, at));
        }
    }
    for (name, at) in required.0.iter().filter(|(name, _)| unknown(name)) {
        if !required.1.contains_key(name) {
            let message = format!("`{name}` of {} is no longer required", pair.subject());
            pair.push(Edit::removed(&rules::PROPERTY_REMOVED, message, at));
        }
    }
}

/// `additionalProperties`: open, closed, or of a schema.
pub fn additional<'a>(pair: &mut SchemaPair<'a, '_>) {
    let (base, head) = (additional_of(pair, true), additional_of(pair, false));
    let never = |at: &At<'a>, document| View::new(document, std::slice::from_ref(at)).never;
    let was = base
        .as_ref()
        .is_some_and(|at| never(at, pair.base_document));
    let is = head
        .as_ref()
        .is_some_and(|at| never(at, pair.head_document));
    let rule = match (was, is) {
        (false, true) => &rules::CLOSED,
        (true, false) => &rules::OPENED,
        _ => {
            let any = |at: &Option<At<'a>>| at.as_ref().is_none_or(|at| is_anything(at.value));
            match (any(&base), any(&head), base, head) {
                (false, false, Some(base), Some(head)) => pair.descend(vec![base], vec![head]),
                (true, false, base, Some(head)) => {
                    let message = format!("the values of {} have a schema now", pair.subject());
                    let base = Spot::or_missing(base.as_ref(), pair.base.home());
                    pair.push(Edit::changed(&rules::CLOSED, message, base, &head));
                }
                (false, true, Some(base), head) => {
                    let message = format!("the values of {} may be anything now", pair.subject());
                    let head = Spot::or_missing(head.as_ref(), pair.head.home());
                    pair.push(Edit::changed(&rules::OPENED, message, &base, head));
                }
                _ => {}
            }
            return;
        }
    };
    let word = if is {
        "no longer allowed"
    } else {
        "allowed now"
    };
    let message = format!("additional properties of {} are {word}", pair.subject());
    let (base, head) = (
        Spot::or_missing(base.as_ref(), pair.base.home()),
        Spot::or_missing(head.as_ref(), pair.head.home()),
    );
    pair.push(Edit::changed(rule, message, base, head));
}

/// A part that closes the object wins over one that has a schema for the rest, and this one
/// over one that takes anything.
fn additional_of<'a>(pair: &SchemaPair<'a, '_>, base: bool) -> Option<At<'a>> {
    let view = if base { &pair.base } else { &pair.head };
    let looseness = |at: &At<'_>| match at.value {
        Value::Bool(false) => 0,
        value => 1 + u8::from(is_anything(value)),
    };
    view.all("additionalProperties").min_by_key(looseness)
}
