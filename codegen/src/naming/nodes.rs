//! What is at each path, as a tree.

use std::collections::{BTreeMap, BTreeSet};

use super::walk::Walk;
use super::words::{is_verb, snake};
use crate::api::Operation;

/// By the path, parameters without names.
pub fn nodes(operations: &[&Operation], walks: &[Walk]) -> BTreeMap<String, Node> {
    let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
    for (position, (operation, walk)) in operations.iter().zip(walks).enumerate() {
        let mut outer = String::new();
        for step in &walk.steps {
            nodes
                .entry(outer)
                .or_default()
                .below
                .insert(step.at.clone());
            outer = step.at.clone();
        }
        let methods = &mut nodes.entry(outer).or_default().methods;
        methods.entry(operation.method.clone()).or_insert(position);
    }
    let leaves: Vec<Leaves> = nodes
        .values()
        .map(|node| Leaves::below(node, &nodes))
        .collect();
    for (node, leaves) in nodes.values_mut().zip(leaves) {
        node.leaves = leaves;
    }
    nodes
}

/// What is at one path.
#[derive(Debug, Default)]
pub struct Node {
    /// Positions of operations, by method.
    pub methods: BTreeMap<String, usize>,
    /// Paths one step further.
    pub below: BTreeSet<String>,
    pub leaves: Leaves,
}

/// The words one step further that have one operation and nothing below them. Counted once, since each of them asks for all.
#[derive(Debug, Default)]
pub struct Leaves {
    /// Those that are read.
    pub read: usize,
    /// The others.
    pub changed: usize,
    /// Those of the others that are known to say what is done.
    pub done: usize,
}

impl Leaves {
    fn below(node: &Node, nodes: &BTreeMap<String, Node>) -> Self {
        let mut leaves = Self::default();
        for at in node.below.iter().filter(|at| !at.ends_with("/{}")) {
            let leaf = nodes.get(at);
            let leaf = leaf.filter(|leaf| leaf.below.is_empty() && leaf.methods.len() == 1);
            let Some(leaf) = leaf else { continue };
            if leaf.methods.contains_key("GET") {
                leaves.read += 1;
                continue;
            }
            leaves.changed += 1;
            let word = at.rsplit('/').next().unwrap_or_default();
            leaves.done += usize::from(is_verb(&snake(word)));
        }
        leaves
    }
}

impl Node {
    /// Whether there is more than one thing to do with it, or something below it.
    pub fn is_resource(&self) -> bool {
        self.methods.len() > 1 || !self.below.is_empty()
    }
}
