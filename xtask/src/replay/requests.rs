//! The requests of another SDK, as a file lists them: a JSON object for each.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::tools::{Result, Unable, cannot};

/// What the other SDK sends when its method is called with what is given.
#[derive(Debug, Clone, Deserialize)]
pub struct Expected {
    /// What the other SDK calls the operation.
    pub method_name: String,
    /// Which of the calls of the method it is.
    #[serde(default)]
    pub arguments: String,
    /// By the names that arguments have there.
    #[serde(default)]
    pub given: Map<String, Value>,
    pub method: String,
    pub path: String,
    #[serde(default)]
    pub query: String,
    /// By their names in lower case.
    #[serde(default, deserialize_with = "lower")]
    pub headers: BTreeMap<String, String>,
    #[serde(default)]
    pub body: String,
}

fn lower<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<BTreeMap<String, String>, D::Error> {
    let headers = BTreeMap::<String, String>::deserialize(deserializer)?;
    let lower = |(name, value): (String, String)| (name.to_lowercase(), value);
    Ok(headers.into_iter().map(lower).collect())
}

pub fn read(path: &Path) -> Result<Vec<Expected>> {
    let text = fs::read_to_string(path).map_err(|error| cannot("read", path, &error))?;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            serde_json::from_str(line)
                .map_err(|error| Unable(format!("{}:{}: {error}", path.display(), index + 1)))
        })
        .collect()
}
