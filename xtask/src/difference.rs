//! Whether what was written is what was read.

use serde_json::{Number, Value};

/// The first place where two values differ.
#[derive(Debug, PartialEq)]
pub struct Difference {
    /// A JSON pointer.
    pub at: String,
    pub kind: &'static str,
}

/// Compares JSON values; numbers by their value.
pub fn first(read: &Value, written: &Value) -> Option<Difference> {
    difference(read, written, &mut String::new())
}

fn difference(read: &Value, written: &Value, at: &mut String) -> Option<Difference> {
    let kind = match (read, written) {
        (Value::Object(read), Value::Object(written)) => {
            let within = read.iter().find_map(|(key, value)| match written.get(key) {
                Some(written) => within(key, value, written, at),
                None => Some(Difference {
                    at: format!("{at}/{}", token(key)),
                    kind: if value.is_null() {
                        NULL_DROPPED
                    } else {
                        DROPPED
                    },
                }),
            });
            let added = || {
                let key = written.keys().find(|key| !read.contains_key(*key))?;
                let at = format!("{at}/{}", token(key));
                Some(Difference { at, kind: ADDED })
            };
            return within.or_else(added);
        }
        (Value::Array(read), Value::Array(written)) if read.len() == written.len() => {
            let mut items = read.iter().zip(written).enumerate();
            return items.find_map(|(index, (read, written))| {
                within(&index.to_string(), read, written, at)
            });
        }
        (Value::Number(read), Value::Number(written)) if same_number(read, written) => return None,
        (read, written) if read == written => return None,
        (Value::String(read), Value::String(written)) if same_instant(read, written) => INSTANT,
        (Value::String(_), Value::String(_)) => TEXT,
        (Value::Number(_), Value::Number(_)) => NUMBER,
        (Value::Array(_), Value::Array(_)) => LENGTH,
        _ => TYPE,
    };
    Some(Difference {
        at: at.clone(),
        kind,
    })
}

const NULL_DROPPED: &str = "null is dropped";
const DROPPED: &str = "a property is dropped";
const ADDED: &str = "a property is added";
const INSTANT: &str = "an instant is written in another way";
const TEXT: &str = "another text is written";
const NUMBER: &str = "another number is written";
const LENGTH: &str = "another number of items is written";
const TYPE: &str = "a value of another type is written";

fn within(key: &str, read: &Value, written: &Value, at: &mut String) -> Option<Difference> {
    let length = at.len();
    at.push('/');
    at.push_str(&token(key));
    let found = difference(read, written, at);
    at.truncate(length);
    found
}

fn token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn same_number(read: &Number, written: &Number) -> bool {
    match (read.as_i128(), written.as_i128()) {
        (Some(read), Some(written)) => read == written,
        _ => read.as_f64() == written.as_f64(),
    }
}

/// `2020-01-01T01:00:00+01:00` and `2020-01-01T00:00:00Z`
fn same_instant(read: &str, written: &str) -> bool {
    let instant = |text: &str| text.parse::<jiff::Timestamp>().ok();
    instant(read).is_some() && instant(read) == instant(written)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(read: Value, written: Value) -> Option<(String, &'static str)> {
        first(&read, &written).map(|difference| (difference.at, difference.kind))
    }

    #[test]
    fn numbers_are_equal_by_value() {
        let read = json!({"a": [1.0, 2, 1e3], "b": null, "c": {}});
        assert_eq!(
            found(read, json!({"c": {}, "a": [1, 2.0, 1000], "b": null})),
            None
        );
        let large = (
            json!(9_007_199_254_740_993_u64),
            json!(9_007_199_254_740_992_u64),
        );
        assert_eq!(found(large.0, large.1), Some((String::new(), NUMBER)));
    }

    #[test]
    fn each_kind_of_difference() {
        for (read, written, at, kind) in [
            (json!({"a": null}), json!({}), "/a", NULL_DROPPED),
            (json!({"a/b": 1}), json!({}), "/a~1b", DROPPED),
            (json!([{}]), json!([{"a": null}]), "/0/a", ADDED),
            (json!(["a"]), json!(["b"]), "/0", TEXT),
            (json!([1]), json!([1, 2]), "", LENGTH),
            (json!({"a": "1"}), json!({"a": 1}), "/a", TYPE),
            (
                json!("2020-01-01T01:00:00+01:00"),
                json!("2020-01-01T00:00:00Z"),
                "",
                INSTANT,
            ),
        ] {
            assert_eq!(found(read, written), Some((at.to_owned(), kind)));
        }
    }
}
