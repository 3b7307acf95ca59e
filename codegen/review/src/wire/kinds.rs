//! What a schema with a discriminator may be instead of itself: those that extend it by `allOf`, and what its mapping
//! names. They are alternatives that no `oneOf` lists.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use super::discriminator::last_word;
use super::document::{At, Document};
use super::edit::Edit;
use super::schema::{View, is_void};
use super::schema_pair::{AreEquivalent, SchemaPair};
use super::{renames, rules, subject};
use codegen::location::Location;

/// By base.
pub type Kinds<'a> = HashMap<Location, KindsOfBase<'a>>;

/// By name.
pub type KindsOfBase<'a> = BTreeMap<&'a str, At<'a>>;

pub fn compare<'a>(pair: &mut SchemaPair<'a, '_>, equivalent: AreEquivalent<'_, 'a>) {
    let kinds = (
        of_view(pair.base_document, &pair.base),
        of_view(pair.head_document, &pair.head),
    );
    // Where another schema takes the place of this one, its kinds are not what changed.
    let same = pair.base.home() == pair.head.home() || kinds.0.is_some() && kinds.1.is_some();
    let (mut base, mut head) = (
        kinds.0.cloned().unwrap_or_default(),
        kinds.1.cloned().unwrap_or_default(),
    );
    let shared: Vec<&str> = base
        .keys()
        .filter(|name| head.contains_key(*name))
        .copied()
        .collect();
    let mut pairs = Vec::new();
    for name in shared {
        pairs.extend(base.remove(name).zip(head.remove(name)));
    }
    let (gone, come): (Vec<&str>, Vec<&str>) = (
        base.keys().copied().collect(),
        head.keys().copied().collect(),
    );
    let renamed = renames::pairs(&gone, &come, |b, h, words| {
        let (before, after) = (&base[gone[b]], &head[come[h]]);
        (words || renames::alike(gone[b], come[h]))
            && equivalent(&vec![before.clone()], &vec![after.clone()])
    });
    for (b, h) in renamed {
        pairs.extend(base.remove(gone[b]).zip(head.remove(come[h])));
    }
    for (before, after) in pairs {
        pair.descend(vec![before], vec![after]);
    }
    let stated = |view: &View<'_>| view.get("discriminator").is_some() && view.unions.is_empty();
    if same && stated(&pair.base) && stated(&pair.head) {
        exchanged(pair, &base, &head);
    }
}

/// The kinds that only one side has.
fn exchanged(pair: &mut SchemaPair<'_, '_>, base: &KindsOfBase<'_>, head: &KindsOfBase<'_>) {
    let subject = subject_of(pair);
    for (name, at) in base {
        let message = format!("`{name}` is no kind of {subject} any more");
        pair.push(Edit::removed(&rules::ALTERNATIVE_REMOVED, message, at));
    }
    for (name, at) in head {
        let message = format!("`{name}` was added to the kinds of {subject}");
        pair.push(Edit::added(&rules::ALTERNATIVE_ADDED, message, at));
    }
}

fn subject_of(pair: &SchemaPair<'_, '_>) -> String {
    let place =
        base_of(pair.head_document, &pair.head).or_else(|| base_of(pair.base_document, &pair.base));
    let place = place.unwrap_or_else(|| pair.home());
    subject::subject(&place.pointer, pair.head_document)
}

/// What the schema of a view may be instead.
fn of_view<'d, 'a>(document: &'d Document<'a>, view: &View<'a>) -> Option<&'d KindsOfBase<'a>> {
    document.kinds().get(&base_of(document, view)?)
}

/// The schema itself, past references and past what only describes it anew.
fn base_of<'a>(document: &Document<'a>, view: &View<'a>) -> Option<Location> {
    for part in &view.objects {
        let location = document.resolved(part.clone()).location;
        if document.kinds().contains_key(&location) {
            return Some(location);
        }
        if tells(part) {
            break;
        }
    }
    None
}

/// Whether the schema says more than that it is another one, which may be null.
fn tells(at: &At<'_>) -> bool {
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
            let is_kind =
                tells(at) || mapping.contains(name) || (mapping.is_empty() && !at.flag("nullable"));
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
