//! `consumes` and `produces`.

use std::rc::Rc;

use indexmap::IndexSet;
use serde_yaml::Value;

/// How many are read: a document states them once for all of its bodies, which are written out.
pub const MOST: usize = 32;

/// A list of media types, and where it is.
#[derive(Debug, Clone, Default)]
pub struct MediaTypes<'v> {
    pub names: Rc<[&'v str]>,
    /// The list, if there is one.
    pub at: Option<String>,
}

impl<'v> MediaTypes<'v> {
    /// Those that an object states under the key. `from` is where the object is.
    pub fn of(object: &'v Value, key: &str, from: &str) -> Self {
        let Some(list) = object.get(key).and_then(Value::as_sequence) else {
            return Self::default();
        };
        let names: IndexSet<&str> = list.iter().filter_map(Value::as_str).collect();
        Self {
            names: names.into_iter().collect(),
            at: Some(format!("{from}/{key}")),
        }
    }

    /// Those that pass, or else the one. It is one more than are read where there are more.
    pub fn only(&self, pass: impl Fn(&str) -> bool, or_else: &'v str) -> Vec<&'v str> {
        let passing = self
            .names
            .iter()
            .copied()
            .filter(|name| pass(essence(name)));
        let names: Vec<&str> = passing.take(MOST + 1).collect();
        if names.is_empty() {
            vec![or_else]
        } else {
            names
        }
    }

    /// These, or JSON if there are none.
    pub fn or_json(&self) -> Vec<&'v str> {
        self.only(|_| true, "application/json")
    }
}

/// The media type without its parameters.
pub fn essence(name: &str) -> &str {
    name.split(';').next().unwrap_or_default().trim()
}

pub fn is_json(name: &str) -> bool {
    let name = essence(name).to_ascii_lowercase();
    name.ends_with("/json") || name.ends_with("+json")
}
