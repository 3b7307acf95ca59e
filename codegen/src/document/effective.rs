//! What of operations and responses has an effect on the crate: callbacks and links have none, and the types of `openapiv3` know less
//! of them than documents have.

use std::borrow::Cow;

use serde_yaml::{Mapping, Value};

const CALLBACKS: &str = "callbacks";
const LINKS: &str = "links";
const RESPONSES: &str = "responses";

/// Where components have them.
pub const COMPONENTS: [&str; 2] = ["/components/callbacks", "/components/links"];

pub fn of_item(item: &Value) -> Cow<'_, Value> {
    mapped(item, of_operation)
}

pub fn of_operation(operation: &Value) -> Cow<'_, Value> {
    let mut operation = without(operation, CALLBACKS);
    let responses = operation.get(RESPONSES).map(of_responses);
    if let Some(Cow::Owned(responses)) = responses {
        operation.to_mut()[RESPONSES] = responses;
    }
    operation
}

pub fn of_responses(responses: &Value) -> Cow<'_, Value> {
    mapped(responses, of_response)
}

pub fn of_response(response: &Value) -> Cow<'_, Value> {
    without(response, LINKS)
}

fn without<'v>(value: &'v Value, key: &str) -> Cow<'v, Value> {
    if value.get(key).is_none() {
        return Cow::Borrowed(value);
    }
    let mut value = value.clone();
    if let Some(mapping) = value.as_mapping_mut() {
        mapping.shift_remove(key);
    }
    Cow::Owned(value)
}

/// A mapping with other values, copied only if one is another.
fn mapped<'v>(value: &'v Value, of: impl Fn(&'v Value) -> Cow<'v, Value>) -> Cow<'v, Value> {
    let Some(mapping) = value.as_mapping() else {
        return Cow::Borrowed(value);
    };
    let values: Vec<Cow<'_, Value>> = mapping.values().map(of).collect();
    if values.iter().all(|value| matches!(value, Cow::Borrowed(_))) {
        return Cow::Borrowed(value);
    }
    let keys = mapping.keys().cloned();
    let values = values.into_iter().map(Cow::into_owned);
    Cow::Owned(Value::Mapping(Mapping::from_iter(keys.zip(values))))
}
