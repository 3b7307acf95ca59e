//! A member of an object by its name.

use serde_yaml::{Mapping, Value};

/// Comparing so many names costs less than hashing one. Most objects of a document have fewer.
const FEW: usize = 8;

/// The value of a member. Most that are asked for are not there.
pub fn member<'v>(object: &'v Mapping, name: &str) -> Option<&'v Value> {
    if object.len() > FEW {
        return object.get(name);
    }
    let mut members = object.iter();
    let (_, value) = members.find(|(key, _)| key.as_str() == Some(name))?;
    Some(value)
}

/// Whether the value is an object that is a reference.
pub fn is_reference(value: &Value) -> bool {
    let object = value.as_mapping();
    object.is_some_and(|object| member(object, "$ref").is_some())
}
