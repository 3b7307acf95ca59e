//! Values that are valid by a schema.

use codegen::api::{Additional, Api, Limits, Object, Shape, StringFormat, TypeId, Union};
use serde_json::{Map, Number, Value, json};

use super::fitting::{self, text_fits};
use super::patterns;

/// How deep optional members are made, and required ones.
const OPTIONAL_DEPTH: usize = 3;
const DEPTH: usize = 12;

/// A text of each format.
const FORMATTED: [(&str, &str); 22] = [
    ("byte", "dGV4dA=="),
    ("date", "2025-02-01"),
    ("date-time", "2025-02-01T00:00:00Z"),
    ("decimal", "1.5"),
    ("duration", "PT1M"),
    ("email", "someone@example.com"),
    ("hostname", "example.com"),
    ("idn-email", "someone@example.com"),
    ("idn-hostname", "example.com"),
    ("int64", "1"),
    ("ip", "127.0.0.1"),
    ("ipv4", "127.0.0.1"),
    ("ipv6", "2001:db8::1"),
    ("iri", "https://example.com/a"),
    ("json-pointer", "/a"),
    ("regex", "a+"),
    ("time", "12:00:00Z"),
    ("uri", "https://example.com/a"),
    ("uri-reference", "/a"),
    ("uri-template", "/a"),
    ("url", "https://example.com/a"),
    ("uuid", "7f1f3c6e-8e58-4a4e-9c53-5b5ce4b2f2a1"),
];

/// A value that a request may send; none of a schema that no finite value fits.
pub fn sent(api: &Api, id: TypeId) -> Option<Value> {
    Maker { api }.value(id, 0)
}

struct Maker<'a> {
    api: &'a Api,
}

impl Maker<'_> {
    /// What the document states as an example or a default, or else what is made.
    fn value(&self, id: TypeId, depth: usize) -> Option<Value> {
        if depth > DEPTH {
            return None;
        }
        let made = || self.made(id, depth);
        match self.shape(id) {
            // They are made member by member: examples of whole objects have members that only responses have.
            Shape::Object(_) | Shape::Union(_) => made().or_else(|| self.stated(id)),
            _ => self.stated(id).or_else(made),
        }
    }

    fn stated(&self, id: TypeId) -> Option<Value> {
        let types = fitting::chain(self.api, id);
        let stated = types
            .flat_map(|ty| [ty.example.as_ref(), ty.default.as_ref()])
            .flatten();
        let mut fitting =
            stated.filter(|value| !value.is_null() && fitting::fits(self.api, id, value));
        fitting.next().cloned()
    }

    fn made(&self, id: TypeId, depth: usize) -> Option<Value> {
        let limits = fitting::limits(self.api, id);
        if let Some(value) = limits.values.iter().find(|value| !value.is_null()) {
            return Some(value.clone());
        }
        match self.shape(id) {
            Shape::Any => Some(json!({})),
            Shape::Boolean => Some(json!(true)),
            Shape::Integer(_) => Some(integer(&limits)),
            Shape::Number(_) => Some(number(&limits)),
            Shape::String(format) => text(format, &limits).map(Value::String),
            Shape::Enumeration(values) => values.first().cloned().map(Value::String),
            Shape::Array(items) => self.list(*items, &limits, depth),
            Shape::Tuple(items) => items
                .iter()
                .map(|item| self.value(*item, depth + 1))
                .collect(),
            Shape::Map(values) => {
                let count = limits.min_properties.unwrap_or(1).max(1);
                let value = self.value(*values, depth + 1)?;
                Some(
                    (0..count)
                        .map(|n| (format!("key{n}"), value.clone()))
                        .collect(),
                )
            }
            Shape::Object(object) => self.object(object, depth),
            Shape::Union(union) => self.union(id, union, depth),
            Shape::Alias(_) | Shape::AllOf(_) => None,
        }
    }

    fn shape(&self, id: TypeId) -> &Shape {
        &self.api.ty(self.api.resolved(id)).shape
    }

    fn list(&self, items: TypeId, limits: &Limits, depth: usize) -> Option<Value> {
        let least = limits.min_items.unwrap_or(0);
        let count = least.max(1).min(limits.max_items.unwrap_or(usize::MAX));
        let Some(item) = self.value(items, depth + 1) else {
            return (least == 0).then(|| json!([]));
        };
        if !limits.unique_items || count < 2 {
            return Some(Value::Array(vec![item; count]));
        }
        let others = match self.shape(items) {
            Shape::Enumeration(values) => values.iter().cloned().map(Value::String).collect(),
            _ => (0..count).map(|n| varied(&item, n)).collect::<Vec<_>>(),
        };
        Some(others.into_iter().take(count).collect())
    }

    fn object(&self, object: &Object, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        for property in &object.properties {
            let read_only = fitting::chain(self.api, property.ty).any(|ty| ty.read_only);
            let wanted = property.required || depth < OPTIONAL_DEPTH;
            if read_only || !wanted {
                continue;
            }
            match self.value(property.ty, depth + 1) {
                Some(value) => drop(members.insert(property.name.clone(), value)),
                None if property.required => return None,
                None => {}
            }
        }
        for name in &object.undeclared {
            let value = match object.additional {
                Additional::Of(values) => self.value(values, depth + 1)?,
                _ => json!("value"),
            };
            members.insert(name.clone(), value);
        }
        Some(Value::Object(members))
    }

    /// The first alternative of which a value is no other's as well, or else the first that has one.
    fn union(&self, id: TypeId, union: &Union, depth: usize) -> Option<Value> {
        let made = union.variants.iter().filter_map(|variant| {
            let mut value = self.value(variant.ty, depth + 1)?;
            if let (Some(name), Value::Object(members), Some(tag)) =
                (&union.discriminator, &mut value, variant.tags.first())
            {
                members.insert(name.clone(), json!(tag));
            }
            Some(value)
        });
        let made: Vec<Value> = made.filter(|value| !value.is_null()).collect();
        let of_one = made
            .iter()
            .find(|value| fitting::alternatives(self.api, id, value) == 1);
        of_one.or(made.first()).cloned()
    }
}

fn varied(item: &Value, number: usize) -> Value {
    match item {
        Value::String(text) if number > 0 => json!(format!("{text}{number}")),
        Value::Number(value) => {
            let moved = value.as_i64().map(|value| json!(value + number as i64));
            moved.unwrap_or_else(|| item.clone())
        }
        item => item.clone(),
    }
}

fn integer(limits: &Limits) -> Value {
    let step = limits.multiple_of.filter(|step| *step > 0.0).unwrap_or(1.0);
    let value = (bounded(limits, 1.0) / step).ceil() * step;
    json!(value as i64)
}

fn number(limits: &Limits) -> Value {
    let value = bounded(limits, 0.5);
    match limits.multiple_of.filter(|step| *step > 0.0) {
        Some(step) => json!((value / step).ceil() * step),
        None => Number::from_f64(value + 0.5)
            .filter(|_| within(limits, value + 0.5))
            .map_or(json!(value), Value::Number),
    }
}

/// A number near 1, as the limits have it.
fn bounded(limits: &Limits, margin: f64) -> f64 {
    let least = limits.minimum.map(|least| {
        if limits.exclusive_minimum {
            least + margin
        } else {
            least
        }
    });
    let most = limits.maximum.map(|most| {
        if limits.exclusive_maximum {
            most - margin
        } else {
            most
        }
    });
    let value = least.unwrap_or(1.0).max(1.0);
    let value = most.map_or(value, |most| value.min(most));
    least.map_or(value, |least| value.max(least))
}

fn within(limits: &Limits, value: f64) -> bool {
    limits.minimum.is_none_or(|least| value > least)
        && limits.maximum.is_none_or(|most| value < most)
}

/// A text of the format, or one that the pattern matches.
fn text(format: &StringFormat, limits: &Limits) -> Option<String> {
    let formatted = FORMATTED.iter().find(|(name, _)| *name == format.name());
    if let Some((_, text)) = formatted.filter(|(_, text)| text_fits(limits, text)) {
        return Some((*text).to_owned());
    }
    if let Some(pattern) = &limits.pattern {
        let mut texts = patterns::texts(pattern);
        return texts.find(|text| text_fits(limits, text));
    }
    let (least, most) = (
        limits.min_length.unwrap_or(0),
        limits.max_length.unwrap_or(usize::MAX),
    );
    let text: String = "text"
        .chars()
        .cycle()
        .take(least.max(4).min(most))
        .collect();
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_to_their_limits() {
        let limits = |minimum, maximum, exclusive, multiple_of| Limits {
            minimum,
            maximum,
            exclusive_minimum: exclusive,
            exclusive_maximum: exclusive,
            multiple_of,
            ..Limits::default()
        };
        assert_eq!(integer(&limits(None, None, false, None)), json!(1));
        assert_eq!(integer(&limits(Some(5.0), Some(9.0), true, None)), json!(6));
        assert_eq!(integer(&limits(None, Some(-3.0), false, None)), json!(-3));
        assert_eq!(
            integer(&limits(Some(7.0), None, false, Some(5.0))),
            json!(10)
        );
        assert_eq!(
            number(&limits(Some(0.0), Some(1.0), false, None)),
            json!(1.0)
        );
        assert_eq!(number(&limits(None, None, false, None)), json!(1.5));
    }

    #[test]
    fn texts_keep_to_their_limits() {
        let limits = |min_length, max_length, pattern: Option<&str>| Limits {
            min_length,
            max_length,
            pattern: pattern.map(str::to_owned),
            ..Limits::default()
        };
        let plain = |limits| text(&StringFormat::Plain, &limits);
        assert_eq!(
            plain(limits(Some(6), None, None)).as_deref(),
            Some("textte")
        );
        assert_eq!(plain(limits(None, Some(2), None)).as_deref(), Some("te"));
        assert_eq!(
            plain(limits(Some(3), None, Some("^[0-9]+$"))).as_deref(),
            Some("000")
        );
        let uuid = StringFormat::Other("uuid".to_owned());
        assert_eq!(
            text(&uuid, &limits(None, Some(36), None)).map(|text| text.len()),
            Some(36)
        );
    }
}
