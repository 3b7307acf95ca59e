//! What calls send by a security requirement, and whether the requirements of today take it.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{At, Document};
use super::edit::Edit;
use super::engine::Engine;
use super::rules;
use crate::taxonomy::Severity;

/// A requirement that goes breaks some callers; all of them where no call of before meets one that is left. Each of the
/// lists has requirements of which one has to be met.
pub fn judged<'a>(
    engine: &Engine<'a, '_>,
    mut edits: Vec<Edit>,
    (base, head): (&Option<At<'a>>, &Option<At<'a>>),
) -> Vec<Edit> {
    let goes = |edit: &Edit| std::ptr::eq(edit.rule, &rules::SECURITY_REMOVED);
    let (Some(base), Some(head)) = (base, head) else {
        return edits;
    };
    if !edits.iter().any(goes) || !all_rejected((engine.base, base), (engine.head, head)) {
        return edits;
    }
    for edit in edits.iter_mut().filter(|edit| goes(edit)) {
        edit.severities = Some((Severity::Breaking, Severity::Breaking));
        edit.note = REJECTED;
    }
    edits
}

const REJECTED: &str = "no call of before meets a requirement that is left";

/// Where more is compared with more, nothing is known.
const MOST: usize = 10_000;

fn all_rejected<'a>(
    (base, before): (&Document<'a>, &At<'a>),
    (head, after): (&Document<'a>, &At<'a>),
) -> bool {
    let (old, new) = (credentials(base, before), credentials(head, after));
    let anybody = old.iter().any(BTreeSet::is_empty);
    let taken = |sent: &BTreeSet<String>| new.iter().any(|required| required.is_subset(sent));
    old.len() * new.len() <= MOST && !anybody && !old.iter().any(taken)
}

/// What goes along with a call by each requirement, whatever the schemes are called; scopes aside.
fn credentials<'a>(document: &Document<'a>, requirements: &At<'a>) -> Vec<BTreeSet<String>> {
    let schemes = document.components("securitySchemes").into_iter();
    let schemes: BTreeMap<&String, At<'a>> = schemes.collect();
    let sent = |name: &String| match schemes.get(name) {
        Some(scheme) => credential(&document.resolved(scheme.clone())),
        None => name.clone(),
    };
    let requirements = requirements.items();
    requirements
        .map(|one| one.members().map(|(name, _)| sent(name)).collect())
        .collect()
}

fn credential(scheme: &At<'_>) -> String {
    let field = |field| value(scheme, field).unwrap_or_default();
    let (kind, place, name) = (field("type"), field("in"), field("name"));
    let name = match place {
        "header" => name.to_lowercase(),
        _ => name.to_owned(),
    };
    format!("{kind} {place} {name} {}", field("scheme").to_lowercase())
}

/// A field of a scheme. What is `type: basic` in version 2.0 was `type: http` with `scheme: basic` afterwards.
pub fn value<'a>(at: &At<'a>, field: &str) -> Option<&'a str> {
    match (at.text("type"), field) {
        (Some("basic"), "type") => Some("http"),
        (Some("basic"), "scheme") => Some("basic"),
        _ => at.text(field),
    }
}
