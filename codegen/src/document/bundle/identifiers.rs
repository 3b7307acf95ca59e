//! What schemas of a file are called by themselves: `$id`, `$anchor` and `$dynamicAnchor`
//! (JSON Schema 2020-12, section 8.2).

use std::collections::HashMap;

use serde_yaml::Value;

use crate::document::graph::PlainValue;
use crate::document::pointer;

#[derive(Debug, Default)]
pub struct Identifiers {
    /// Without an empty fragment.
    ids: HashMap<String, String>,
    /// The pointers of each, in the order of the file.
    anchors: HashMap<String, Vec<String>>,
    dynamic_anchors: HashMap<String, usize>,
}

impl Identifiers {
    pub fn of(file: &Value) -> Self {
        let mut found = Self::default();
        found.collect(file, String::new());
        found
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

    fn collect(&mut self, value: &Value, at: String) {
        if let Value::Mapping(map) = value {
            let text = |keyword: &str| map.get(keyword).and_then(Value::as_str);
            if let Some(id) = text("$id") {
                let id = id.trim_end_matches('#').to_owned();
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
        for (key, value) in value.members() {
            self.collect(value, pointer::join(&at, key));
        }
        for (index, value) in value.items().enumerate() {
            self.collect(value, pointer::join(&at, index.to_string()));
        }
    }
}
