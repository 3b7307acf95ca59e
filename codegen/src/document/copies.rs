//! What may be written out at several places, and what is referred to instead.

use serde_yaml::{Mapping, Value};

use super::plain_value::PlainValue;

/// Whether a value may be written out wherever it is used. A larger one is not, so that a document does not grow beyond
/// any use.
pub fn is_small(value: &Value) -> bool {
    const LIMIT: usize = 400;
    let mut pending = vec![value];
    let mut weight = 0;
    while let Some(value) = pending.pop() {
        weight += 1 + value.text().map_or(0, |text| text.len() / 32);
        let mapping = value.as_mapping().map_or(0, Mapping::len);
        let list = value.as_sequence().map_or(0, Vec::len);
        if weight + pending.len() + mapping + list > LIMIT {
            return false;
        }
        pending.extend(value.members().map(|(_, value)| value));
        pending.extend(value.items());
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_many_nodes_and_long_texts_are_large() {
        let list = |length: usize| Value::from(vec![Value::from(1); length]);
        assert!(is_small(&list(100)));
        assert!(!is_small(&list(1000)));
        assert!(is_small(&Value::from("a".repeat(1000))));
        assert!(!is_small(&Value::from("a".repeat(100_000))));
    }
}
