//! What is the same on both sides down to the last reference, and so needs no comparison.

use std::collections::HashSet;

use serde_json::Value;

use super::document::Document;
use super::schema::Use;
use codegen::document::graph::{ReferenceGraph, references};
use codegen::document::resolve::local_pointer;

/// Knows the references that lead to something else than before.
pub struct Unchanged<'a> {
    /// In one version of the specification the same text means the same.
    comparable: bool,
    /// Where they lead.
    changed: HashSet<&'a str>,
}

impl<'a> Unchanged<'a> {
    pub fn new(
        (base, head): (&Document<'_>, &Document<'_>),
        graphs: [&'a ReferenceGraph; 2],
    ) -> Self {
        let comparable = base.version == head.version;
        let differs = |node: &&str| base.root.pointer(node) != head.root.pointer(node);
        let nodes = graphs.into_iter().flat_map(ReferenceGraph::nodes);
        let changed = nodes.filter(|node| comparable && differs(node));
        let mut changed: HashSet<&str> = changed.collect();
        let reaching = graphs.map(|graph| graph.reaching(changed.iter().copied()));
        changed.extend(reaching.into_iter().flatten());
        Self {
            comparable,
            changed,
        }
    }

    pub fn schemas(&self, base: &Use<'_>, head: &Use<'_>) -> bool {
        let mut pairs = base.iter().zip(head);
        base.len() == head.len() && pairs.all(|(b, h)| self.values(b.value, h.value))
    }

    pub fn values(&self, base: &Value, head: &Value) -> bool {
        let leads_elsewhere = |reference: &str| match reference.strip_prefix('#') {
            Some(pointer) if !pointer.contains('%') => self.changed.contains(pointer),
            _ => local_pointer(reference).is_ok_and(|at| self.changed.contains(at.as_str())),
        };
        self.comparable && base == head && !references(base).any(leads_elsewhere)
    }
}
