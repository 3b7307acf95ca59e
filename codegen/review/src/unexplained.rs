//! What differs in two documents and no comparison covers: named, so that nobody takes it for nothing.

use std::collections::HashMap;

use serde_json::Value;

use crate::report::Equivalent;
use codegen::document::Plain;
use codegen::location::{Location, Pointer, Trail};

/// The places that differ; if none does, the text as a whole.
pub fn differences(base: &Plain, head: &Plain) -> Vec<Equivalent> {
    if base.is_text_of(head) {
        return Vec::new();
    }
    let mut found = Vec::new();
    compare(
        Trail::ROOT,
        Trail::ROOT,
        (&base.value, &head.value),
        &mut found,
    );
    if found.is_empty() {
        return vec![Equivalent {
            location: Location::default(),
            message: "only the order, the syntax or the comments differ".to_owned(),
            base: None,
            head: None,
        }];
    }
    let line = |plain: &Plain, location: &Location| plain.line(&location.pointer);
    let edit = |Difference {
                    base: old,
                    head: new,
                    word,
                }: Difference| {
        let location = new.as_ref().or(old.as_ref()).cloned().unwrap_or_default();
        let keyword = location
            .pointer
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        Equivalent {
            message: format!("`{keyword}` was {word}, which this review does not cover"),
            base: old.and_then(|old| line(base, &old)),
            head: new.and_then(|new| line(head, &new)),
            location,
        }
    };
    found.into_iter().map(edit).collect()
}

struct Difference {
    base: Option<Location>,
    head: Option<Location>,
    word: &'static str,
}

fn compare(
    base: Trail<'_>,
    head: Trail<'_>,
    values: (&Value, &Value),
    found: &mut Vec<Difference>,
) {
    match values {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in old {
                let place = base.key(key);
                match new.get(key) {
                    Some(other) => compare(place, head.key(key), (value, other), found),
                    None => found.push(gone(&place)),
                }
            }
            let come = new.keys().filter(|key| !old.contains_key(*key));
            found.extend(come.map(|key| added(&head.key(key))));
        }
        (Value::Array(old), Value::Array(new)) => {
            let (gone_items, new_items) = (only(old, new), only(new, old));
            for (one, two) in gone_items.iter().zip(&new_items) {
                let pair = (&old[*one], &new[*two]);
                compare(base.index(*one), head.index(*two), pair, found);
            }
            let shared = gone_items.len().min(new_items.len());
            let (gone_items, new_items) = (&gone_items[shared..], &new_items[shared..]);
            found.extend(gone_items.iter().map(|index| gone(&base.index(*index))));
            found.extend(new_items.iter().map(|index| added(&head.index(*index))));
        }
        (old, new) if old == new => {}
        _ => found.push(Difference {
            base: Some(location(&base)),
            head: Some(location(&head)),
            word: "changed",
        }),
    }
}

/// Which items of a list another has not got, wherever it has them.
fn only(list: &[Value], other: &[Value]) -> Vec<usize> {
    let text = |item: &Value| ordered(item).to_string();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for item in other {
        *counts.entry(text(item)).or_default() += 1;
    }
    let is_new = |index: &usize| match counts.get_mut(&text(&list[*index])) {
        Some(count @ 1..) => {
            *count -= 1;
            false
        }
        _ => true,
    };
    (0..list.len()).filter(is_new).collect()
}

fn location(trail: &Trail<'_>) -> Location {
    Pointer::from(trail.text()).into()
}

fn gone(place: &Trail<'_>) -> Difference {
    Difference {
        base: Some(location(place)),
        head: None,
        word: "removed",
    }
}

fn added(place: &Trail<'_>) -> Difference {
    Difference {
        base: None,
        head: Some(location(place)),
        word: "added",
    }
}

/// The value with all its lists in one order.
fn ordered(value: &Value) -> Value {
    match value {
        Value::Array(list) => {
            let mut list: Vec<Value> = list.iter().map(ordered).collect();
            list.sort_by_cached_key(Value::to_string);
            list.into()
        }
        Value::Object(map) => {
            let members = map.iter().map(|(key, value)| (key.clone(), ordered(value)));
            Value::Object(members.collect())
        }
        value => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Location, Pointer, Trail, compare};

    #[test]
    fn order_is_no_difference_at_any_depth() {
        let differ = |base, head| {
            let mut found = Vec::new();
            compare(Trail::ROOT, Trail::ROOT, (&base, &head), &mut found);
            let places = found
                .into_iter()
                .map(|edit| (edit.base, edit.head, edit.word));
            places.collect::<Vec<_>>()
        };
        let one = json!([{"a": [{"b": [1, 2]}, 3]}, {"c": 4}]);
        let two = json!([{"c": 4}, {"a": [3, {"b": [2, 1]}]}]);
        assert_eq!(differ(one.clone(), two), []);
        let three = json!([{"c": 5}, {"a": [3, {"b": [2, 1]}]}]);
        let place = |text: &str| Some(Location::from(Pointer::from(text)));
        let changed = (place("/1/c"), place("/0/c"), "changed");
        assert_eq!(differ(one, three), [changed]);
    }
}
