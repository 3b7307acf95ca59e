//! What says so little that schemas are the same in it by chance: they are types of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::long_names::words;
use super::type_words::{VAGUE, is_generic};
use crate::api::{Api, Origin, Property, Shape, TypeId};
use crate::naming::words::singular;
use crate::rust::names::{capitalized, pascal, snake};

/// How many properties an object has at most that is the same as another by chance.
const FEW: usize = 3;

/// Into how many kinds schemas of one shape are told apart at most.
const MOST_KINDS: usize = 16;

/// The schemas of one shape, those together that mean the same.
pub(super) fn parted(api: &Api, group: Vec<TypeId>) -> Vec<Vec<TypeId>> {
    let name = |id: &TypeId| match &api.ty(*id).origin {
        Origin::Component(name) => Some(pascal(name)),
        _ => None,
    };
    let named: Vec<String> = group.iter().filter_map(name).collect();
    let (apart, together) = group
        .into_iter()
        .partition(|id| !named.is_empty() && is_by_chance(api, *id, &named));
    let mut parts = kinds(api, together);
    parts.push(apart);
    parts
}

/// Whether it is one text, or a choice of scalars, of something that none of the components is called after.
fn is_by_chance(api: &Api, id: TypeId, named: &[String]) -> bool {
    let says_little = match &api.ty(id).shape {
        Shape::Enumeration(values) => values.len() == 1,
        Shape::Union(union) => union.variants.iter().all(|v| is_of_scalars(api, v.ty)),
        _ => false,
    };
    let key = key_of(api, id).map(pascal).filter(|_| says_little);
    key.is_some_and(|key| {
        let tells = !is_generic(&key) && !VAGUE.contains(&key.as_str());
        !tells || !named.iter().any(|name| name.ends_with(&key))
    })
}

/// Objects of few properties by what they are of. What is no part of another is of the first kind: a component, or all that an
/// operation sends or returns.
fn kinds(api: &Api, group: Vec<TypeId>) -> Vec<Vec<TypeId>> {
    let is_small = |id: &TypeId| match &api.ty(*id).shape {
        Shape::Object(object) => object.properties.len() <= FEW,
        _ => false,
    };
    if group.len() < 2 || !group.iter().all(is_small) {
        return vec![group];
    }
    let (parts, whole): (Vec<TypeId>, Vec<TypeId>) = group
        .into_iter()
        .partition(|id| part_of(api, *id).is_some());
    let components = whole
        .iter()
        .take(MOST_KINDS)
        .filter_map(|id| match &api.ty(*id).origin {
            Origin::Component(name) => Some((*id, telling(name))),
            _ => None,
        });
    let components: Vec<(TypeId, BTreeSet<String>)> = components.collect();
    let mut kinds = Vec::from_iter((!whole.is_empty()).then_some(whole));
    let others = usize::from(!components.is_empty());
    for id in parts {
        let first = is_one_of(api, id, &components).then_some(0);
        let found = first.or_else(|| {
            let mut kinds = kinds.iter().skip(others);
            let found = kinds.position(|kind| belongs(api, id, kind[0]));
            found.map(|at| at + others)
        });
        match found {
            Some(at) => kinds[at].push(id),
            None if kinds.len() < MOST_KINDS => kinds.push(vec![id]),
            None => kinds[0].push(id),
        }
    }
    kinds
}

/// Whether it is one of the components: one that is called as its place, or a word for many things, or described as no other thing.
fn is_one_of(api: &Api, id: TypeId, components: &[(TypeId, BTreeSet<String>)]) -> bool {
    let place = telling(&api.ty(id).location.pointer);
    let is_called = |name: &BTreeSet<String>| name.len() < 2 || !name.is_disjoint(&place);
    let mut components = components.iter();
    let is_other = |one: TypeId| differ(api, one, id) || tells_alone(api, one, id);
    components.any(|(component, name)| is_called(name) || !is_other(*component))
}

/// Whether it is another of the kind: of the same object, of the same name, or described as no other thing.
fn belongs(api: &Api, id: TypeId, first: TypeId) -> bool {
    let parts = part_of(api, id).zip(part_of(api, first));
    let are_alike =
        parts.is_some_and(|((of, key), (other, its))| of == other || (key.is_some() && key == its));
    are_alike || !differ(api, first, id)
}

/// The object or the choice that it is a part of, and what the object has it as.
fn part_of(api: &Api, id: TypeId) -> Option<(TypeId, Option<String>)> {
    let mut at = id;
    loop {
        at = match &api.ty(at).origin {
            Origin::Items { of } | Origin::Values { of } => *of,
            Origin::Property { of, name } => return Some((*of, Some(singular(&snake(name))))),
            Origin::Variant { .. } => return Some((at, None)),
            _ => return None,
        }
    }
}

/// Whether a property of both is described as something else.
fn differ(api: &Api, one: TypeId, other: TypeId) -> bool {
    let other = texts(api, other);
    let mut one = texts(api, one).into_iter();
    one.any(|(name, text)| other.get(name).is_some_and(|other| *other != text))
}

/// Whether only one of two objects says what their one property is, as that of `{name}` may be the name of anything.
fn tells_alone(api: &Api, one: TypeId, other: TypeId) -> bool {
    let has_one =
        matches!(&api.ty(one).shape, Shape::Object(object) if object.properties.len() == 1);
    has_one && !texts(api, one).is_empty() && texts(api, other).is_empty()
}

/// The descriptions of an object's properties.
fn texts(api: &Api, id: TypeId) -> BTreeMap<&str, &str> {
    let Shape::Object(object) = &api.ty(id).shape else {
        return BTreeMap::new();
    };
    let text = |p: &Property| api.ty(p.ty).docs.description.trim();
    let described = object.properties.iter();
    let described = described.map(|p| (p.name.as_str(), text(p)));
    described.filter(|(_, text)| !text.is_empty()).collect()
}

/// The words of a name, or of a pointer, that say what something is.
fn telling(text: &str) -> BTreeSet<String> {
    const OF_DOCUMENTS: [&str; 7] = [
        "component",
        "definition",
        "item",
        "json",
        "path",
        "property",
        "schema",
    ];
    let parts = text.split(|c: char| !c.is_ascii_alphanumeric());
    let all = parts.flat_map(words).map(|word| singular(&word));
    let says =
        |word: &String| !is_generic(&capitalized(word)) && !OF_DOCUMENTS.contains(&word.as_str());
    all.filter(says).collect()
}

/// The property or parameter that it is, or whose items it is; none of a component.
fn key_of(api: &Api, id: TypeId) -> Option<&str> {
    let mut at = id;
    loop {
        match &api.ty(at).origin {
            Origin::Items { of } | Origin::Values { of } => at = *of,
            Origin::Property { name, .. } | Origin::Parameter { name, .. } => {
                return Some(name);
            }
            _ => return None,
        }
    }
}

/// Whether it is a scalar that is no type by itself, or a list of such.
fn is_of_scalars(api: &Api, id: TypeId) -> bool {
    match &api.ty(api.resolved(id)).shape {
        Shape::Array(items) => {
            !matches!(api.ty(*items).shape, Shape::Array(_)) && is_of_scalars(api, *items)
        }
        Shape::String(_) | Shape::Integer(_) | Shape::Number(_) | Shape::Boolean => true,
        _ => false,
    }
}
