//! The reference graph: which operation reaches which component, by the `$ref`s of a document.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::keywords::ADDITIONAL_OPERATIONS;
use super::plain_value::PlainValue;
use super::resolve::local_pointer;
use super::{kinds, pointer};

/// The operations and components of a document, and everything else that a reference names, each
/// with what it refers to.
///
/// It is made of the plain values of a document of any version, as they were read or rewritten; its
/// nodes are JSON pointers into them. Every text under the key `$ref` counts, within an example too.
/// A reference that leads nowhere, or into another file, is none. A schema with a discriminator refers to what it may be
/// instead as well.
#[derive(Debug, Default)]
pub struct ReferenceGraph {
    nodes: Vec<Node>,
    places: BTreeMap<String, usize>,
}

#[derive(Debug)]
struct Node {
    place: String,
    is_operation: bool,
    /// What is referred to, each once.
    targets: Vec<usize>,
    users: Vec<usize>,
}

impl ReferenceGraph {
    pub fn of(document: &impl PlainValue) -> Self {
        let mut graph = Self::default();
        let mut pending = Vec::new();
        for (place, value) in components(document) {
            pending.push((graph.node(place, false), value));
        }
        for (place, item) in path_items(document) {
            for (place, operation) in operations(&place, item) {
                let node = graph.node(place, true);
                pending.push((node, operation));
                let is_shared = |key: &str| !is_method(key) && !MORE_OPERATIONS.contains(&key);
                let shared = item.members().filter(|(key, _)| is_shared(key));
                pending.extend(shared.map(|(_, value)| (node, value)));
            }
        }
        let extending = kinds::extending(document);
        while let Some((from, value)) = pending.pop() {
            let targets = references(value).filter_map(|text| local_pointer(text).ok());
            let place = &graph.nodes[from].place;
            let kinds = extending.get(place).into_iter().flatten().cloned();
            let targets = targets.chain(kinds).chain(kinds::mapped(document, value));
            for target in targets {
                let Some(value) = document.at(&target) else {
                    continue;
                };
                let known = graph.places.get(&target).copied();
                let to = known.unwrap_or_else(|| graph.node(target, false));
                if known.is_none() {
                    pending.push((to, value));
                }
                graph.edge(from, to);
            }
        }
        graph.sort();
        graph
    }

    /// All nodes, in the order of their pointers.
    pub fn nodes(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// The operations, those of webhooks too: `/paths/~1pets/get`.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        let operations = self.nodes.iter().filter(|node| node.is_operation);
        operations.map(|node| node.place.as_str())
    }

    /// What a node refers to itself.
    pub fn targets(&self, node: &str) -> impl Iterator<Item = &str> {
        let node = self.places.get(node).map(|index| &self.nodes[*index]);
        self.named(node.into_iter().flat_map(|node| &node.targets))
    }

    /// The nodes that refer to a node themselves.
    pub fn users(&self, node: &str) -> impl Iterator<Item = &str> {
        let node = self.places.get(node).map(|index| &self.nodes[*index]);
        self.named(node.into_iter().flat_map(|node| &node.users))
    }

    /// The nodes that a place is in, the innermost first: `/components/schemas/Pet` for
    /// `/components/schemas/Pet/properties/name`.
    pub fn around<'p>(&self, place: &'p str) -> impl Iterator<Item = &'p str> {
        let outward = std::iter::successors(Some(place), |at| pointer::parent(at));
        outward.filter(|at| self.places.contains_key(*at))
    }

    /// The nodes and all that they refer to, by way of others too.
    pub fn reachable<'p>(&self, nodes: impl IntoIterator<Item = &'p str>) -> BTreeSet<&str> {
        self.closure(nodes, |node| &node.targets)
    }

    /// The nodes and all that refer to one of them, by way of others too.
    pub fn reaching<'p>(&self, nodes: impl IntoIterator<Item = &'p str>) -> BTreeSet<&str> {
        self.closure(nodes, |node| &node.users)
    }

    /// The operations that a change of the place may be felt in.
    pub fn operations_reaching(&self, place: &str) -> impl Iterator<Item = &str> {
        let reaching = self.reaching(self.around(place));
        self.operations().filter(move |at| reaching.contains(at))
    }

    fn node(&mut self, place: String, is_operation: bool) -> usize {
        if let Some(known) = self.places.get(&place) {
            return *known;
        }
        let index = self.nodes.len();
        self.places.insert(place.clone(), index);
        self.nodes.push(Node {
            place,
            is_operation,
            targets: Vec::new(),
            users: Vec::new(),
        });
        index
    }

    fn edge(&mut self, from: usize, to: usize) {
        self.nodes[from].targets.push(to);
        self.nodes[to].users.push(from);
    }

    fn sort(&mut self) {
        for node in &mut self.nodes {
            for list in [&mut node.targets, &mut node.users] {
                list.sort_unstable();
                list.dedup();
            }
        }
    }

    fn named<'g>(
        &'g self,
        nodes: impl Iterator<Item = &'g usize>,
    ) -> impl Iterator<Item = &'g str> {
        nodes.map(|index| self.nodes[*index].place.as_str())
    }

    fn closure<'p>(
        &self,
        nodes: impl IntoIterator<Item = &'p str>,
        next: impl Fn(&Node) -> &Vec<usize>,
    ) -> BTreeSet<&str> {
        let known = nodes.into_iter().filter_map(|place| self.places.get(place));
        let mut pending: Vec<usize> = known.copied().collect();
        let mut found = HashSet::new();
        while let Some(index) = pending.pop() {
            if found.insert(index) {
                pending.extend(next(&self.nodes[index]));
            }
        }
        let places = found
            .into_iter()
            .map(|index| self.nodes[index].place.as_str());
        places.collect()
    }
}

/// The texts of all references in a value, however deep.
pub fn references<V: PlainValue>(value: &V) -> impl Iterator<Item = &str> {
    let mut pending = vec![value];
    std::iter::from_fn(move || {
        loop {
            let value = pending.pop()?;
            pending.extend(value.members().map(|(_, value)| value));
            pending.extend(value.items());
            if let Some(text) = value.child("$ref").and_then(V::text) {
                return Some(text);
            }
        }
    })
}

/// `/components/KIND/NAME`; of Swagger 2.0 `/definitions/NAME` and the like.
pub(super) fn components<V: PlainValue>(document: &V) -> Vec<(String, &V)> {
    let kinds = document
        .child("components")
        .into_iter()
        .flat_map(V::members);
    let kinds = kinds.map(|(kind, values)| (pointer::join("/components", kind), values));
    let older = ["/definitions", "/parameters", "/responses"].into_iter();
    let older = older.filter_map(|kind| Some((kind.to_owned(), document.at(kind)?)));
    let kinds = kinds.chain(older);
    kinds
        .flat_map(|(kind, values)| {
            let named = values.members();
            named.map(move |(name, value)| (pointer::join(&kind, name), value))
        })
        .collect()
}

/// The path items where they stand: one that is a reference stands where that leads.
fn path_items<V: PlainValue>(document: &V) -> BTreeMap<String, &V> {
    let mut found = BTreeMap::new();
    // Version 3.0 has webhooks as an extension.
    for list in ["/paths", "/webhooks", "/x-webhooks"] {
        for (name, item) in document.at(list).into_iter().flat_map(V::members) {
            let (place, item) = followed(document, pointer::join(list, name), item);
            found.insert(place, item);
        }
    }
    found
}

/// What is at the end of references, with its place.
pub(super) fn followed<'v, V: PlainValue>(
    document: &'v V,
    mut place: String,
    mut value: &'v V,
) -> (String, &'v V) {
    let mut passed = HashSet::new();
    while let Some(reference) = value.child("$ref").and_then(V::text)
        && passed.insert(place.clone())
        && let Ok(target) = local_pointer(reference)
        && let Some(next) = document.at(&target)
    {
        (place, value) = (target, next);
    }
    (place, value)
}

/// Where a path item holds operations by methods that no keyword names: in version 3.2, and in documents that were
/// rewritten.
const MORE_OPERATIONS: [&str; 2] = ["additionalOperations", ADDITIONAL_OPERATIONS];

/// The operations of a path item, with their places.
pub(super) fn operations<'v, V: PlainValue>(place: &str, item: &'v V) -> Vec<(String, &'v V)> {
    let named = item.members().filter(|(key, _)| is_method(key));
    let mut found: Vec<(String, &V)> = named
        .map(|(method, operation)| (pointer::join(place, method), operation))
        .collect();
    for key in MORE_OPERATIONS {
        let place = pointer::join(place, key);
        let more = item.child(key).into_iter().flat_map(V::members);
        found.extend(more.map(|(method, value)| (pointer::join(&place, method), value)));
    }
    found
}

fn is_method(key: &str) -> bool {
    matches!(
        key,
        "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const PETS: &str = "
openapi: 3.1.0
paths:
  /pets:
    parameters: [{$ref: '#/components/parameters/Limit'}]
    get: {responses: {default: {$ref: '#/components/responses/Pets'}}}
    post: {requestBody: {$ref: '#/components/schemas/Pet/properties/owner'}}
    additionalOperations: {LINK: {x: {$ref: '#/components/schemas/100%25'}}}
  /animals: {$ref: '#/components/pathItems/Animals'}
webhooks:
  born: {post: {requestBody: {$ref: '#/components/schemas/Pet'}}}
x-webhooks:
  sold: {post: {requestBody: {$ref: '#/components/schemas/Limit'}}}
components:
  pathItems: {Animals: {get: {x: [{$ref: '#/components/schemas/100%25'}]}}}
  parameters: {Limit: {schema: {$ref: '#/components/schemas/Limit'}}}
  responses: {Pets: {content: {a/b: {schema: {items: {$ref: '#/components/schemas/Pet'}}}}}}
  schemas:
    Pet: {properties: {owner: {$ref: '#/components/schemas/Owner'}, $ref: {type: string}}}
    Owner: {properties: {pet: {$ref: '#/components/schemas/Pet'}}}
    Limit: {}
    100%: {}
    Lost: {anyOf: [{$ref: '#/nowhere'}, {$ref: 'other.yaml#/a'}, {$ref: '#/components/schemas/Lost'}]}
";

    #[test]
    fn an_operation_reaches_what_it_and_its_path_refer_to() {
        let graph = pets();
        assert_eq!(
            Vec::from_iter(graph.reachable(["/paths/~1pets/get"])),
            [
                "/components/parameters/Limit",
                "/components/responses/Pets",
                "/components/schemas/Limit",
                "/components/schemas/Owner",
                "/components/schemas/Pet",
                "/paths/~1pets/get",
            ]
        );
        assert_eq!(
            Vec::from_iter(graph.targets("/components/pathItems/Animals/get")),
            ["/components/schemas/100%"]
        );
    }

    #[test]
    fn a_schema_is_reached_by_operations_and_webhooks() {
        let graph = pets();
        let reaching = |place| Vec::from_iter(graph.operations_reaching(place));
        let animals = "/components/pathItems/Animals/get";
        let (get, post) = ("/paths/~1pets/get", "/paths/~1pets/post");
        let link = "/paths/~1pets/additionalOperations/LINK";
        let (born, sold) = ("/webhooks/born/post", "/x-webhooks/sold/post");
        assert_eq!(
            Vec::from_iter(graph.operations()),
            [animals, get, post, link, born, sold]
        );
        assert_eq!(
            reaching("/components/schemas/Limit"),
            [get, post, link, sold]
        );
        assert_eq!(reaching("/components/schemas/Pet"), [get, post, born]);
        assert_eq!(reaching("/components/schemas/100%/title"), [animals, link]);
        assert_eq!(reaching("/components/schemas/Lost"), [""; 0]);
        assert_eq!(reaching("/info"), [""; 0]);
    }

    #[test]
    fn a_reference_into_a_component_is_not_one_to_all_of_it() {
        let graph = pets();
        let owner = "/components/schemas/Pet/properties/owner";
        assert_eq!(
            Vec::from_iter(graph.targets("/paths/~1pets/post")),
            ["/components/parameters/Limit", owner]
        );
        assert_eq!(Vec::from_iter(graph.users(owner)), ["/paths/~1pets/post"]);
        assert_eq!(
            Vec::from_iter(graph.around("/components/schemas/Pet/properties/owner/title")),
            [owner, "/components/schemas/Pet"]
        );
    }

    #[test]
    fn a_schema_with_a_discriminator_may_be_what_extends_it() {
        let graph = graph(
            "paths: {/a: {get: {x: {$ref: '#/components/schemas/Pet'}}}}\n\
             components:\n  schemas:\n\
             \x20   Pet: {discriminator: {propertyName: kind, mapping: {car: Car, lost: Lost}}}\n\
             \x20   Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}\n\
             \x20   Tom: {allOf: [{$ref: '#/components/schemas/Cat'}]}\n\
             \x20   Car: {}\n\
             \x20   Van: {allOf: [{$ref: '#/components/schemas/Car'}]}\n",
        );
        for (place, reached) in [("Tom", 1), ("Cat", 1), ("Car", 1), ("Van", 0)] {
            let place = format!("/components/schemas/{place}");
            assert_eq!(
                graph.operations_reaching(&place).count(),
                reached,
                "{place}"
            );
        }
    }

    #[test]
    fn what_leads_nowhere_is_no_reference() {
        let lost = "/components/schemas/Lost";
        assert_eq!(Vec::from_iter(pets().targets(lost)), [lost]);
        assert_eq!(Vec::from_iter(pets().targets("/nowhere")), [""; 0]);
    }

    #[test]
    fn both_readers_give_the_same_graph() {
        let json: serde_json::Value = serde_yaml::from_str(PETS).expect("a document");
        let (one, two) = (pets(), ReferenceGraph::of(&json));
        assert_eq!(
            Vec::from_iter(one.operations()),
            Vec::from_iter(two.operations())
        );
        for place in one.places.keys() {
            assert_eq!(
                one.reachable([place.as_str()]),
                two.reachable([place.as_str()])
            );
            assert_eq!(
                one.reaching([place.as_str()]),
                two.reaching([place.as_str()])
            );
        }
    }

    #[test]
    fn swagger_2_has_its_components_elsewhere() {
        let graph = graph(
            "paths: {/a: {get: {responses: {'200': {$ref: '#/responses/A'}}}}}\n\
             responses: {A: {schema: {$ref: '#/definitions/A'}}}\n\
             definitions: {A: {}, B: {}}\n",
        );
        let users = Vec::from_iter(graph.users("/definitions/A"));
        assert_eq!(users, ["/responses/A"]);
        let reaching = Vec::from_iter(graph.operations_reaching("/definitions/A"));
        assert_eq!(reaching, ["/paths/~1a/get"]);
        assert_eq!(
            Vec::from_iter(graph.around("/definitions/B/x")),
            ["/definitions/B"]
        );
    }

    fn pets() -> ReferenceGraph {
        graph(PETS)
    }

    fn graph(text: &str) -> ReferenceGraph {
        let value: serde_yaml::Value = serde_yaml::from_str(text).expect("a document");
        ReferenceGraph::of(&value)
    }
}
