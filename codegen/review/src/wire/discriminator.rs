//! Discriminators, which select the alternative of a union.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{At, Document, last_word};
use super::edit::{Edit, Spot, shown};
use super::schema::View;
use super::schema_pair::SchemaPair;
use super::{rules, subject};
use crate::report::Renamed;

pub fn compare(pair: &mut SchemaPair<'_, '_>) {
    let keyword = "discriminator";
    let (added, removed) = (&rules::DISCRIMINATOR_ADDED, &rules::DISCRIMINATOR_REMOVED);
    if pair.keyword(keyword, added, removed) {
        return;
    }
    let (Some(base), Some(head)) = (pair.base.get(keyword), pair.head.get(keyword)) else {
        return;
    };
    if is_inherited(pair.base_document, &pair.base) && is_inherited(pair.head_document, &pair.head)
    {
        return;
    }
    let owner = head.location.parent().unwrap_or_default();
    let subject = subject::subject(&owner.pointer, pair.head_document);
    let name = |at: &At<'_>| at.get("propertyName").map(|at| Spot::from(&at));
    if let (Some(before), Some(after)) = (name(&base), name(&head))
        && before.value != after.value
    {
        let message = format!(
            "the discriminator of {subject} changed from {} to {}",
            shown(&before.value),
            shown(&after.value)
        );
        pair.push(Edit::changed(
            &rules::DISCRIMINATOR_PROPERTY_CHANGED,
            message,
            before,
            after,
        ));
    }
    let mapping = |at: &At<'_>| -> Vec<(String, Spot)> {
        let members = at.get("mapping").into_iter().flat_map(|at| {
            at.members()
                .map(|(name, at)| (name.clone(), Spot::from(&at)))
                .collect::<Vec<_>>()
        });
        members.collect()
    };
    let (gone, come) = exchanged(pair);
    let left = |list: Vec<(String, Spot)>, with: BTreeSet<&str>| -> BTreeMap<String, Spot> {
        let list = list.into_iter();
        list.filter(|(_, spot)| !chosen(spot).is_some_and(|name| with.contains(name)))
            .collect()
    };
    let (base, head) = (left(mapping(&base), gone), left(mapping(&head), come));
    mappings(pair, &subject, base, head);
}

/// Whether the discriminator is of a base, whose own comparison it is: all kinds of one base have it.
fn is_inherited<'a>(document: &Document<'a>, view: &View<'a>) -> bool {
    let owner = view
        .get("discriminator")
        .and_then(|at| at.location.parent());
    owner.is_some_and(|owner| {
        let of_kinds = document.kinds().contains_key(&owner);
        of_kinds && view.base(document) != Some(owner)
    })
}

/// The schema that a value of a discriminator chooses: by its name, or by a reference to it.
fn chosen(spot: &Spot) -> Option<&str> {
    last_word(&spot.value)
}

/// The alternatives and kinds that only one side has: with each goes or comes what chooses it.
fn exchanged<'a>(pair: &SchemaPair<'a, '_>) -> (BTreeSet<&'a str>, BTreeSet<&'a str>) {
    let names = |document: &Document<'a>, view: &View<'a>| -> BTreeSet<&'a str> {
        let branches = view.unions.iter().flat_map(|union| &union.branches);
        let references = branches.filter_map(|at| last_word(at.value.get("$ref")?));
        let owner = view
            .get("discriminator")
            .and_then(|at| at.location.parent());
        let kinds = owner.and_then(|owner| document.kinds().get(&owner));
        let kinds = kinds.into_iter().flatten();
        references.chain(kinds.map(|(name, _)| *name)).collect()
    };
    let base = names(pair.base_document, &pair.base);
    let head = names(pair.head_document, &pair.head);
    (
        base.difference(&head).copied().collect(),
        head.difference(&base).copied().collect(),
    )
}

fn mappings(
    pair: &mut SchemaPair<'_, '_>,
    subject: &str,
    mut base: BTreeMap<String, Spot>,
    mut head: BTreeMap<String, Spot>,
) {
    for (from, to) in renamed(&base, &head) {
        let message = format!("the discriminator's value `{from}` of {subject} became `{to}`");
        if let (Some(before), Some(after)) = (base.remove(&from), head.remove(&to)) {
            let rule = &rules::DISCRIMINATOR_VALUE_CHANGED;
            let mut edit = Edit::changed(rule, message, before, after);
            edit.renamed = Some(Renamed {
                softened_by: format!("keep `{from}` beside `{to}` in the mapping for a while"),
                from,
                to,
            });
            pair.push(edit.also(&rules::DISCRIMINATOR_ADDED));
        }
    }
    for (name, spot) in &head {
        match base.get(name) {
            None => {
                let message = format!("the discriminator's value `{name}` was added to {subject}");
                pair.push(Edit::added(
                    &rules::DISCRIMINATOR_ADDED,
                    message,
                    spot.clone(),
                ));
            }
            Some(before) if before.value != spot.value => {
                let message = format!(
                    "the discriminator's value `{name}` of {subject} selects another schema"
                );
                pair.push(Edit::changed(
                    &rules::DISCRIMINATOR_CHANGED,
                    message,
                    before.clone(),
                    spot.clone(),
                ));
            }
            Some(_) => {}
        }
    }
    for (name, spot) in base.iter().filter(|(name, _)| !head.contains_key(*name)) {
        let message = format!("the discriminator's value `{name}` was removed from {subject}");
        pair.push(Edit::removed(
            &rules::DISCRIMINATOR_REMOVED,
            message,
            spot.clone(),
        ));
    }
}

/// Values, old and new, that choose the same schema, which no other value chooses.
fn renamed(base: &BTreeMap<String, Spot>, head: &BTreeMap<String, Spot>) -> Vec<(String, String)> {
    fn only<'m>(
        of: &'m BTreeMap<String, Spot>,
        other: &BTreeMap<String, Spot>,
    ) -> BTreeMap<&'m str, &'m String> {
        let mut found: BTreeMap<&str, Option<&String>> = BTreeMap::new();
        for (name, spot) in of.iter().filter(|(name, _)| !other.contains_key(*name)) {
            if let Some(schema) = chosen(spot) {
                let once = if found.contains_key(schema) {
                    None
                } else {
                    Some(name)
                };
                found.insert(schema, once);
            }
        }
        let found = found.into_iter();
        found
            .filter_map(|(schema, name)| Some((schema, name?)))
            .collect()
    }
    let (gone, come) = (only(base, head), only(head, base));
    let pairs = gone.into_iter();
    pairs
        .filter_map(|(schema, from)| Some((from.clone(), (*come.get(schema)?).clone())))
        .collect()
}
