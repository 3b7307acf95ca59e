//! What schemas of a file are called by themselves: `$id`, `$anchor` and `$dynamicAnchor`
//! (JSON Schema 2020-12, section 8.2).

use std::collections::HashMap;

use serde_yaml::Value;

use super::reference::resolved;
use crate::document::plain_value::PlainValue;
use crate::document::pointer;

#[derive(Debug, Default)]
pub struct Identifiers {
    /// As they are written, without an empty fragment.
    ids: HashMap<String, String>,
    /// The pointers of the schemas that have one, each with the URI that it is seen from its surroundings.
    bases: HashMap<String, String>,
    /// The pointers of each, in the order of the file.
    anchors: HashMap<String, Vec<String>>,
    dynamic_anchors: HashMap<String, usize>,
}

impl Identifiers {
    /// Those of the file at the path.
    pub fn of(file: &Value, path: &str) -> Self {
        let mut found = Self::default();
        found.collect(file, String::new(), path);
        found
    }

    /// The schema around a place that has an `$id`: its pointer, and its URI, from which references in it are seen
    /// (section 8.2.1).
    pub fn base(&self, at: &str) -> Option<(&str, &str)> {
        if self.bases.is_empty() {
            return None;
        }
        let mut outward = std::iter::successors(Some(at), |at| pointer::parent(at));
        outward.find_map(|at| {
            let (at, base) = self.bases.get_key_value(at)?;
            Some((at.as_str(), base.as_str()))
        })
    }

    /// The pointer of the schema with that URI.
    pub fn located(&self, uri: &str) -> Option<&str> {
        let mut bases = self.bases.iter();
        bases
            .find(|(_, base)| *base == uri)
            .map(|(at, _)| at.as_str())
    }

    /// The pointer of the schema with that `$id`: the whole, or the only one that ends in it.
    pub fn schema(&self, id: &str) -> Option<String> {
        if let Some(exact) = self.ids.get(id) {
            return Some(exact.clone());
        }
        let end = format!("/{}", id.trim_start_matches("./").trim_start_matches('/'));
        let mut alike = self.ids.iter().filter(|(known, _)| known.ends_with(&end));
        let (_, pointer) = alike.next()?;
        alike.next().is_none().then(|| pointer.clone())
    }

    /// The pointer of the anchor within a part of the file.
    pub fn anchor(&self, name: &str, within: &str) -> Option<String> {
        let mut pointers = self.anchors.get(name)?.iter();
        let inside = |at: &&String| at.starts_with(within);
        pointers.find(inside).cloned()
    }

    /// How many schemas have the name as a dynamic anchor.
    pub fn dynamic_anchors(&self, name: &str) -> usize {
        self.dynamic_anchors.get(name).copied().unwrap_or(0)
    }

    fn collect(&mut self, value: &Value, at: String, base: &str) {
        let mut inner = None;
        if let Value::Mapping(map) = value {
            let text = |keyword: &str| map.get(keyword).and_then(Value::as_str);
            if let Some(id) = text("$id") {
                let id = id.trim_end_matches('#').to_owned();
                let own = resolved(base, &id);
                self.bases.insert(at.clone(), own.clone());
                inner = Some(own);
                self.ids.entry(id).or_insert_with(|| at.clone());
            }
            if let Some(name) = text("$dynamicAnchor") {
                *self.dynamic_anchors.entry(name.to_owned()).or_default() += 1;
            }
            for name in [text("$anchor"), text("$dynamicAnchor")]
                .into_iter()
                .flatten()
            {
                let pointers = self.anchors.entry(name.to_owned()).or_default();
                pointers.push(at.clone());
            }
        }
        let base = inner.as_deref().unwrap_or(base);
        for (key, value) in value.members() {
            self.collect(value, pointer::join(&at, key), base);
        }
        for (index, value) in value.items().enumerate() {
            self.collect(value, pointer::join(&at, index.to_string()), base);
        }
    }
}
