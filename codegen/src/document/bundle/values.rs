//! Plain values at pointers, and those that are references.

use serde_yaml::{Mapping, Value};

use crate::document::keywords::Expect;
use crate::document::pointer;

/// The text of an object that is nothing but a reference.
pub fn only_reference(value: &Value) -> Option<&str> {
    let object = value.as_mapping().filter(|object| object.len() == 1)?;
    object.get("$ref")?.as_str()
}

/// The text of a reference where the specification has none.
pub fn misplaced_reference<'v>(value: &'v Value, expect: &Expect) -> Option<&'v str> {
    match expect {
        Expect::Any | Expect::SchemaOrBoolean | Expect::ObjectOrReference(_) => None,
        Expect::Map(Expect::Text | Expect::Any) => None,
        Expect::Object(_) => value.get("$ref")?.as_str(),
        _ => only_reference(value),
    }
}

/// How many bytes a value has, and how deep it is.
pub fn extent(value: &Value) -> (usize, usize) {
    const NODE: usize = 32;
    let inner = |total: (usize, usize), value: &Value| {
        let (size, depth) = extent(value);
        (total.0 + size, total.1.max(depth + 1))
    };
    match value {
        Value::Mapping(map) => map.values().fold((NODE * map.len(), 1), inner),
        Value::Sequence(items) => items.iter().fold((NODE, 1), inner),
        Value::String(text) => (NODE + text.len(), 1),
        _ => (NODE, 1),
    }
}

/// The value at a pointer.
pub fn at_mut<'v>(root: &'v mut Value, pointer: &str) -> Option<&'v mut Value> {
    let mut tokens = pointer::tokens(pointer);
    tokens.try_fold(root, |value, token| match value {
        Value::Mapping(map) => map.get_mut(&*token),
        Value::Sequence(items) => items.get_mut(token.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Puts a value at a pointer; the mappings around it are made where they are not there.
pub fn insert(root: &mut Value, pointer: &str, value: Value) {
    let mut at = root;
    for token in pointer::tokens(pointer) {
        if !at.is_mapping() {
            *at = Mapping::new().into();
        }
        let map = at.as_mapping_mut().expect("it was made a mapping");
        at = map.entry((*token).into()).or_insert(Value::Null);
    }
    *at = value;
}
