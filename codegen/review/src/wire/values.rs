//! The values that a schema lists, and the one that is taken where none is sent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::document::{At, Document};
use super::edit::{Edit, Spot, shown};
use super::schema::View;
use super::schema_pair::SchemaPair;
use super::{renames, rules};
use crate::report::Renamed;
use crate::taxonomy::Area;

pub fn compare(pair: &mut SchemaPair<'_, '_>) {
    listed_values(pair);
    default(pair);
}

/// `enum`, `const` and `x-extensible-enum`.
fn listed_values(pair: &mut SchemaPair<'_, '_>) {
    let both = |keyword| {
        (
            pair.base.get(keyword).is_some(),
            pair.head.get(keyword).is_some(),
        )
    };
    // A constant is a list of one where the other side has a list.
    match (both("const"), both("enum")) {
        ((true, false), (false, true)) | ((false, true), (true, false)) => {
            enumeration(pair, "enum");
        }
        _ => {
            let (added, removed) = (&rules::CONST_ADDED, &rules::CONST_REMOVED);
            pair.value("const", added, &rules::CONST_CHANGED, removed);
            enumeration(pair, "enum");
        }
    }
    if pair.base.get("x-extensible-enum").is_some() {
        enumeration(pair, "x-extensible-enum");
    }
}

fn enumeration(pair: &mut SchemaPair<'_, '_>, keyword: &str) {
    let (mut base, mut head) = (listed(&pair.base, keyword), listed(&pair.head, keyword));
    match (&base, &head) {
        (None, Some(_)) => base = constant(&pair.base),
        (Some(_), None) => head = constant(&pair.head),
        _ => {}
    }
    let (base, head) = match (base, head) {
        (Some(base), Some(head)) => (base, head),
        // The list went into the items, or came out of them: the change of the type says it.
        (None, Some(_)) if in_items(&pair.base, pair.base_document, keyword) => return,
        (Some(_), None) if in_items(&pair.head, pair.head_document, keyword) => return,
        (None, Some(_)) => return became_enum(pair, keyword),
        (Some(_), None) => return no_enum(pair, keyword),
        (None, None) => return,
    };
    let missing = |from: &Values<'_>, of: &Values<'_>| -> Vec<String> {
        let missing = from.keys().filter(|value| !of.contains_key(*value));
        missing.cloned().collect()
    };
    let (mut removed, mut added) = (missing(&base, &head), missing(&head, &base));
    let mut renamed = renames::values(&removed, &added);
    if renamed.is_empty() {
        renamed.extend(in_its_place(&removed, &added, &base, &head));
    }
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = renamed.iter().cloned().unzip();
    removed.retain(|value| !old.contains(value));
    added.retain(|value| !new.contains(value));
    let subject = pair.subject();
    for (from, to) in renamed {
        let (from, to) = (&base[&from], &head[&to]);
        let message = format!(
            "the value {} of {subject} was renamed to {}",
            shown(from.value),
            shown(to.value)
        );
        let rule = &rules::VALUE_RENAMED;
        let mut edit = Edit::changed(rule, message, from, to).also(&rules::VALUE_ADDED);
        let text = |at: &At<'_>| at.value.as_str().unwrap_or_default().to_owned();
        edit.renamed = Some(Renamed {
            from: text(from),
            to: text(to),
            softened_by: "keep the old value in the list for a while".to_owned(),
        });
        pair.push(edit);
    }
    for value in removed {
        let message = format!(
            "the value {} of {subject} was removed",
            shown(base[&value].value)
        );
        pair.push(Edit::removed(&rules::VALUE_REMOVED, message, &base[&value]));
    }
    for value in added {
        let message = format!(
            "the value {} was added to {subject}",
            shown(head[&value].value)
        );
        pair.push(Edit::added(&rules::VALUE_ADDED, message, &head[&value]));
    }
}

/// The only value that is gone, and the only new one, where that was: the crate takes them for one
/// as well, whatever their words.
fn in_its_place(
    removed: &[String],
    added: &[String],
    base: &Values<'_>,
    head: &Values<'_>,
) -> Option<(String, String)> {
    let ([from], [to]) = (removed, added) else {
        return None;
    };
    let (before, after) = (&base[from], &head[to]);
    let index = |at: &At<'_>| at.location.pointer.rsplit('/').next().map(str::to_owned);
    let texts = before.value.is_string() && after.value.is_string();
    (texts && index(before) == index(after)).then(|| (from.clone(), to.clone()))
}

fn in_items<'a>(view: &View<'a>, document: &Document<'a>, keyword: &str) -> bool {
    let items = view.get("items");
    items.is_some_and(|items| View::new(document, &[items]).get(keyword).is_some())
}

type Values<'a> = BTreeMap<String, At<'a>>;

/// The values of an enumeration without null, by their JSON text.
fn listed<'a>(view: &View<'a>, keyword: &str) -> Option<Values<'a>> {
    let list = view.get(keyword)?;
    let items = list.items().filter(|item| !item.value.is_null());
    Some(items.map(|item| (item.value.to_string(), item)).collect())
}

fn constant<'a>(view: &View<'a>) -> Option<Values<'a>> {
    let value = view.get("const")?;
    Some(Values::from([(value.value.to_string(), value)]))
}

fn became_enum(pair: &mut SchemaPair<'_, '_>, keyword: &str) {
    let Some(head) = pair.head.get(keyword) else {
        return;
    };
    let message = format!("{} is limited to listed values now", pair.subject());
    let base = Spot::new(pair.base.home(), Value::Null);
    let edit = Edit::changed(&rules::BECAME_ENUM, message, base, &head).also(&rules::LISTED);
    pair.push(edit.at(&head.location));
}

fn no_enum(pair: &mut SchemaPair<'_, '_>, keyword: &str) {
    if let Some(base) = pair.base.get(keyword) {
        let message = format!("{} accepts any value now", pair.subject());
        let head = Spot::new(pair.head.home(), Value::Null);
        let edit = Edit::changed(&rules::NO_ENUM_ANY_MORE, message, &base, head);
        pair.push(edit.at(&base.location));
    }
}

fn default(pair: &mut SchemaPair<'_, '_>) {
    let (added, changed, removed) = match pair.context {
        // Nobody leaves out what is required.
        context if context.area == Area::Parameters && context.root && !context.required => (
            &rules::PARAMETER_DEFAULT_ADDED,
            &rules::PARAMETER_DEFAULT_CHANGED,
            &rules::PARAMETER_DEFAULT_REMOVED,
        ),
        _ => (
            &rules::DEFAULT_ADDED,
            &rules::DEFAULT_CHANGED,
            &rules::DEFAULT_REMOVED,
        ),
    };
    let before = pair.edits.len();
    pair.value("default", added, changed, removed);
    for edit in &mut pair.edits[before..] {
        edit.note = "callers that leave it out get another value";
    }
}
