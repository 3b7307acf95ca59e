//! How two schemas that mean the same are spelled differently.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::document::At;
use super::schema_pair::SchemaPair;
use super::subject;
use codegen::location::Location;

/// The place and the manner in which two schemas that mean the same are spelled differently.
pub fn difference<'a>(
    uses: (&[At<'a>], &[At<'a>]),
    pair: &SchemaPair<'a, '_>,
) -> Option<(Location, String)> {
    let (base, head) = (uses.0.first()?, uses.1.first()?);
    if base.text("$ref") != head.text("$ref") {
        let place = subject::subject(&head.location.pointer, pair.head_document);
        return Some((head.location.clone(), of_reference(&place, base, head)));
    }
    let home = pair.home();
    let at = |message: &str| Some((home.clone(), message.to_owned()));
    match (pair.base.members.len(), pair.head.members.len()) {
        (0, 1..) => return at("split into `allOf`"),
        (1.., 0) => return at("`allOf` merged"),
        _ => {}
    }
    let words = keywords(&pair.base.objects, &pair.head.objects);
    match words.as_slice() {
        [] => None,
        words => at(&format!("{} written in another way", words.join(", "))),
    }
}

/// The keywords that are not the same on both sides, as they are shown.
fn keywords(base: &[At<'_>], head: &[At<'_>]) -> Vec<String> {
    let own = |places: &[At<'_>]| {
        let mut words: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (word, value) in places.iter().flat_map(|at| shallow(at.value)) {
            words.entry(word).or_default().push(value);
        }
        words
    };
    let (before, after) = (own(base), own(head));
    let words: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = words
        .into_iter()
        .filter(|word| before.get(*word) != after.get(*word));
    changed.map(|word| format!("`{word}`")).collect()
}

/// The keywords of one schema, those of the schemas in it left out.
fn shallow(value: &Value) -> Vec<(String, Value)> {
    let object = value.as_object();
    let members = object.into_iter().flatten().map(|(key, value)| {
        let value = match value {
            Value::Object(_) => Value::Null,
            Value::Array(list) if list.iter().any(Value::is_object) => Value::from(list.len()),
            value => value.clone(),
        };
        (key.clone(), value)
    });
    members.collect()
}

/// "`Person` takes the place of `Owner` as the property `owner` of the schema `Pet`"
pub fn of_reference(place: &str, before: &At<'_>, after: &At<'_>) -> String {
    let last = |text: &'_ str| text.rsplit('/').next().unwrap_or_default().to_owned();
    let (old, new) = (before.text("$ref"), after.text("$ref"));
    let alike = old.map(last) == new.map(last);
    let name = |reference: Option<&str>| match reference {
        Some(reference) if alike => format!("`{reference}`"),
        Some(reference) => format!("`{}`", last(reference)),
        None => "an inline schema".to_owned(),
    };
    format!("{} replaces {} as {place}", name(new), name(old))
}
