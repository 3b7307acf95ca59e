//! Which words at the end of a path say what is done, rather than what it is done to.

use super::Tables;
use super::nodes::{Leaves, Node};
use super::results::Returned;
use super::tree::Tree;
use super::walk::{Step, Walk};
use super::words::{is_plural, is_thing, is_verb, snake};

/// Lone leaves that are read and are no things by themselves.
const CONTENTS: [&str; 3] = ["content", "contents", "raw"];

/// So many leaves of one resource that only are read are its methods.
const LEAST_VIEWS: usize = 3;

/// So many leaves beside each other that only change something are what is done, if one of them is known to say that.
const LEAST_ACTIONS: usize = 3;

/// So many of them are, if there are members beside them.
const LEAST_BESIDE_MEMBERS: usize = 2;

/// Whether a leaf is what is done with its parent; what it is called, where its own name does not say that.
pub fn method_of_leaf(
    tree: &Tree<'_>,
    position: usize,
    step: &Step,
    node: &Node,
    tables: &Tables,
) -> Option<Option<String>> {
    let method = tree.operation(position).method.as_str();
    let walk = tree.walk(position);
    if !node.below.is_empty() {
        return None;
    }
    let before = walk.steps.iter().rev().nth(1);
    let word = step.word.as_str();
    if before.is_some() && is_done_and_read(node, word) {
        let read = match tree.returned(position) {
            Returned::Several => &tables.verbs.list,
            _ => &tables.verbs.get,
        };
        return Some((method == "GET").then(|| format!("{read}_{word}")));
    }
    if node.methods.len() != 1 {
        return None;
    }
    let Some(before) = before else {
        // `POST /generate_report`, and `POST /login` of the tag `Auth`
        let tags = &tree.operation(position).tags;
        let is_of_tag = tags.first().is_some_and(|tag| snake(tag) != word);
        let is_done = word.contains('_') || (method == "POST" && is_of_tag && !is_thing(word));
        // `/projects/{id}/leave` below a scope
        let is_of_scope = walk.scope.is_some() && !is_thing(word);
        let is_known = is_verb(word) && (is_done || is_of_scope);
        return (is_known || tree.is_calls).then_some(None);
    };
    if method == "POST" && word == "new" {
        return Some(Some(tables.verbs.create.clone()));
    }
    let is_read = method == "GET";
    let is_method = is_verb(word)
        || (tree.is_posted && !before.parameter)
        || tree.said.is_done(tree.operation(position), word)
        || is_of_actions(walk, method, word)
        || if before.parameter {
            match method {
                "POST" => !is_plural(word),
                "GET" => tree.returned(position) == Returned::Content || CONTENTS.contains(&word),
                _ => false,
            }
        } else if !is_read {
            // `validate/origin`, but not `stream/clip` where there is `stream/{id}`
            let is_part = method == "POST" && !before.word.contains('_') && is_verb(&before.word);
            let beside_members = has_members(tree, before);
            (is_part && !beside_members) || is_action(tree, before, word, beside_members)
        } else {
            is_view(tree, walk, before)
        };
    is_method.then_some(None)
}

/// Whether it is done by POST, and can be looked at: `sync`, and `get_sync`.
fn is_done_and_read(node: &Node, word: &str) -> bool {
    let methods: Vec<&str> = node.methods.keys().map(String::as_str).collect();
    methods == ["GET", "POST"] && is_verb(word) && !is_thing(word) && !is_plural(word)
}

/// Whether it is posted below `actions` of one thing, which says that it is what is done: `servers/{id}/actions/reboot`.
fn is_of_actions(walk: &Walk, method: &str, word: &str) -> bool {
    let [.., one, actions, _] = walk.steps.as_slice() else {
        return false;
    };
    let is_action = one.parameter && actions.word == "actions";
    is_action && method == "POST" && !is_plural(word)
}

/// Whether it is one of several leaves that only change something, one of which is known to say what is done: `play` beside `pause`.
/// Where there are members as well, most are known to: `set_rules` of `actions/{id}`, `actions/attach` and `actions/detach`.
fn is_action(tree: &Tree<'_>, before: &Step, word: &str, beside_members: bool) -> bool {
    let Some(outer) = tree.node(&before.at) else {
        return false;
    };
    let Leaves { changed, done, .. } = outer.leaves;
    let is_all = outer.methods.is_empty() && changed == outer.below.len();
    let enough = changed >= LEAST_ACTIONS || (is_all && changed > 1);
    let is_things = is_plural(word) && !word.contains('_');
    let known = if beside_members {
        changed.div_ceil(2).max(LEAST_BESIDE_MEMBERS)
    } else {
        1
    };
    enough && !is_things && done >= known
}

/// Whether what is read is a view of the resource rather than one of its own.
fn is_view(tree: &Tree<'_>, walk: &Walk, before: &Step) -> bool {
    if walk
        .steps
        .first()
        .is_some_and(|top| tree.is_report(&top.word))
    {
        return true;
    }
    let Some(outer) = tree.node(&before.at) else {
        return false;
    };
    let alike = outer.leaves.read;
    // What has no method of its own, and only is looked at, has its views alone.
    alike >= LEAST_VIEWS && (!outer.methods.is_empty() || alike == outer.below.len())
}

pub fn has_members(tree: &Tree<'_>, step: &Step) -> bool {
    let node = tree.node(&step.at);
    node.is_some_and(|node| node.below.contains(&format!("{}/{{}}", step.at)))
}
