//! What is at a path, in the space that it needs.

use indexmap::IndexMap;
use openapiv3::{Operation, Parameter, ReferenceOr, Server};
use serde::Deserialize;
use serde_json::Value;

/// A path item with the operations that it has. That of `openapiv3` has room for eight, which a large document has none for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "openapiv3::PathItem")]
pub struct PathItem {
    /// By their methods.
    pub operations: Vec<(&'static str, Operation)>,
    pub servers: Vec<Server>,
    pub parameters: Vec<ReferenceOr<Parameter>>,
    pub extensions: IndexMap<String, Value>,
}

impl From<openapiv3::PathItem> for PathItem {
    fn from(item: openapiv3::PathItem) -> Self {
        let stated = [
            ("GET", item.get),
            ("PUT", item.put),
            ("POST", item.post),
            ("DELETE", item.delete),
            ("OPTIONS", item.options),
            ("HEAD", item.head),
            ("PATCH", item.patch),
            ("TRACE", item.trace),
        ];
        let mut operations: Vec<_> = stated
            .into_iter()
            .filter_map(|(method, operation)| Some((method, operation?)))
            .collect();
        operations.shrink_to_fit();
        Self {
            operations,
            servers: item.servers,
            parameters: item.parameters,
            extensions: item.extensions,
        }
    }
}
