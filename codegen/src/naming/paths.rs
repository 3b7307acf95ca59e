//! Names from paths: literals are resources, what is done is the method.

use super::ids::PREPOSITIONS;
use super::keys;
use super::leaves::{has_members, method_of_leaf};
use super::nodes::Node;
use super::results::Returned;
use super::tree::Tree;
use super::walk::{Step, Walk};
use super::words::{is_identifier, is_plural, is_thing, is_verb, singular, singular_name, snake};
use super::{Place, Tables};
use crate::api::Operation;

/// What an operation without any word in its path belongs to.
const ROOT: &str = "root";

/// The resources and the method that the path says.
pub fn place(tree: &Tree<'_>, position: usize, tables: &Tables) -> Place {
    let operation = tree.operation(position);
    let walk = tree.walk(position);
    let mut resources = resources(tree, position, 0, tables);
    let top = walk.steps.iter().find(|step| !step.parameter);
    if let Some(top) = top.map(|step| step.word.as_str())
        && !resources.is_empty()
    {
        name_top(tree, walk, top, &mut resources);
        if let Some(scope) = walk.scope.as_deref()
            && tree.is_of_scope(operation, top, scope)
        {
            resources.insert(0, Resource::of(scope));
        }
    }
    let tag = operation.tags.first().map(|tag| tree.like_top(snake(tag)));
    let outer = tag.or_else(|| walk.scope.clone());
    let outer = vec![outer.unwrap_or_else(|| ROOT.to_owned())];
    let place = finish(tree, position, resources, &outer, tables);
    with_key(place, keys::suffix(tree, position, 0))
}

/// The same, of what follows a prefix of the path that the policy names.
pub fn place_below(
    tree: &Tree<'_>,
    position: usize,
    prefix: &[String],
    segments: usize,
    tables: &Tables,
) -> Place {
    let below = resources(tree, position, segments, tables);
    let mut resources: Vec<Resource> = prefix.iter().map(|name| Resource::of(name)).collect();
    resources.extend(below);
    let place = finish(tree, position, resources, prefix, tables);
    with_key(place, keys::suffix(tree, position, segments))
}

fn with_key(place: Place, key: Option<String>) -> Place {
    match key {
        Some(key) => place.with_method(format!("{}_{key}", place.method)),
        None => place,
    }
}

/// A resource, and the step that says it.
#[derive(Debug)]
struct Resource {
    name: String,
    at: Option<String>,
}

impl Resource {
    fn of(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            at: None,
        }
    }
}

/// The words of the path from a segment on, without what says nothing.
fn resources(tree: &Tree<'_>, position: usize, from: usize, tables: &Tables) -> Vec<Resource> {
    let walk = tree.walk(position);
    let mut found: Vec<Resource> = Vec::new();
    for (index, step) in walk.steps.iter().enumerate() {
        if step.segment < from {
            continue;
        }
        if step.parameter {
            found.extend(tree.kind(step).map(|kind| Resource {
                name: kind.to_owned(),
                at: Some(step.at.clone()),
            }));
            continue;
        }
        let stated = tables.segments.get(&step.word);
        if stated.is_none() && step.version && !tells_versions_apart(tree, walk, index) {
            continue;
        }
        if stated.is_none() && keys::is_key(tree, position, index) {
            continue;
        }
        let before = index.checked_sub(1).map(|before| &walk.steps[before]);
        if let (None, Some(last), Some(before)) = (stated, found.last_mut(), before)
            && repeats(&last.name, &step.word)
            && tree
                .node(&before.at)
                .is_some_and(|node| node.methods.is_empty())
        {
            // `access_rules/rules`
            last.at = Some(step.at.clone());
            continue;
        }
        let name = step.word.strip_suffix("_api").unwrap_or(&step.word);
        let name = match (before, found.last()) {
            (Some(before), Some(last)) if before.parameter => {
                without_outer(tree, before, &last.name, name)
            }
            _ => name,
        };
        let names = stated.cloned().unwrap_or_else(|| vec![name.to_owned()]);
        found.extend(names.into_iter().map(|name| Resource {
            name,
            at: Some(step.at.clone()),
        }));
    }
    found
}

/// Whether there are others beside it; one version by itself says nothing.
fn tells_versions_apart(tree: &Tree<'_>, walk: &Walk, index: usize) -> bool {
    let Some(before) = index.checked_sub(1).map(|before| &walk.steps[before]) else {
        return false;
    };
    let is_version = |at: &&String| {
        let mut last = at.rsplit('/');
        last.next().is_some_and(|last| {
            last.strip_prefix('v')
                .is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    let node = tree.node(&before.at);
    node.is_some_and(|node| node.below.iter().filter(is_version).count() > 1)
}

/// Whether a resource ends in the words of the one that follows it, so that the latter says nothing new.
fn repeats(outer: &str, inner: &str) -> bool {
    let words = |name: &str| name.split('_').map(singular).collect::<Vec<_>>();
    let (outer, inner) = (words(outer), words(inner));
    outer.len() > inner.len() && outer.ends_with(&inner)
}

/// `line_items` of `invoices/{id}/invoice_line_items`, unless that is something else beside it.
fn without_outer<'n>(tree: &Tree<'_>, one: &Step, outer: &str, inner: &'n str) -> &'n str {
    let begins = format!("{}_", singular_name(outer));
    let Some(rest) = inner.strip_prefix(&begins).filter(|rest| is_plural(rest)) else {
        return inner;
    };
    let is_rest = |at: &String| snake(at.rsplit('/').next().unwrap_or_default()) == rest;
    let is_taken = tree
        .node(&one.at)
        .is_some_and(|node| node.below.iter().any(is_rest));
    if is_taken { inner } else { rest }
}

/// The first resource as the document calls it as a whole.
fn name_top(tree: &Tree<'_>, walk: &Walk, top: &str, resources: &mut Vec<Resource>) {
    if resources[0].name != top {
        return;
    }
    if let Some(name) = tree.spelled_out(top) {
        resources[0].name = name;
    } else if let Some((acronym, rest)) = top.split_once('_')
        && tree.is_family(acronym)
    {
        resources[0].name = rest.to_owned();
        resources.insert(0, Resource::of(acronym));
    } else if let [_, second, ..] = walk.steps.as_slice()
        && !second.parameter
        && resources.get(1).is_some_and(|r| r.name == second.word)
        && tree.is_one_name(top, &second.word)
    {
        resources[1].name = format!("{top}_{}", second.word);
        resources.remove(0);
    }
}

/// Takes the method from the last word, or from what is done with it.
fn finish(
    tree: &Tree<'_>,
    position: usize,
    resources: Vec<Resource>,
    outer: &[String],
    tables: &Tables,
) -> Place {
    let operation = tree.operation(position);
    let method = operation.method.as_str();
    let walk = tree.walk(position);
    let last = walk.steps.last();
    let mut names: Vec<String> = resources.iter().map(|one| one.name.clone()).collect();
    let says_leaf = match (last, resources.last()) {
        (Some(step), Some(resource)) => resource.at.as_deref() == Some(&step.at),
        _ => false,
    };
    if let Some(done) = done_to_parameter(tree, position, &resources) {
        names.pop();
        return Place {
            resources: if names.is_empty() {
                outer.to_vec()
            } else {
                names
            },
            method: done,
        };
    }
    let leaf = last.filter(|step| !step.parameter && says_leaf);
    if let Some(step) = leaf
        && let Some(node) = tree.node(&step.at)
        && let Some(name) = method_of_leaf(tree, position, step, node, tables)
    {
        let own = names.pop();
        if names.is_empty() {
            names = outer.to_vec();
        }
        let method = name.or(own).unwrap_or_default();
        return Place {
            resources: names,
            method,
        };
    }
    if names.is_empty() {
        names = outer.to_vec();
    }
    let node = last.and_then(|step| tree.node(&step.at));
    let is_keyed = walk
        .steps
        .len()
        .checked_sub(2)
        .is_some_and(|index| keys::is_key(tree, position, index));
    let method = match (node, last) {
        (Some(_), Some(_))
            if is_keyed && method == "GET" && tree.returned(position) == Returned::Several =>
        {
            tables.verbs.list.clone()
        }
        // `/flags/{project}` above `/flags/{project}/{key}`
        (Some(node), Some(step))
            if step.parameter
                && !(method == "GET"
                    && has_members(tree, step)
                    && holds_several(tree, position))
                && !asks_for_several(tree, position) =>
        {
            of_one(tree, position, step, node, tables)
        }
        (Some(node), Some(_)) => of_all(tree, position, node, method, tables),
        _ => tables.verbs.of(method),
    };
    let place = Place {
        resources: names,
        method,
    };
    let place = without_said_again(tree, position, place, outer);
    let is_list = tree.returned(position) == Returned::Several;
    let said = tree.said.method(operation, &place, is_list, &tables.verbs);
    let place = said.map_or(place.clone(), |method| place.with_method(method));
    with_phrase(
        place,
        leaf.and(node).is_some_and(|node| !node.is_resource()),
    )
}

/// `gift_cards.get_from_code` of `gift_cards/from_code`: what begins with a preposition goes on with what is done, and is no thing.
fn with_phrase(mut place: Place, is_lone_leaf: bool) -> Place {
    let begins = |word: &str| {
        let first = word.split_once('_').map(|(first, _)| first);
        first.is_some_and(|first| PREPOSITIONS.contains(&first))
    };
    if is_lone_leaf
        && place.resources.len() > 1
        && let Some(phrase) = place.resources.pop_if(|word| begins(word))
    {
        place.method = format!("{}_{phrase}", place.method);
    }
    place
}

/// `token.create` of `POST /token/create`, where `/token/create/{role}` makes a resource of what is done, and of that, too.
fn without_said_again(
    tree: &Tree<'_>,
    position: usize,
    mut place: Place,
    outer: &[String],
) -> Place {
    let Some(last) = place.resources.last() else {
        return place;
    };
    let is_said = *last == place.method || is_done_to_one(tree, position, last);
    if is_said && is_verb(last) && !is_thing(last) {
        place.method = place.resources.pop().unwrap_or_default();
        if place.resources.is_empty() {
            place.resources = outer.to_vec();
        }
    }
    place
}

/// Whether a path ends in a word, or in the id of one for which that is done, and nothing else is done at both.
fn is_done_to_one(tree: &Tree<'_>, position: usize, word: &str) -> bool {
    let step = match tree.walk(position).steps.as_slice() {
        [.., before, last] if last.parameter => before,
        [.., last] => last,
        [] => return false,
    };
    let is_lone = |at: &str, below: usize| {
        tree.node(at).is_some_and(|node| {
            let is_posted = node.methods.len() == 1 && node.methods.contains_key("POST");
            is_posted && node.below.len() == below
        })
    };
    let is_word = !step.parameter && step.word == word;
    is_word && is_lone(&step.at, 1) && is_lone(&format!("{}/{{}}", step.at), 0)
}

/// What is done with what a path ends in the id of, where that is all that there is: `find_by_email/{email}`.
fn done_to_parameter(tree: &Tree<'_>, position: usize, resources: &[Resource]) -> Option<String> {
    let [.., before, last] = tree.walk(position).steps.as_slice() else {
        return None;
    };
    let (outer, node) = (tree.node(&before.at)?, tree.node(&last.at)?);
    let is_all = outer.methods.is_empty() && outer.below.len() == 1;
    let is_lone = is_all && node.methods.len() == 1 && node.below.is_empty();
    let operation = tree.operation(position);
    let word = before.word.as_str();
    let changes = operation.method != "GET" && is_verb(word) && !is_thing(word);
    let is_done = changes || tree.said.is_done(operation, word);
    let is_last = resources.last()?.at.as_deref() == Some(&before.at);
    (last.parameter && !before.parameter && is_lone && is_last && is_done).then(|| word.to_owned())
}

/// `/events/{year}`, with a list in the response and nothing that lists all of them: a parameter that does not say which one.
fn asks_for_several(tree: &Tree<'_>, position: usize) -> bool {
    let [.., all, one] = tree.walk(position).steps.as_slice() else {
        return false;
    };
    let says_which =
        is_identifier(&one.word) || singular_name(&one.word).ends_with(&singular_name(&all.word));
    let is_read =
        tree.operation(position).method == "GET" && tree.returned(position) == Returned::Several;
    let lists = |node: &Node| node.methods.contains_key("GET");
    is_read && is_plural(&all.word) && !says_which && !tree.node(&all.at).is_some_and(lists)
}

fn holds_several(tree: &Tree<'_>, position: usize) -> bool {
    matches!(
        tree.returned(position),
        Returned::Several | Returned::Holder
    )
}

/// What is done with one thing, which the path ends in the id of.
fn of_one(tree: &Tree<'_>, position: usize, step: &Step, node: &Node, tables: &Tables) -> String {
    let operation = tree.operation(position);
    let changes = ["PUT", "PATCH"]
        .iter()
        .any(|other| node.methods.contains_key(*other));
    // What is created by POST to all of them is changed by POST to one, which can be read or deleted.
    let outer = step.at.strip_suffix("/{}").unwrap_or_default();
    let is_many = is_plural(&snake(outer.rsplit('/').next().unwrap_or_default()));
    let creates = tree
        .node(outer)
        .is_some_and(|outer| outer.methods.contains_key("POST"));
    let is_one = ["GET", "DELETE"]
        .iter()
        .any(|other| node.methods.contains_key(*other));
    let creates = creates && is_many && is_one;
    let updates = tree.post_updates || (creates && tree.said.may_update(operation));
    match operation.method.as_str() {
        "POST" if updates && !changes => tables.verbs.update.clone(),
        "PATCH" if is_only_update(tree, operation, node) => tables.verbs.update.clone(),
        method => tables.verbs.of(method),
    }
}

/// What PATCH does is called `update` where its id says so and nothing else at the path may be called that.
fn is_only_update(tree: &Tree<'_>, operation: &Operation, node: &Node) -> bool {
    let others = ["PUT", "POST"];
    let is_alone = !others.iter().any(|other| node.methods.contains_key(*other));
    tree.said.updates(operation) && is_alone
}

/// What is done with a collection, or with a thing that there is one of.
fn of_all(tree: &Tree<'_>, position: usize, node: &Node, method: &str, tables: &Tables) -> String {
    let has_members = node.below.iter().any(|at| at.ends_with("/{}"));
    let last = tree.walk(position).steps.last();
    let is_many = last.is_some_and(|step| is_plural(&step.word));
    let several = |position: usize| match tree.returned(position) {
        Returned::Several => true,
        Returned::Holder => is_many,
        _ => false,
    };
    let changes = ["PUT", "PATCH"]
        .iter()
        .any(|other| node.methods.contains_key(*other));
    let read = node.methods.get("GET");
    let one = node.below.iter().find(|at| at.ends_with("/{}"));
    let one = one.and_then(|at| tree.node(at));
    // What is changed by POST to one, and by nothing else, is created by PUT to all of them.
    let posted = one.is_some_and(|one| {
        let has = |method: &str| one.methods.contains_key(method);
        has("POST") && !has("PUT") && !has("PATCH")
    });
    match method {
        "PUT" if posted && !node.methods.contains_key("POST") => tables.verbs.create.clone(),
        "GET" if has_members || several(position) => tables.verbs.list.clone(),
        "POST" if tree.post_updates && !has_members && !changes => match read {
            Some(read) if !several(*read) => tables.verbs.update.clone(),
            _ => tables.verbs.create.clone(),
        },
        "POST" if tree.is_written_back(position) && !has_members && !changes => {
            tables.verbs.update.clone()
        }
        "PATCH" if is_only_update(tree, tree.operation(position), node) => {
            tables.verbs.update.clone()
        }
        method => tables.verbs.of(method),
    }
}
