//! What a schema with a discriminator may be instead of itself: what its mapping names, and what extends it by `allOf`.

use std::collections::BTreeMap;

use super::graph;
use super::plain_value::PlainValue;
use super::pointer;
use super::resolve::local_pointer;

/// The schemas that the discriminators in a value name, however deep.
pub(super) fn mapped<V: PlainValue>(document: &V, value: &V) -> Vec<String> {
    let mut found = Vec::new();
    let mut pending = vec![value];
    while let Some(value) = pending.pop() {
        let mapping = value
            .child("discriminator")
            .and_then(|d| d.child("mapping"));
        let named = mapping.into_iter().flat_map(V::members);
        for text in named.filter_map(|(_, text)| text.text()) {
            let place = match local_pointer(text) {
                Ok(place) => place,
                Err(_) => pointer::join("/components/schemas", text),
            };
            found.extend(document.at(&place).map(|_| place));
        }
        pending.extend(value.members().map(|(_, value)| value));
        pending.extend(value.items());
    }
    found
}

/// By component that has a discriminator, or has it from what it extends: those that extend it themselves.
pub(super) fn extending<V: PlainValue>(document: &V) -> BTreeMap<String, Vec<String>> {
    let mut children: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut pending = Vec::new();
    for (place, value) in graph::components(document) {
        let members = value.child("allOf").into_iter().flat_map(V::items);
        let references = members.filter_map(|member| member.child("$ref")?.text());
        for base in references.filter_map(|text| local_pointer(text).ok()) {
            if let Some(value) = document.at(&base) {
                let (base, _) = graph::followed(document, base, value);
                children.entry(base).or_default().push(place.clone());
            }
        }
        if value.child("discriminator").is_some() {
            pending.push(place);
        }
    }
    let mut found = BTreeMap::new();
    while let Some(base) = pending.pop() {
        if let Some(kinds) = children.remove(&base) {
            pending.extend(kinds.iter().cloned());
            found.insert(base, kinds);
        }
    }
    found
}
