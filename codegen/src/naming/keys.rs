//! Words that say by what a thing is found, or for whom it is, and are no resources: `code` of `discounts/code/{code}`.

use super::leaves::has_members;
use super::results::Returned;
use super::tree::Tree;
use super::walk::{Step, Walk};
use super::words::{self, is_verb, singular_name};

/// Whether a step only says what the parameter after it is, of a resource that has members by id, too.
pub fn is_key(tree: &Tree<'_>, position: usize, index: usize) -> bool {
    let walk = tree.walk(position);
    let Some([outer, word, parameter]) = around(walk, index) else {
        return false;
    };
    let is_only_that = tree
        .node(&word.at)
        .is_some_and(|node| node.methods.is_empty() && node.below.len() == 1);
    !outer.parameter
        && has_members(tree, outer)
        && !word.parameter
        && parameter.parameter
        && is_only_that
        && says(&outer.word, &word.word, &parameter.word)
        && !is_verb(&word.word)
        && !tree.said.is_done(tree.operation(position), &word.word)
}

/// What the method of an operation says of the keys in its path, from a segment on: `by_code`, `for_plan`.
pub fn suffix(tree: &Tree<'_>, position: usize, from: usize) -> Option<String> {
    let walk = tree.walk(position);
    let mut keys = (1..walk.steps.len())
        .filter(|index| walk.steps[*index].segment >= from && is_key(tree, position, *index));
    let index = keys.next_back()?;
    let [outer, word, _] = around(walk, index)?;
    let key = without_by(&word.word);
    let own = without_resource(key, &singular_name(&outer.word));
    // One thing is found by it; several, and what is done, are for it.
    let finds = index + 2 == walk.steps.len()
        && tree.operation(position).method == "GET"
        && tree.returned(position) != Returned::Several;
    let owner = key
        .strip_suffix("_id")
        .filter(|_| key == word.word && !finds);
    Some(match (own, owner) {
        (Some(own), _) => format!("by_{own}"),
        (None, Some(owner)) => format!("for_{owner}"),
        (None, None) => format!("by_{key}"),
    })
}

fn around(walk: &Walk, index: usize) -> Option<[&Step; 3]> {
    let outer = walk.steps.get(index.checked_sub(1)?)?;
    Some([outer, walk.steps.get(index)?, walk.steps.get(index + 1)?])
}

fn says(outer: &str, word: &str, parameter: &str) -> bool {
    let key = without_by(word);
    let is_parameter = parameter == key || parameter.ends_with(&format!("_{key}"));
    // `users/user/{user}` is one of them.
    (is_parameter || key != word) && key != singular_name(outer)
}

fn without_by(word: &str) -> &str {
    word.strip_prefix("by_").unwrap_or(word)
}

/// `external_id` of `external_customer_id`, of a customer.
fn without_resource(key: &str, resource: &str) -> Option<String> {
    let (words, resource) = (words::of(key), words::of(resource));
    let at = words
        .windows(resource.len())
        .position(|some| some == resource.as_slice())?;
    let rest = [&words[..at], &words[at + resource.len()..]].concat();
    (!rest.is_empty()).then(|| rest.join("_"))
}
