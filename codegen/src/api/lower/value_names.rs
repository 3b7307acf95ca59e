//! What a document calls the values that it lists.

use std::collections::{BTreeMap, HashMap};

use openapiv3::SchemaData;
use serde_json::Value;

use super::{Lowering, UNSUPPORTED};
use crate::api::TypeId;
use crate::diagnostic::Diagnostic;
use crate::location::Trail;

/// Lists of names beside `enum`, as many as there are values.
const NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-enum-names"];

impl Lowering<'_> {
    /// A value whose name is no word, or the name of another as well, is called by what it is.
    pub(super) fn name_values(&mut self, id: TypeId, data: &SchemaData, at: &Trail<'_>) {
        let stated = NAMES
            .iter()
            .find_map(|keyword| Some((*keyword, data.extensions.get(*keyword)?)));
        let Some((keyword, names)) = stated else {
            return;
        };
        let values = self.document.lookup(&at.text());
        let values = values.and_then(|schema| schema.get("enum")?.as_sequence());
        let (Some(values), Some(names)) = (values, names.as_array()) else {
            return;
        };
        let named = if values.len() == names.len() {
            named(values, names)
        } else {
            BTreeMap::new()
        };
        let all = values.iter().filter(|value| !value.is_null()).count();
        if named.len() < all {
            let message =
                format!("`{keyword}` does not name each value of `enum` by a word of its own");
            let at = self.location(&at.key(keyword));
            let diagnostic = Diagnostic::note(UNSUPPORTED, message);
            self.reporter.at_key(diagnostic, &at);
        }
        self.types[id.0].value_names = named;
    }
}

/// By the text of a value its name.
fn named(values: &[serde_yaml::Value], names: &[Value]) -> BTreeMap<String, String> {
    let is_name = |name: &str| name.starts_with(|c: char| c.is_ascii_alphabetic());
    let key = |name: &str| -> String {
        let letters = name.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let named = values.iter().zip(names).filter_map(|(value, name)| {
        let value = match value {
            serde_yaml::Value::String(text) => text.clone(),
            serde_yaml::Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some((
            value,
            name.as_str().filter(|name| is_name(name))?.to_owned(),
        ))
    });
    let mut named: BTreeMap<String, String> = named.collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for name in named.values() {
        *counts.entry(key(name)).or_default() += 1;
    }
    named.retain(|_, name| counts[&key(name)] == 1);
    named
}
