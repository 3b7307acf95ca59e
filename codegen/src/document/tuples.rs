//! `prefixItems` (JSON Schema 2020-12, Core, 10.3.1.1) in words of 3.0: a tuple where each list has that
//! many items, and otherwise a list of what any of them may be.

use serde_yaml::{Mapping, Value};

/// The schemas of the items of a tuple: what 3.0 has no word for.
pub const PREFIX_ITEMS: &str = "x-prefixItems";

/// The most items that a tuple of Rust can have, for what is derived of it.
const MOST: usize = 12;

/// What the keyword became.
pub struct Meaning {
    pub message: &'static str,
    /// Where each of the alternatives in `items` is from: from the place in `prefixItems`, or from
    /// `items`.
    pub alternatives: Vec<Option<usize>>,
    /// The place in `prefixItems` that `items` is from as a whole.
    pub only: Option<usize>,
}

/// Rewrites a schema that has the keyword, in place.
pub fn rewrite(schema: &mut Mapping) -> Meaning {
    let Some(Value::Sequence(first)) = schema.shift_remove("prefixItems") else {
        return Meaning::new(AS_LIST);
    };
    let rest = schema.shift_remove("items");
    let count = |name| schema.get(name).and_then(Value::as_u64);
    let length = first.len() as u64;
    let closed = rest == Some(false.into()) || count("maxItems").is_some_and(|most| most <= length);
    let complete = count("minItems").is_some_and(|least| least >= length);
    let is_array = match schema.get("type") {
        None => true,
        Some(Value::Sequence(types)) => types.iter().all(|ty| is(ty, "array") || is(ty, "null")),
        Some(ty) => is(ty, "array"),
    };
    if closed && complete && is_array && (1..=MOST).contains(&first.len()) {
        schema.entry("type".into()).or_insert("array".into());
        schema.insert(PREFIX_ITEMS.into(), first.into());
        return Meaning::new("`prefixItems` is read as a tuple");
    }
    as_list(schema, first, rest, closed)
}

const AS_LIST: &str = "`prefixItems` is read as a list of what any of its items may be";

fn as_list(schema: &mut Mapping, first: Vec<Value>, rest: Option<Value>, closed: bool) -> Meaning {
    let mut meaning = Meaning::new(AS_LIST);
    let mut distinct: Vec<Value> = Vec::new();
    for (index, item) in first.into_iter().enumerate() {
        if !distinct.contains(&item) {
            distinct.push(item);
            meaning.alternatives.push(Some(index));
        }
    }
    match rest {
        _ if closed => {}
        Some(rest) if rest != Value::Bool(true) => {
            if !distinct.contains(&rest) {
                distinct.push(rest);
                meaning.alternatives.push(None);
            }
        }
        // What is of one type would hide that anything may follow.
        _ if distinct.len() == 1 => distinct.clear(),
        _ => {
            distinct.push(Mapping::new().into());
            meaning.alternatives.push(None);
        }
    }
    match distinct.len() {
        0 => meaning.alternatives.clear(),
        1 => {
            meaning.only = meaning.alternatives[0];
            meaning.alternatives.clear();
            schema.insert("items".into(), distinct.remove(0));
        }
        _ => {
            let any_of = Mapping::from_iter([(Value::from("anyOf"), distinct.into())]);
            schema.insert("items".into(), any_of.into());
        }
    }
    meaning
}

fn is(ty: &Value, name: &str) -> bool {
    ty.as_str() == Some(name)
}

impl Meaning {
    fn new(message: &'static str) -> Self {
        Self {
            message,
            alternatives: Vec::new(),
            only: None,
        }
    }
}
