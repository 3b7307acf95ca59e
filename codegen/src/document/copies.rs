//! What may be written out at several places, and what is referred to instead.

use serde_yaml::Value;

use super::graph::PlainValue;

/// Whether a value may be written out wherever it is used. A larger one is referred to, so that a document does not grow
/// beyond any use.
pub fn is_small(value: &Value) -> bool {
    const LIMIT: usize = 200;
    let mut pending = vec![value];
    let mut seen = 0;
    while let Some(value) = pending.pop() {
        seen += 1;
        pending.extend(value.members().map(|(_, value)| value));
        pending.extend(value.items());
        if seen + pending.len() > LIMIT {
            return false;
        }
    }
    true
}
