//! Named schemas: those that came, went, or were renamed, and those that no operation reaches.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::document::{At, Document, UseKey};
use super::edit::Edit;
use super::engine::Engine;
use super::schema::View;
use super::schema_pair::{Context, InForm};
use super::{renames, rules};
use crate::report::Renamed;
use crate::taxonomy::{Area, Direction};

pub fn compare(engine: &mut Engine<'_, '_>) {
    let base: BTreeMap<_, _> = engine.base.components("schemas").into_iter().collect();
    let head: BTreeMap<_, _> = engine.head.components("schemas").into_iter().collect();
    let reached = engine.pairs.keys();
    for (name, before) in &base {
        let Some(after) = head.get(name) else {
            continue;
        };
        let uses = (key(engine.base, before), key(engine.head, after));
        if !reached.contains(&uses) {
            engine.schemas(None, before.clone(), after.clone(), CONTEXT);
        }
    }
    let mut gone: Vec<_> = base
        .iter()
        .filter(|(name, _)| !head.contains_key(*name))
        .collect();
    let mut come: Vec<_> = head
        .iter()
        .filter(|(name, _)| !base.contains_key(*name))
        .collect();
    let (documents, equivalence) = ((engine.base, engine.head), &mut engine.equivalence);
    let mut pairs = renamed(documents, &gone, &come, &mut |b, h| {
        equivalence.holds(&vec![b.clone()], &vec![h.clone()])
    });
    pairs.extend(exchanged(documents, &gone, &come, &reached, &pairs));
    let old: HashSet<&str> = pairs.iter().map(|(from, _)| from.as_str()).collect();
    let new: HashSet<&str> = pairs.iter().map(|(_, to)| to.as_str()).collect();
    gone.retain(|(name, _)| !old.contains(name.as_str()));
    come.retain(|(name, _)| !new.contains(name.as_str()));
    for (from, to) in pairs.clone() {
        let (before, after) = (&base[&from], &head[&to]);
        let message = format!("the schema `{from}` was renamed to `{to}`");
        let mut edit = Edit::changed(&rules::NAME_REMOVED, message, before, after);
        edit = edit.also(&rules::NAME_ADDED);
        edit.renamed = Some(Renamed {
            softened_by: format!("in the policy file: [types.{to}] former = [\"{from}\"]"),
            from,
            to,
        });
        engine.of_document(edit, Area::Components);
    }
    for (name, at) in gone {
        let message = format!("the schema `{name}` was removed");
        engine.of_document(
            Edit::removed(&rules::NAME_REMOVED, message, at),
            Area::Components,
        );
    }
    for (name, at) in come {
        let message = format!("the schema `{name}` was added");
        engine.of_document(
            Edit::added(&rules::NAME_ADDED, message, at),
            Area::Components,
        );
    }
}

fn key<'a>(document: &Document<'a>, schema: &At<'a>) -> UseKey {
    document.key(std::slice::from_ref(schema))
}

/// No operation sends or reads it; the crate has it all the same.
const CONTEXT: Context = Context {
    area: Area::Components,
    root: true,
    strong: true,
    required: false,
    repeats: false,
    form: InForm::Within,
    direction: Direction::None,
    unseen: false,
};

/// Old and new names of schemas that hold the same, as long as there is one candidate only.
fn renamed<'a>(
    documents: (&Document<'a>, &Document<'a>),
    gone: &[(&&'a String, &At<'a>)],
    come: &[(&&'a String, &At<'a>)],
    equivalent: &mut dyn FnMut(&At<'a>, &At<'a>) -> bool,
) -> Vec<(String, String)> {
    let mut groups: HashMap<String, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (index, (_, at)) in gone.iter().enumerate() {
        groups
            .entry(signature(documents.0, at))
            .or_default()
            .0
            .push(index);
    }
    for (index, (_, at)) in come.iter().enumerate() {
        groups
            .entry(signature(documents.1, at))
            .or_default()
            .1
            .push(index);
    }
    let mut found = Vec::new();
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort();
    for (signature, (old, new)) in groups {
        let names = |list: &[(&&'a String, &At<'a>)], indices: &[usize]| -> Vec<&'a str> {
            indices
                .iter()
                .map(|index| list[*index].0.as_str())
                .collect()
        };
        let (from, to) = (names(gone, &old), names(come, &new));
        // What has no properties is like too many others, unless its name says more.
        let distinct = signature.contains('.');
        let pairs = renames::pairs(&from, &to, |b, h, words| {
            let named = words || distinct || renames::alike(from[b], to[h]);
            named && equivalent(gone[old[b]].1, come[new[h]].1)
        });
        let names = pairs.into_iter().map(|(b, h)| (from[b], to[h]));
        found.extend(names.map(|(from, to)| (from.to_owned(), to.to_owned())));
    }
    found
}

/// Old and new names of schemas of which one stands wherever the other stood, and which are alike.
fn exchanged<'a>(
    documents: (&Document<'a>, &Document<'a>),
    gone: &[(&&'a String, &At<'a>)],
    come: &[(&&'a String, &At<'a>)],
    compared: &HashSet<(UseKey, UseKey)>,
    renamed: &[(String, String)],
) -> Vec<(String, String)> {
    let by_place = |document: &Document<'a>, list: &[(&&'a String, &At<'a>)]| {
        let places = list
            .iter()
            .map(|(name, at)| (key(document, at), (name.to_string(), (*at).clone())));
        places.collect::<BTreeMap<UseKey, (String, At<'a>)>>()
    };
    let (old, new) = (by_place(documents.0, gone), by_place(documents.1, come));
    let pairs = compared
        .iter()
        .filter_map(|(b, h)| Some((old.get(b)?, new.get(h)?)));
    let pairs: BTreeMap<(&str, &str), (&At<'a>, &At<'a>)> = pairs
        .map(|(b, h)| ((b.0.as_str(), h.0.as_str()), (&b.1, &h.1)))
        .collect();
    let mut counts: (HashMap<&str, usize>, HashMap<&str, usize>) = Default::default();
    for (from, to) in pairs.keys() {
        *counts.0.entry(from).or_default() += 1;
        *counts.1.entry(to).or_default() += 1;
    }
    let only = |from: &str, to: &str| counts.0[from] == 1 && counts.1[to] == 1;
    let known: HashSet<&str> = renamed
        .iter()
        .flat_map(|(from, to)| [&**from, &**to])
        .collect();
    let found = pairs.iter().filter(|((from, to), (b, h))| {
        only(from, to)
            && !known.contains(from)
            && !known.contains(to)
            && have_most_in_common(documents, b, h)
    });
    found
        .map(|((from, to), _)| (from.to_string(), to.to_string()))
        .collect()
}

/// Half of the properties, of whichever has more of them.
fn have_most_in_common<'a>(
    documents: (&Document<'a>, &Document<'a>),
    base: &At<'a>,
    head: &At<'a>,
) -> bool {
    let names = |document, at: &At<'a>| -> HashSet<&'a str> {
        let view = View::new(document, std::slice::from_ref(at));
        view.properties().into_keys().collect()
    };
    let (old, new) = (names(documents.0, base), names(documents.1, head));
    let shared = old.intersection(&new).count();
    shared > 0 && shared * 2 >= old.len().max(new.len())
}

/// The type and the names of the properties: what differs in it cannot be the same.
fn signature<'a>(document: &Document<'a>, at: &At<'a>) -> String {
    let view = View::new(document, std::slice::from_ref(at));
    let types = view
        .types(document)
        .map(|(names, _)| names)
        .unwrap_or_default();
    let types: Vec<&str> = types.iter().map(String::as_str).collect();
    let names: Vec<String> = view
        .properties()
        .keys()
        .map(|name| format!(".{name}"))
        .collect();
    let values = view.get("enum").map(|at| format!(".={}", at.value));
    format!(
        "{} {} {}",
        types.join(" "),
        names.join(" "),
        values.unwrap_or_default()
    )
}
