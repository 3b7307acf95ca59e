//! Whether a value is valid by a schema, as far as the model of an API says so.

use codegen::api::{Additional, Api, Limits, Shape, StringFormat, Type, TypeId, Union};
use regex::Regex;
use serde_json::Value;

/// The schema, and those that it is another name of.
pub fn chain(api: &Api, id: TypeId) -> impl Iterator<Item = &Type> {
    let next = move |id: &TypeId| match api.ty(*id).shape {
        Shape::Alias(next) => Some(next),
        _ => None,
    };
    std::iter::successors(Some(id), next).map(|id| api.ty(id))
}

/// What the schema and those that it is another name of say together, of which the first counts.
pub fn limits(api: &Api, id: TypeId) -> Limits {
    let mut merged = Limits::default();
    for Type { limits, .. } in chain(api, id) {
        if merged.values.is_empty() {
            merged.values.clone_from(&limits.values);
        }
        if merged.minimum.is_none() {
            merged.minimum = limits.minimum;
            merged.exclusive_minimum = limits.exclusive_minimum;
        }
        if merged.maximum.is_none() {
            merged.maximum = limits.maximum;
            merged.exclusive_maximum = limits.exclusive_maximum;
        }
        merged.multiple_of = merged.multiple_of.or(limits.multiple_of);
        merged.min_length = merged.min_length.or(limits.min_length);
        merged.max_length = merged.max_length.or(limits.max_length);
        merged.pattern = merged.pattern.or_else(|| limits.pattern.clone());
        merged.min_items = merged.min_items.or(limits.min_items);
        merged.max_items = merged.max_items.or(limits.max_items);
        merged.unique_items |= limits.unique_items;
        merged.min_properties = merged.min_properties.or(limits.min_properties);
        merged.max_properties = merged.max_properties.or(limits.max_properties);
    }
    merged
}

/// How many alternatives of the union the value fits.
pub fn alternatives(api: &Api, id: TypeId, value: &Value) -> usize {
    match &api.ty(api.resolved(id)).shape {
        Shape::Union(Union { variants, .. }) => variants
            .iter()
            .filter(|variant| fits(api, variant.ty, value))
            .count(),
        _ => 1,
    }
}

pub fn fits(api: &Api, id: TypeId, value: &Value) -> bool {
    let limits = limits(api, id);
    if value.is_null() {
        return chain(api, id).any(|ty| ty.nullable);
    }
    if !limits.values.is_empty() && !limits.values.contains(value) {
        return false;
    }
    match (&api.ty(api.resolved(id)).shape, value) {
        (Shape::Any, _) => true,
        (Shape::Boolean, value) => value.is_boolean(),
        (Shape::Integer(_), Value::Number(number)) => {
            let number = number.as_f64().unwrap_or_default();
            number.fract() == 0.0 && number_fits(&limits, number)
        }
        (Shape::Number(_), Value::Number(number)) => {
            number_fits(&limits, number.as_f64().unwrap_or_default())
        }
        (Shape::String(format), Value::String(text)) => {
            is_formatted(format, text) && text_fits(&limits, text)
        }
        (Shape::Enumeration(values), Value::String(text)) => values.contains(text),
        (Shape::Array(items), Value::Array(list)) => {
            within(list.len(), limits.min_items, limits.max_items)
                && list.iter().all(|item| fits(api, *items, item))
        }
        (Shape::Tuple(items), Value::Array(list)) => {
            items.len() == list.len()
                && items
                    .iter()
                    .zip(list)
                    .all(|(id, item)| fits(api, *id, item))
        }
        (Shape::Map(values), Value::Object(members)) => {
            members.values().all(|value| fits(api, *values, value))
        }
        (Shape::Object(object), Value::Object(members)) => {
            let declared = |name: &str| object.properties.iter().any(|known| known.name == name);
            let known =
                object
                    .properties
                    .iter()
                    .all(|property| match members.get(&property.name) {
                        None => !property.required,
                        Some(value) => fits(api, property.ty, value),
                    });
            let mut others = members.iter().filter(|(name, _)| !declared(name));
            known
                && match object.additional {
                    Additional::Any => true,
                    Additional::Forbidden => others.next().is_none(),
                    Additional::Of(values) => others.all(|(_, value)| fits(api, values, value)),
                }
        }
        (Shape::Union(_), value) => alternatives(api, id, value) > 0,
        _ => false,
    }
}

fn number_fits(limits: &Limits, number: f64) -> bool {
    let least = limits
        .minimum
        .is_none_or(|least| number > least || (number == least && !limits.exclusive_minimum));
    let most = limits
        .maximum
        .is_none_or(|most| number < most || (number == most && !limits.exclusive_maximum));
    let step = limits.multiple_of.filter(|step| *step > 0.0);
    least && most && step.is_none_or(|step| ((number / step).round() * step - number).abs() < 1e-9)
}

/// A pattern that cannot be read says nothing here.
pub fn text_fits(limits: &Limits, text: &str) -> bool {
    let pattern = limits
        .pattern
        .as_deref()
        .and_then(|pattern| Regex::new(pattern).ok());
    within(text.chars().count(), limits.min_length, limits.max_length)
        && pattern.is_none_or(|pattern| pattern.is_match(text))
}

fn is_formatted(format: &StringFormat, text: &str) -> bool {
    let all = |letters: &[char]| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_hexdigit() || letters.contains(&c))
    };
    match format.name() {
        "date" => text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10,
        "date-time" => text.parse::<jiff::Timestamp>().is_ok(),
        "uuid" => text.len() == 36 && all(&['-']),
        "ipv4" => text.parse::<std::net::Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<std::net::Ipv6Addr>().is_ok(),
        "email" => text.contains('@'),
        "uri" | "url" => text.contains("://") && !text.contains([' ', '{']),
        "hostname" => !text.is_empty() && !text.contains([' ', '/', '_', ':', '*']),
        "time" => text.len() > 8,
        "duration" => text.starts_with('P'),
        _ => true,
    }
}

fn within(count: usize, least: Option<usize>, most: Option<usize>) -> bool {
    least.is_none_or(|least| count >= least) && most.is_none_or(|most| count <= most)
}
