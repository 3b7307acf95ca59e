//! What is the same on both sides down to the last reference, and so needs no comparison.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::document::Document;
use super::schema::Use;

/// Knows the references that lead to something else than before.
pub struct Unchanged<'a> {
    /// In one version of the specification the same text means the same.
    comparable: bool,
    touched: HashSet<&'a str>,
}

impl<'a> Unchanged<'a> {
    pub fn new(base: &Document<'a>, head: &Document<'a>) -> Self {
        if base.version != head.version {
            return Self {
                comparable: false,
                touched: HashSet::new(),
            };
        }
        let all: HashSet<&'a str> = references(base.root).collect();
        let mut pending = Vec::new();
        let mut above: HashMap<&'a str, Vec<&'a str>> = HashMap::new();
        for reference in all {
            let (before, after) = (base.named(reference), head.named(reference));
            let (before, after) = (before.map(|at| at.value), after.map(|at| at.value));
            if before != after {
                pending.push(reference);
                continue;
            }
            for inner in before.into_iter().flat_map(references) {
                above.entry(inner).or_default().push(reference);
            }
        }
        let mut touched: HashSet<&'a str> = pending.iter().copied().collect();
        while let Some(reference) = pending.pop() {
            for owner in above.remove(reference).unwrap_or_default() {
                if touched.insert(owner) {
                    pending.push(owner);
                }
            }
        }
        Self {
            comparable: true,
            touched,
        }
    }

    pub fn schemas(&self, base: &Use<'_>, head: &Use<'_>) -> bool {
        let mut pairs = base.iter().zip(head);
        base.len() == head.len() && pairs.all(|(b, h)| self.values(b.value, h.value))
    }

    pub fn values(&self, base: &Value, head: &Value) -> bool {
        let touched = |reference| self.touched.contains(reference);
        self.comparable && base == head && !references(base).any(touched)
    }
}

/// All references in a value, however deep.
fn references(value: &Value) -> impl Iterator<Item = &str> {
    let mut pending = vec![value];
    std::iter::from_fn(move || {
        loop {
            match pending.pop()? {
                Value::Object(object) => {
                    pending.extend(object.values());
                    if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
                        return Some(reference);
                    }
                }
                Value::Array(list) => pending.extend(list),
                _ => {}
            }
        }
    })
}
