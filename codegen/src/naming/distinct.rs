//! Operations that were named alike are distinguished by what differs between them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::ids::{ARTICLES, PREPOSITIONS};
use super::leaves::has_members;
use super::results::Returned;
use super::tree::Tree;
use super::walk::{self, Step};
use super::words::{self, is_thing, is_verb, singular_name, snake};
use super::{Place, Verbs, called};
use crate::api::{self, Operation, Parameter};

/// Functions that every resource has.
const TAKEN: [&str; 3] = ["clone", "fmt", "new"];

/// Gives each a name of its own; what `taken` has stays as it is.
pub fn distinct(
    tree: &Tree<'_>,
    inferred: Vec<(usize, Place)>,
    taken: BTreeMap<String, usize>,
    verbs: &Verbs,
) -> Vec<(usize, Place)> {
    let mut used = Used::of(taken);
    let mut waiting: Vec<(usize, Place)> = inferred;
    waiting.sort_by_cached_key(|(position, place)| rank(tree, *position, place, verbs));
    for (_, place) in &waiting {
        used.reserve(&place.resources);
    }
    let mut named: Vec<(usize, Place)> = Vec::new();
    let mut alike: Vec<(usize, Place)> = Vec::new();
    for (position, place) in waiting {
        if used.claim(position, &place) {
            named.push((position, place));
        } else {
            alike.push((position, place));
        }
    }
    for (position, place) in alike {
        let other = used.owner(&place.name());
        let candidates = candidates(tree, position, &place, other, verbs);
        let free = candidates.into_iter().find(|one| used.claim(position, one));
        named.push((
            position,
            free.unwrap_or_else(|| numbered(&mut used, position, &place)),
        ));
    }
    named.sort_by_key(|(position, _)| *position);
    named
}

/// The names that are given, with their owners, and the resources that lead to them.
struct Used {
    names: BTreeMap<String, usize>,
    resources: BTreeSet<String>,
}

impl Used {
    fn of(names: BTreeMap<String, usize>) -> Self {
        let mut used = Self {
            names: BTreeMap::new(),
            resources: BTreeSet::new(),
        };
        for name in names.keys() {
            used.reserve(
                &Place::of(name)
                    .map(|place| place.resources)
                    .unwrap_or_default(),
            );
        }
        used.names = names;
        used
    }

    fn reserve(&mut self, resources: &[String]) {
        for count in 1..=resources.len() {
            self.resources.insert(resources[..count].join("."));
        }
    }

    fn owner(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// Whether it is free: no other method, no resource, and no function of every resource has it.
    fn claim(&mut self, position: usize, place: &Place) -> bool {
        let name = place.name();
        let below_method = (1..=place.resources.len())
            .any(|count| self.names.contains_key(&place.resources[..count].join(".")));
        let free = !self.names.contains_key(&name)
            && !self.resources.contains(&name)
            && !TAKEN.contains(&place.method.as_str())
            && !below_method;
        if free {
            self.reserve(&place.resources);
            self.names.insert(name, position);
        }
        free
    }
}

/// Who gets the name: what has a path of its own, what is about one thing before what changes all, what is not deprecated, the
/// larger scope, what has members, fewer parameters.
fn rank(
    tree: &Tree<'_>,
    position: usize,
    place: &Place,
    verbs: &Verbs,
) -> (bool, bool, bool, Reverse<usize>, usize, bool, usize, usize) {
    let walk = tree.walk(position);
    let size = walk
        .scope
        .as_deref()
        .map_or(usize::MAX, |scope| tree.scope_size(scope));
    let parameters = walk.steps.iter().filter(|step| step.parameter).count();
    let method = &tree.operation(position).method;
    let usual = if is_said(tree, position, place, verbs) {
        0
    } else {
        1 + usize::from(verbs.of(method) != place.method)
    };
    let path = &tree.operation(position).path;
    let is_rewritten = walk::written_as(path).is_some();
    let variant =
        path.contains('?') || (path.contains('#') && (called(path).is_none() || method == "GET"));
    let last = walk.steps.last();
    let is_bare = last.is_some_and(|step| !step.parameter && !has_members(tree, step));
    (
        variant || is_rewritten,
        changes_all(tree, position, place, verbs) || is_done_to_all(tree, position, place),
        tree.operation(position).deprecated,
        Reverse(size),
        usual,
        is_bare,
        parameters,
        position,
    )
}

/// The names that an operation can have beside another of its name, the best first.
fn candidates(
    tree: &Tree<'_>,
    position: usize,
    place: &Place,
    other: Option<usize>,
    verbs: &Verbs,
) -> Vec<Place> {
    let operation = tree.operation(position);
    let mut methods = match other {
        Some(other) => by_difference(tree, position, place, other, verbs),
        None => Vec::from_iter(written(operation, place, None)),
    };
    let method = &place.method;
    let resource = place.resources.last().map_or("", String::as_str);
    let verb = verbs.of(&operation.method);
    let done_to = format!("{method}_{}", singular_name(resource));
    if TAKEN.contains(&method.as_str()) {
        // `clone_order`
        methods.push(done_to.clone());
    }
    if verb != *method && !method.starts_with(&format!("{verb}_")) {
        methods.push(format!("{verb}_{method}"));
    }
    methods.push(done_to);
    let mut candidates: Vec<Place> = methods
        .into_iter()
        .map(|method| place.with_method(method))
        .collect();
    candidates.extend(above(place));
    let whole = format!("{} {}", operation.method.to_lowercase(), operation.path);
    candidates.push(place.with_method(snake(&whole)));
    candidates
}

/// What differs between two operations, as methods of the first.
fn by_difference(
    tree: &Tree<'_>,
    position: usize,
    place: &Place,
    other: usize,
    verbs: &Verbs,
) -> Vec<String> {
    let (operation, walk) = (tree.operation(position), tree.walk(position));
    let (known_as, others) = (tree.operation(other), tree.walk(other));
    let method = &place.method;
    let known: BTreeSet<(&str, bool)> = others
        .steps
        .iter()
        .map(|step| (step.word.as_str(), step.parameter))
        .collect();
    let differs = |step: &&Step| {
        !known.contains(&(step.word.as_str(), step.parameter)) && step.word != *method
    };
    let literal = |versions: bool| {
        let mut literals = walk.steps.iter().filter(|step| !step.parameter);
        literals.rfind(|step| step.version == versions && differs(step))
    };
    let mut names: Vec<String> = Vec::new();
    names.extend(argument_of(operation, known_as).map(|name| format!("{method}_by_{name}")));
    if operation.method == "PUT" && is_said(tree, other, place, verbs) {
        names.push("replace".to_owned());
    }
    if let Some(variant) =
        fragment(operation).filter(|own| Some(own) != fragment(known_as).as_ref())
    {
        names.push(if is_verb(&variant) && !is_thing(&variant) {
            // `#get_shared_link`
            variant
        } else {
            format!("{method}_{variant}")
        });
    } else if called(&operation.path).is_some() && operation.method != known_as.method {
        names.push(format!("{method}_by_{}", operation.method.to_lowercase()));
    }
    let written_as = walk::written_as(&operation.path);
    if let Some(end) = written_as.filter(|end| walk::written_as(&known_as.path) != Some(end)) {
        // `/fines.{format}` beside `/fines`
        names.push(format!("{method}_{end}"));
    }
    if let Some(scope) = walk.scope.as_deref().filter(|_| walk.scope != others.scope) {
        names.push(format!("{method}_for_{}", singular_name(scope)));
    }
    if changes_all(tree, position, place, verbs) && others.ends_in_parameter() {
        names.push(format!("bulk_{method}"));
    }
    names.extend(literal(true).map(|version| format!("{method}_{}", version.word)));
    if let Some(version) = &walk.version
        && walk.version != others.version
    {
        // `/v2/pets` beside `/v1/pets`
        names.push(format!("{method}_{version}"));
    }
    names.extend(written(operation, place, Some(known_as)));
    if is_done_to_all(tree, position, place) {
        names.push(format!("bulk_{method}"));
    }
    // Below a resource that the policy named, not by what the path ends in.
    let ends = walk.steps.iter().rfind(|step| !step.parameter);
    let resource = place.resources.last().map(|name| singular_name(name));
    names.extend(
        ends.filter(differs)
            .filter(|step| !step.version && resource != Some(singular_name(&step.word)))
            .map(|step| {
                if step.word.ends_with(&format!("_{method}")) {
                    // `bulk_delete`
                    step.word.clone()
                } else {
                    format!("{method}_{}", thing(method, &step.word, verbs))
                }
            }),
    );
    let mut parameters = walk.steps.iter().filter(|step| step.parameter);
    if let Some(parameter) = parameters.rfind(differs) {
        names.push(if walk.steps.len() == others.steps.len() {
            format!("{method}_by_{}", parameter.word)
        } else {
            format!("{method}_for_{}", owner(&parameter.word))
        });
    }
    names.extend(literal(false).map(|literal| format!("{method}_{}", literal.word)));
    if known_as.method != operation.method {
        names.push(verbs.of(&operation.method));
    }
    if operation.deprecated && !known_as.deprecated {
        names.push(format!("{method}_legacy"));
    }
    names
}

/// Whether a path says that it updates, which PUT by itself may not be: `/filters/{id}/update`.
fn is_said(tree: &Tree<'_>, position: usize, place: &Place, verbs: &Verbs) -> bool {
    let last = tree.walk(position).steps.last();
    place.method == verbs.update
        && last.is_some_and(|step| !step.parameter && step.word == verbs.update)
}

/// Whether it changes a collection as a whole.
fn changes_all(tree: &Tree<'_>, position: usize, place: &Place, verbs: &Verbs) -> bool {
    let last = tree.walk(position).steps.last();
    let is_of_many = last.is_some_and(|last| {
        // `DELETE /items/{collection}`, where `GET` lists them
        let read = tree.node(&last.at).and_then(|node| node.methods.get("GET"));
        let is_list = read.is_some_and(|read| tree.returned(*read) == Returned::Several);
        has_members(tree, last)
            && (!last.parameter || (is_list && !words::is_identifier(&last.word)))
    });
    is_of_many && verbs.changes(&place.method)
}

/// Whether what is done to a collection is done to each of its members, too: `payments/cancel` beside `payments/{id}/cancel`.
fn is_done_to_all(tree: &Tree<'_>, position: usize, place: &Place) -> bool {
    let [.., before, last] = tree.walk(position).steps.as_slice() else {
        return false;
    };
    let members = tree.node(&format!("{}/{{}}", before.at));
    let of_one = format!("{}/{{}}/{}", before.at, last.word);
    let is_done = tree.operation(position).method != "GET" && place.method == last.word;
    is_done && !last.parameter && members.is_some_and(|node| node.below.contains(&of_one))
}

/// What a path says after `#`, which is never sent, or in its query: documents tell operations of one path apart by it.
fn fragment(operation: &Operation) -> Option<String> {
    let path = operation.path.as_str();
    let fragment = path.split_once('#').map(|(_, fragment)| fragment);
    let fragment = fragment.or_else(|| said_in_query(path))?;
    let word = snake(fragment);
    word.starts_with(|c: char| c.is_ascii_lowercase())
        .then_some(word)
}

/// `beta` of `?beta=true`, `sale` of `?kind=sale`.
fn said_in_query(path: &str) -> Option<&str> {
    let (_, query) = path.split_once('?')?;
    let first = query.split('&').next()?;
    match first.split_once('=') {
        None | Some((_, "true" | "")) => first.split('=').next(),
        Some((_, value)) => (!value.contains('{')).then_some(value),
    }
}

/// What the operationId says beside the resource and the beginning that it shares with the other's, where it is short and
/// says more than method and path do.
fn written(operation: &Operation, place: &Place, other: Option<&Operation>) -> Option<String> {
    const MOST_WORDS: usize = 4;
    let mut id = words::of(operation.id.as_deref()?);
    id.drain(..shared_beginning(&id, other));
    let path = format!(
        "{} {} by id",
        operation.method.to_lowercase(),
        operation.path
    );
    let path = words::singular_words(&path);
    let mut singular = id.iter().map(|word| words::singular(word));
    let says_more =
        singular.any(|word| !path.contains(&word) && !ARTICLES.contains(&word.as_str()));
    let resources: BTreeSet<String> = place
        .resources
        .iter()
        .flat_map(|name| words::singular_words(name))
        .collect();
    let mut own: Vec<String> = id
        .into_iter()
        .filter(|word| !resources.contains(&words::singular(word)))
        .filter(|word| !ARTICLES.contains(&word.as_str()))
        .collect();
    // `remove_group_from_customer`
    while own.len() > 1
        && own
            .last()
            .is_some_and(|word| PREPOSITIONS.contains(&word.as_str()))
    {
        own.pop();
    }
    let is_name = own
        .first()
        .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
    let ends = own
        .last()
        .is_some_and(|word| word.bytes().all(|c| c.is_ascii_digit()));
    (says_more && is_name && !ends && own.len() <= MOST_WORDS).then(|| own.join("_"))
}

/// How many words both ids begin with that say nothing of what is done.
fn shared_beginning(id: &[String], other: Option<&Operation>) -> usize {
    let other = other.and_then(|other| other.id.as_deref());
    let other = other.map(words::of).unwrap_or_default();
    let shared = id.iter().zip(&other);
    let shared = shared.take_while(|(word, other)| word == other && !is_verb(word));
    match shared.count() {
        all if all == id.len() => 0,
        shared => shared,
    }
}

/// What a function in a path takes that another does not: `date` of `getUsage(date='{date}')`, which is no step of the path.
fn argument_of(operation: &Operation, other: &Operation) -> Option<String> {
    let of_path = |one: &&Parameter| one.place == api::Place::Path;
    let known: BTreeSet<&str> = other
        .parameters
        .iter()
        .filter(of_path)
        .map(|one| one.name.as_str())
        .collect();
    let mut own = operation.parameters.iter().filter(of_path);
    let own = own.find(|one| !known.contains(one.name.as_str()))?;
    operation.path.contains('(').then(|| snake(&own.name))
}

/// The last resource as a word of the method, where a method has its name.
fn above(place: &Place) -> Option<Place> {
    let (last, outer) = place.resources.split_last()?;
    (!outer.is_empty()).then(|| Place {
        resources: outer.to_vec(),
        method: format!("{}_{last}", place.method),
    })
}

/// What is done to, as the method speaks of it: of many where it lists them.
fn thing(method: &str, word: &str, verbs: &Verbs) -> String {
    if method == verbs.list {
        word.to_owned()
    } else {
        singular_name(word)
    }
}

/// What an id is the id of.
fn owner(parameter: &str) -> String {
    const ENDS: [&str; 6] = ["_id", "_identifier", "_name", "_key", "_slug", "_uuid"];
    let bare = |name: &str| {
        let mut bare = ENDS.iter().filter_map(|end| name.strip_suffix(end));
        bare.next().unwrap_or(name).to_owned()
    };
    let said = bare(parameter);
    // `issue_id_or_key`
    said.strip_suffix("_or").map_or(said.clone(), bare)
}

/// A document that differs in nothing that has a word.
fn numbered(used: &mut Used, position: usize, place: &Place) -> Place {
    let mut number = 2;
    loop {
        let candidate = place.with_method(format!("{}_{number}", place.method));
        if used.claim(position, &candidate) {
            return candidate;
        }
        // Below a method nothing is free.
        if number > used.names.len() + used.resources.len() + 2 {
            return candidate;
        }
        number += 1;
    }
}
