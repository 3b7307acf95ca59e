//! First words whose one parameter says for whom everything below is: an account, a zone.

use std::collections::{BTreeMap, BTreeSet};

use super::Tables;
use super::nodes::Node;
use super::walk::Walk;
use crate::api::Operation;

/// A scope has so many resources below it at least, and so much of all operations.
const LEAST_RESOURCES: usize = 8;
const LEAST_SHARE: f64 = 0.12;

/// So much of all is below one scope, or below those that have resources in common: `accounts` and `zones`.
const MOST_SHARE: f64 = 0.5;
const LEAST_COMMON: usize = 3;

/// The id of a scope is not called in more ways.
const MOST_IDS: usize = 6;

/// What is below a scope is not tagged as the scope itself, but for so much.
const MOST_OWN: f64 = 0.3;

/// First words that an id and many resources follow. What is done with one thing is no resource below it, and what is tagged as
/// the thing itself is a part of that.
pub fn scopes(
    operations: &[&Operation],
    walks: &[Walk],
    nodes: &BTreeMap<String, Node>,
    tables: &Tables,
) -> BTreeSet<String> {
    let below = below(operations, walks, nodes, tables);
    let total = walks.len() as f64;
    // One tag for everything says nothing.
    let tags: BTreeSet<&String> = operations.iter().filter_map(|o| o.tags.first()).collect();
    let is_part = |one: &Below| tags.len() > 1 && one.is_of_itself();
    let candidates: Vec<(&String, &Below)> = below
        .iter()
        .filter(|(_, one)| one.is_large(total) && !is_part(one))
        .collect();
    let most = |one: &Below| {
        let related = candidates.iter().filter(|(_, other)| one.is_related(other));
        let count: usize = related.map(|(_, other)| other.count).sum();
        count as f64 >= MOST_SHARE * total
    };
    let found = candidates.iter().filter(|(_, one)| most(one));
    found.map(|(word, _)| (*word).clone()).collect()
}

fn below(
    operations: &[&Operation],
    walks: &[Walk],
    nodes: &BTreeMap<String, Node>,
    tables: &Tables,
) -> BTreeMap<String, Below> {
    let mut below: BTreeMap<String, Below> = BTreeMap::new();
    for (operation, walk) in operations.iter().zip(walks) {
        let mut passed = walk.clone();
        passed.pass_prefix(tables);
        let skipped = walk.steps.len() - passed.steps.len();
        let tag = operation.tags.first().cloned();
        match &walk.steps[skipped..] {
            [first, rest @ ..]
                if !first.parameter && rest.len() < 2 && rest.iter().all(|step| step.parameter) =>
            {
                let own = below.entry(first.word.clone()).or_default();
                count(&mut own.own_tags, tag);
            }
            [first, id, next, ..] if id.parameter && !next.parameter => {
                let below = below.entry(first.word.clone()).or_default();
                below.count += 1;
                count(&mut below.tags, tag);
                below.ids.insert(id.word.clone());
                let Some(node) = nodes.get(&next.at) else {
                    continue;
                };
                if node.is_resource() {
                    below.resources.insert(next.word.clone());
                }
                if node.is_resource() || node.methods.contains_key("GET") {
                    below.things.insert(next.word.clone());
                }
            }
            _ => {}
        }
    }
    below
}

fn count(tags: &mut BTreeMap<String, usize>, tag: Option<String>) {
    if let Some(tag) = tag {
        *tags.entry(tag).or_default() += 1;
    }
}

/// What is below a first word.
#[derive(Debug, Default)]
struct Below {
    count: usize,
    resources: BTreeSet<String>,
    /// These, and what only is read.
    things: BTreeSet<String>,
    /// What the parameter is called.
    ids: BTreeSet<String>,
    /// How often each tag is below it, and on the thing itself.
    tags: BTreeMap<String, usize>,
    own_tags: BTreeMap<String, usize>,
}

impl Below {
    fn is_large(&self, total: f64) -> bool {
        let share = self.count as f64 / total;
        // Where most is below it, much of that may only be read.
        let resources = if share >= MOST_SHARE {
            &self.things
        } else {
            &self.resources
        };
        resources.len() >= LEAST_RESOURCES && self.ids.len() <= MOST_IDS && share >= LEAST_SHARE
    }

    /// Whether the author calls what is below it by its name.
    fn is_of_itself(&self) -> bool {
        let own = self.own_tags.iter().max_by_key(|(_, count)| **count);
        let alike = own.and_then(|(tag, _)| self.tags.get(tag)).copied();
        alike.unwrap_or_default() as f64 > MOST_OWN * self.count as f64
    }

    /// Whether it is the same, or has resources in common.
    fn is_related(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
            || self.resources.intersection(&other.resources).count() >= LEAST_COMMON
    }
}
