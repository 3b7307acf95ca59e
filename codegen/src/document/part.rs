//! A part of a document: some of its operations and what they reach, by the reference graph; the rest is left out.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;

use super::graph::{self, ReferenceGraph};
use super::plain_value::PlainValue;
use super::pointer;
use crate::path_template;

/// What a document is without the rest of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// How many operations are taken, and how many there are.
    pub taken: usize,
    pub all: usize,
    /// How many webhooks there are, all of which are left out: none says which operations it belongs to.
    pub webhooks: usize,
    /// Those that nobody asked for, but that a reference leads into: `METHOD /path`.
    pub along: Vec<String>,
    /// The pointers of all that is left out; none is within another.
    removed: BTreeSet<String>,
    /// The tags that no operation has which is taken.
    tags: Vec<String>,
}

/// An operation as it stands in a document of any version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// In upper case.
    pub method: String,
    pub path: String,
    /// The operation itself, which may be in a path item elsewhere.
    place: String,
}

impl Listed {
    /// `METHOD /path`
    pub fn key(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// The operations of a document that clients call.
pub fn operations(document: &impl PlainValue) -> Vec<Listed> {
    let entries = entries(document).into_iter();
    let operations = entries.flat_map(|(path, _, place, item)| {
        let operations = graph::operations(&place, item).into_iter();
        let operations: Vec<Listed> = operations
            .map(|(place, _)| Listed {
                method: last_token(&place).to_ascii_uppercase(),
                // One without a slash is read as if it had one.
                path: format!(
                    "/{}",
                    path_template::queried(path).0.trim_start_matches('/')
                ),
                place,
            })
            .collect();
        operations
    });
    operations.collect()
}

/// The part with the operations that are wanted.
pub fn part(document: &impl PlainValue, wanted: impl Fn(&Listed) -> bool) -> Part {
    let listed = operations(document);
    let graph = ReferenceGraph::of(document);
    let chosen: HashSet<&str> = listed
        .iter()
        .filter(|operation| wanted(operation))
        .map(|operation| operation.place.as_str())
        .collect();
    let reached = reached(&graph, chosen.iter().copied());
    let taken = |operation: &&Listed| reached.contains(&operation.place);
    let along = listed.iter().filter(taken);
    let along = along.filter(|operation| !chosen.contains(operation.place.as_str()));
    let mut part = Part {
        taken: listed.iter().filter(taken).count(),
        all: listed.len(),
        along: along.map(Listed::key).collect(),
        ..Part::default()
    };
    part.remove_paths(document, &reached);
    part.remove_components(document, &reached);
    part.find_unused_tags(document, &listed, &reached);
    part
}

impl Part {
    /// What is left out, with the tags that nothing uses.
    pub fn removed(&self) -> BTreeSet<&str> {
        let all = self.removed.iter().chain(&self.tags);
        all.map(String::as_str).collect()
    }

    /// Takes the rest out of the values. Tags stay, since their places are numbers.
    pub(super) fn apply(&self, document: &mut Yaml) {
        for (parent, names) in self.by_parent() {
            let tokens = pointer::tokens(parent);
            let parent = tokens.into_iter().try_fold(&mut *document, |value, token| {
                value.as_mapping_mut()?.get_mut(token.as_ref())
            });
            if let Some(map) = parent.and_then(Yaml::as_mapping_mut) {
                map.retain(|key, _| key.as_str().is_none_or(|key| !names.contains(key)));
            }
        }
    }

    pub(super) fn apply_json(&self, document: &mut Json) {
        for (parent, names) in self.by_parent() {
            if let Some(map) = document.pointer_mut(parent).and_then(Json::as_object_mut) {
                map.retain(|key, _| !names.contains(key));
            }
        }
    }

    fn by_parent(&self) -> BTreeMap<&str, HashSet<String>> {
        let mut found: BTreeMap<&str, HashSet<String>> = BTreeMap::new();
        for place in &self.removed {
            let parent = pointer::parent(place).unwrap_or_default();
            found.entry(parent).or_default().insert(last_token(place));
        }
        found
    }

    fn remove_paths(&mut self, document: &impl PlainValue, reached: &BTreeSet<String>) {
        let webhooks = ["/webhooks", "/x-webhooks"].into_iter();
        for (list, webhooks) in webhooks.filter_map(|list| Some((list, document.at(list)?))) {
            self.webhooks += webhooks.members().count();
            self.removed.insert(list.to_owned());
        }
        for (_, entry, place, item) in entries(document) {
            let operations = graph::operations(&place, item).into_iter();
            let operations: Vec<String> = operations.map(|(place, _)| place).collect();
            let is_called = operations.iter().any(|place| reached.contains(place));
            if !is_called && !has_within(reached, &entry) {
                self.removed.insert(entry);
            } else {
                let others = operations.into_iter();
                let others = others.filter(|place| !has_within(reached, place));
                self.removed.extend(others);
            }
        }
    }

    fn remove_components(&mut self, document: &impl PlainValue, reached: &BTreeSet<String>) {
        let mut kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (place, _) in graph::components(document) {
            let kind = pointer::parent(&place).unwrap_or_default().to_owned();
            kinds.entry(kind).or_default().push(place);
        }
        // They are named by no reference, and by the policy.
        kinds.remove("/components/securitySchemes");
        for (kind, places) in kinds {
            let kept = places.iter().filter(|place| has_within(reached, place));
            if kept.count() == 0 {
                self.removed.insert(kind);
            } else {
                let others = places.into_iter();
                let others = others.filter(|place| !has_within(reached, place));
                self.removed.extend(others);
            }
        }
        let all = document.at("/components").into_iter();
        let mut kinds = all.flat_map(PlainValue::members).map(|(kind, _)| kind);
        let removed = |kind| self.removed.contains(&pointer::join("/components", kind));
        if document.at("/components").is_some() && kinds.all(removed) {
            self.removed
                .retain(|place| !place.starts_with("/components/"));
            self.removed.insert("/components".to_owned());
        }
        self.remove_within();
    }

    /// Nothing is left out twice.
    fn remove_within(&mut self) {
        let all = self.removed.clone();
        self.removed.retain(|place| {
            let mut outer = std::iter::successors(pointer::parent(place), |at| pointer::parent(at));
            !outer.any(|outer| all.contains(outer))
        });
    }

    fn find_unused_tags(
        &mut self,
        document: &impl PlainValue,
        listed: &[Listed],
        reached: &BTreeSet<String>,
    ) {
        let taken = listed.iter();
        let taken = taken.filter(|operation| reached.contains(&operation.place));
        let used: HashSet<&str> = taken
            .filter_map(|operation| document.at(&operation.place)?.child("tags"))
            .flat_map(PlainValue::items)
            .filter_map(PlainValue::text)
            .collect();
        let tags = document.at("/tags").into_iter();
        let tags = tags.flat_map(PlainValue::items).enumerate();
        let mut count = 0;
        for (index, tag) in tags {
            count += 1;
            let name = tag.child("name").and_then(PlainValue::text);
            if name.is_some_and(|name| !used.contains(name)) {
                self.tags.push(format!("/tags/{index}"));
            }
        }
        if count > 0 && count == self.tags.len() {
            self.tags = vec!["/tags".to_owned()];
        }
    }
}

/// The path items: the path, where it is listed, and where the item itself is.
fn entries<V: PlainValue>(document: &V) -> Vec<(&str, String, String, &V)> {
    let all = document.at("/paths").into_iter().flat_map(V::members);
    let paths = all.filter(|(path, _)| !path.starts_with("x-"));
    paths
        .map(|(path, item)| {
            let entry = pointer::join("/paths", path);
            let (place, item) = graph::followed(document, entry.clone(), item);
            (path, entry, place, item)
        })
        .collect()
}

/// Where the nodes are and all that they are made of.
fn reached<'p>(graph: &ReferenceGraph, from: impl Iterator<Item = &'p str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut pending: Vec<String> = from.map(str::to_owned).collect();
    while let Some(place) = pending.pop() {
        if found.contains(&place) {
            continue;
        }
        pending.extend(graph.targets(&place).map(str::to_owned));
        // What is referred to stays where it is, within a whole.
        pending.extend(graph.around(&place).map(str::to_owned));
        found.insert(place);
    }
    found
}

/// Whether the place is one of them, or one of them is within it.
fn has_within(places: &BTreeSet<String>, place: &str) -> bool {
    let inner = format!("{place}/");
    let next = places.range(inner.clone()..).next();
    places.contains(place) || next.is_some_and(|next| next.starts_with(&inner))
}

fn last_token(place: &str) -> String {
    let last = pointer::tokens(place).last();
    last.map_or_else(String::new, |token| token.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = "
openapi: 3.0.3
tags: [{name: pets}, {name: cars}]
paths:
  /pets:
    get: {tags: [pets], responses: {default: {$ref: '#/components/responses/Pet'}}}
    post: {responses: {default: {$ref: '#/components/schemas/Form'}}}
  /cars:
    get: {tags: [cars], x: {$ref: '#/components/schemas/Car'}}
  /doors: {get: {x: {$ref: '#/paths/~1cars/get/x'}}}
  /cats: {$ref: '#/components/pathItems/Cats'}
components:
  pathItems:
    Cats: {get: {x: {$ref: '#/components/schemas/Cat'}}, put: {}}
  responses:
    Pet: {x: {$ref: '#/components/schemas/Pet'}}
  schemas:
    Pet: {discriminator: {propertyName: kind, mapping: {c: Cow}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}
    Kitten: {allOf: [{$ref: '#/components/schemas/Cat'}]}
    Cow: {}
    Car: {}
    Form: {}
  securitySchemes: {key: {}}
webhooks: {carSold: {}}
";

    fn of(wanted: &str) -> (Part, Vec<String>) {
        let value: Yaml = serde_yaml::from_str(SHOP).expect("it is YAML");
        let part = part(&value, |operation| operation.key() == wanted);
        let removed = part.removed().into_iter().map(str::to_owned).collect();
        (part, removed)
    }

    #[test]
    fn what_is_not_reached_is_left_out() {
        let (part, removed) = of("GET /pets");
        assert_eq!((part.taken, part.all, part.webhooks), (1, 6, 1));
        assert_eq!(
            removed,
            [
                "/components/pathItems",
                "/components/schemas/Car",
                "/components/schemas/Form",
                "/paths/~1cars",
                "/paths/~1cats",
                "/paths/~1doors",
                "/paths/~1pets/post",
                "/tags/1",
                "/webhooks",
            ]
        );
    }

    #[test]
    fn a_schema_that_others_extend_has_them_only_with_a_discriminator() {
        let (_, removed) = of("GET /cats");
        assert!(removed.contains(&"/components/pathItems/Cats/put".to_owned()));
        assert!(!removed.contains(&"/components/schemas/Kitten".to_owned()));
        let (_, removed) = of("POST /pets");
        assert!(removed.contains(&"/components/schemas/Kitten".to_owned()));
    }

    #[test]
    fn an_operation_that_a_reference_leads_into_comes_along() {
        let (part, removed) = of("GET /doors");
        assert_eq!((part.taken, part.along), (2, vec!["GET /cars".to_owned()]));
        assert!(!removed.contains(&"/components/schemas/Car".to_owned()));
    }

    #[test]
    fn values_are_without_what_is_left_out() {
        let mut value: Yaml = serde_yaml::from_str(SHOP).expect("it is YAML");
        let mut json: Json = serde_yaml::from_str(SHOP).expect("it is YAML");
        let (part, _) = of("POST /pets");
        part.apply(&mut value);
        part.apply_json(&mut json);
        let paths = value["paths"].as_mapping().expect("there are paths");
        assert_eq!(paths.keys().collect::<Vec<_>>(), ["/pets"]);
        assert_eq!(json["paths"].as_object().map(|paths| paths.len()), Some(1));
        let components = value["components"].as_mapping();
        let kinds = components.map(|kinds| kinds.keys().collect::<Vec<_>>());
        let expected = ["schemas", "securitySchemes"];
        assert_eq!(kinds.as_deref().map(|kinds| kinds == expected), Some(true));
    }
}
