//! Variables of a server's URL: what they may be, and what they are unless they are set.

use std::collections::BTreeMap;

use serde_json::Value;

use super::document::At;
use super::edit::{Edit, Spot, shown};
use super::rules;

/// What differs in the variables of a server with one URL.
pub fn compare(url: &str, base: &At<'_>, head: &At<'_>) -> Vec<Edit> {
    let (before, after) = (variables(base), variables(head));
    let pairs = before
        .iter()
        .filter_map(|(name, old)| Some((*name, old, after.get(name)?)));
    let edits = pairs.flat_map(|(name, old, new)| {
        let subject = format!("the variable `{name}` of the server `{url}`");
        let mut edits = values(&subject, old, new);
        edits.extend(default(&subject, old, new));
        edits
    });
    edits.collect()
}

fn variables<'a>(server: &At<'a>) -> BTreeMap<&'a String, At<'a>> {
    let variables = server.get("variables");
    variables.into_iter().flat_map(|at| at.members()).collect()
}

/// Clients call the server of the default unless they are configured otherwise.
fn default(subject: &str, base: &At<'_>, head: &At<'_>) -> Option<Edit> {
    let spot = |at| Spot::of(at, "default", Value::Null);
    let (old, new) = (spot(base), spot(head));
    if old.value == new.value {
        return None;
    }
    let message = format!(
        "the default of {subject} changed from {} to {}",
        shown(&old.value),
        shown(&new.value)
    );
    Some(Edit::changed(
        &rules::SERVER_DEFAULT_CHANGED,
        message,
        old,
        new,
    ))
}

fn values(subject: &str, base: &At<'_>, head: &At<'_>) -> Vec<Edit> {
    let (old, new) = match (base.get("enum"), head.get("enum")) {
        (Some(old), Some(new)) => (old, new),
        (None, Some(new)) => {
            let message = format!("{subject} is limited to listed values now");
            let base = Spot::or_missing(None, &base.location);
            return vec![Edit::changed(
                &rules::SERVER_VALUES_LISTED,
                message,
                base,
                &new,
            )];
        }
        (Some(old), None) => {
            let message = format!("{subject} may be anything now");
            let head = Spot::or_missing(None, &head.location);
            return vec![Edit::changed(
                &rules::SERVER_VALUES_OPEN,
                message,
                &old,
                head,
            )];
        }
        (None, None) => return Vec::new(),
    };
    let lacks = |list: &At<'_>, item: &At<'_>| list.items().all(|other| other.value != item.value);
    let gone = old.items().filter(|item| lacks(&new, item)).map(|item| {
        let message = format!("the value {} of {subject} was removed", shown(item.value));
        Edit::removed(&rules::SERVER_VALUE_REMOVED, message, &item)
    });
    let come = new.items().filter(|item| lacks(&old, item)).map(|item| {
        let message = format!("the value {} of {subject} was added", shown(item.value));
        Edit::added(&rules::SERVER_VALUE_ADDED, message, &item)
    });
    gone.chain(come).collect()
}
