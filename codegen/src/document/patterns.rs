//! `patternProperties` in the words of OpenAPI 3.0, which has no patterns for names.

use serde_yaml::{Mapping, Value};

/// An extension of ours: beside the properties that `additionalProperties` is about there may be
/// others, of any value.
pub const UNMATCHED: &str = "x-unmatched-properties";

const PATTERNS: &str = "patternProperties";
const ADDITIONAL: &str = "additionalProperties";

/// What was rewritten.
pub(super) struct Rewritten {
    pub note: &'static str,
    /// Where a schema is now, below the schema that was rewritten, and where it was.
    pub moved: Vec<(Vec<String>, Vec<String>)>,
}

/// Makes one schema of all that the patterns say: that of the further properties. No name is held
/// against a pattern, so that a value may be any that one of them allows. What no pattern matches
/// follows `additionalProperties`, which allows any value where nothing is said.
pub(super) fn rewrite(schema: &mut Mapping) -> Option<Rewritten> {
    let Some(Value::Mapping(patterns)) = schema.shift_remove(PATTERNS) else {
        return None;
    };
    let mut alternatives: Vec<(Value, Vec<String>)> = Vec::new();
    let mut add = |value: Value, from: Vec<String>| {
        let nothing = value == Value::Bool(false);
        if !nothing && !alternatives.iter().any(|(known, _)| *known == value) {
            alternatives.push((value, from));
        }
    };
    for (pattern, value) in patterns {
        let pattern = pattern.as_str().unwrap_or_default().to_owned();
        add(value, vec![PATTERNS.to_owned(), pattern]);
    }
    let closed = schema.get("unevaluatedProperties") == Some(&Value::Bool(false));
    match schema.get(ADDITIONAL) {
        Some(value @ Value::Mapping(stated)) if !stated.is_empty() => {
            add(value.clone(), vec![ADDITIONAL.to_owned()]);
        }
        Some(Value::Bool(false)) => {}
        None if closed => {}
        _ => drop(schema.insert(UNMATCHED.into(), true.into())),
    }
    Some(of(schema, alternatives))
}

fn of(schema: &mut Mapping, mut alternatives: Vec<(Value, Vec<String>)>) -> Rewritten {
    let at = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    if alternatives.len() < 2 {
        let only = alternatives.pop();
        let moved = only
            .iter()
            .map(|(_, from)| (at(&[ADDITIONAL]), from.clone()));
        let moved = moved.collect();
        let value = only.map_or(Value::Bool(false), |(value, _)| value);
        schema.insert(ADDITIONAL.into(), value);
        let note = "`patternProperties` is read as `additionalProperties`; no pattern is checked";
        return Rewritten { note, moved };
    }
    let mut moved = Vec::new();
    let mut values = Vec::new();
    for (index, (value, from)) in alternatives.into_iter().enumerate() {
        moved.push((at(&[ADDITIONAL, "anyOf", &index.to_string()]), from));
        values.push(value);
    }
    let any_of = Mapping::from_iter([(Value::from("anyOf"), Value::from(values))]);
    schema.insert(ADDITIONAL.into(), any_of.into());
    let note = "several `patternProperties` are read as alternatives in `additionalProperties`; no \
                pattern is checked";
    Rewritten { note, moved }
}
