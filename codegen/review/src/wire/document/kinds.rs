//! What a schema with a discriminator may be instead of itself: those that extend it by `allOf`, and what its mapping
//! names. They are alternatives that no `oneOf` lists.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use super::{At, Document, last_word};
use crate::wire::keywords::is_void;
use codegen::location::Location;

/// By base.
pub type Kinds<'a> = HashMap<Location, KindsOfBase<'a>>;

/// By name.
pub type KindsOfBase<'a> = BTreeMap<&'a str, At<'a>>;

/// All that may be something else, by what it may be.
pub fn of_document<'a>(document: &Document<'a>) -> Kinds<'a> {
    let schemas: BTreeMap<&str, At<'a>> = document
        .components("schemas")
        .into_iter()
        .map(|(name, at)| (name.as_str(), at))
        .collect();
    let children = children(document, &schemas);
    let roots = schemas.values().filter(|at| {
        at.get("discriminator").is_some() && at.get("oneOf").is_none() && at.get("anyOf").is_none()
    });
    let mut kinds = Kinds::new();
    let mut inheriting = Vec::new();
    for root in roots {
        let mapping = Rc::new(mapping(root));
        let mut found = of_base(root, &children, &mapping);
        inheriting.extend(found.values().map(|at| (at.clone(), Rc::clone(&mapping))));
        let named = mapping
            .iter()
            .filter_map(|name| schemas.get_key_value(name));
        let others =
            named.filter(|(_, at)| document.resolved((*at).clone()).location != root.location);
        found.extend(others.map(|(name, at)| (*name, at.clone())));
        kinds.insert(root.location.clone(), found);
    }
    // The discriminator of a schema comes before one that it has from what it extends.
    while let Some((base, mapping)) = inheriting.pop() {
        kinds.entry(base.location.clone()).or_insert_with(|| {
            let found = of_base(&base, &children, &mapping);
            inheriting.extend(found.values().map(|at| (at.clone(), Rc::clone(&mapping))));
            found
        });
    }
    kinds.retain(|_, found| !found.is_empty());
    kinds
}

/// By schema, those that extend it themselves.
type Children<'a> = HashMap<Location, KindsOfBase<'a>>;

fn children<'a>(document: &Document<'a>, schemas: &KindsOfBase<'a>) -> Children<'a> {
    let mut children = Children::new();
    for (name, at) in schemas {
        for member in at.get("allOf").into_iter().flat_map(|list| list.items()) {
            let base = document.resolved(member).location;
            children.entry(base).or_default().insert(*name, at.clone());
        }
    }
    children
}

/// The kinds of a base that extend it themselves, or what only describes it anew.
fn of_base<'a>(
    base: &At<'a>,
    children: &Children<'a>,
    mapping: &BTreeSet<&str>,
) -> KindsOfBase<'a> {
    let mut found = KindsOfBase::new();
    let mut pending = vec![base.location.clone()];
    let mut seen = HashSet::from([base.location.clone()]);
    while let Some(outer) = pending.pop() {
        for (name, at) in children.get(&outer).into_iter().flatten() {
            let is_kind = says_more(at)
                || mapping.contains(name)
                || (mapping.is_empty() && !at.flag("nullable"));
            if !seen.insert(at.location.clone()) {
                continue;
            }
            if is_kind {
                found.insert(*name, at.clone());
            } else {
                pending.push(at.location.clone());
            }
        }
    }
    found
}

/// The names of the schemas that a discriminator names.
fn mapping<'a>(base: &At<'a>) -> BTreeSet<&'a str> {
    let mapping = base.get("discriminator").and_then(|at| at.get("mapping"));
    let values = mapping.into_iter().flat_map(|at| at.members());
    let names = values.filter_map(|(_, at)| last_word(at.value));
    // A file is called by the schema in it.
    let stem = |name: &'a str| {
        let mut endings = [".json", ".yaml", ".yml"].iter();
        endings.find_map(|ending| name.strip_suffix(ending))
    };
    names
        .flat_map(|name| [Some(name), stem(name)])
        .flatten()
        .collect()
}

/// Whether the schema says more than that it is another one, which may be null.
pub fn says_more(at: &At<'_>) -> bool {
    const NOTHING: [&str; 10] = [
        "$ref",
        "allOf",
        "anyOf",
        "oneOf",
        "type",
        "nullable",
        "readOnly",
        "writeOnly",
        "deprecated",
        "default",
    ];
    let members = at.value.get("allOf").and_then(Value::as_array);
    let mut keywords = at.object().into_iter().flatten();
    members.is_some_and(|members| members.len() > 1)
        || keywords.any(|(key, value)| !NOTHING.contains(&key.as_str()) && !is_void(key, value))
}
