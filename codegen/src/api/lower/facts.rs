//! What a schema says beside its shape: docs, limits, formats.

use openapiv3::{AnySchema, SchemaData, VariantOrUnknownOrEmpty};
use serde_json::Value;

use crate::api::{Docs, IntegerFormat, Limits, NumberFormat, StringFormat};

pub(super) fn docs(data: &SchemaData) -> Docs {
    Docs {
        title: data.title.clone().unwrap_or_default(),
        description: data.description.clone().unwrap_or_default(),
        url: data
            .external_docs
            .as_ref()
            .map(|d| d.url.clone())
            .unwrap_or_default(),
    }
}

/// The listed values but null, which is a fact of its own.
pub(super) fn values<T: Clone + Into<Value>>(list: &[Option<T>]) -> Vec<Value> {
    list.iter().flatten().cloned().map(Into::into).collect()
}

pub(super) fn limits(any: &AnySchema) -> Limits {
    Limits {
        values: Vec::new(),
        minimum: any.minimum,
        maximum: any.maximum,
        exclusive_minimum: any.exclusive_minimum.unwrap_or_default(),
        exclusive_maximum: any.exclusive_maximum.unwrap_or_default(),
        multiple_of: any.multiple_of,
        min_length: any.min_length,
        max_length: any.max_length,
        pattern: any.pattern.clone(),
        min_items: any.min_items,
        max_items: any.max_items,
        unique_items: any.unique_items.unwrap_or_default(),
        min_properties: any.min_properties,
        max_properties: any.max_properties,
    }
}

/// What both allow. Where that is nothing, both lists of values are forgotten.
pub(super) fn narrower(one: &Limits, two: &Limits) -> Limits {
    let (minimum, exclusive_minimum) = tighter(
        (one.minimum, one.exclusive_minimum),
        (two.minimum, two.exclusive_minimum),
        |a, b| a > b,
    );
    let (maximum, exclusive_maximum) = tighter(
        (one.maximum, one.exclusive_maximum),
        (two.maximum, two.exclusive_maximum),
        |a, b| a < b,
    );
    Limits {
        values: common_values(&one.values, &two.values),
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        multiple_of: one.multiple_of.or(two.multiple_of),
        min_length: one.min_length.max(two.min_length),
        max_length: least(one.max_length, two.max_length),
        pattern: one.pattern.clone().or_else(|| two.pattern.clone()),
        min_items: one.min_items.max(two.min_items),
        max_items: least(one.max_items, two.max_items),
        unique_items: one.unique_items || two.unique_items,
        min_properties: one.min_properties.max(two.min_properties),
        max_properties: least(one.max_properties, two.max_properties),
    }
}

/// A bound, and whether it is exclusive.
type Bound = (Option<f64>, bool);

fn tighter(one: Bound, two: Bound, is_tighter: fn(f64, f64) -> bool) -> Bound {
    match (one.0, two.0) {
        (None, _) => two,
        (_, None) => one,
        (Some(a), Some(b)) if is_tighter(a, b) => one,
        (Some(a), Some(b)) if is_tighter(b, a) => two,
        _ => (one.0, one.1 || two.1),
    }
}

fn least(one: Option<usize>, two: Option<usize>) -> Option<usize> {
    one.into_iter().chain(two).min()
}

fn common_values(one: &[Value], two: &[Value]) -> Vec<Value> {
    if one.is_empty() || two.is_empty() {
        return [one, two].concat();
    }
    let both = one.iter().filter(|value| two.contains(value));
    both.cloned().collect()
}

/// The format as the document spells it.
pub(super) fn format_name<T: serde::Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> String {
    match format {
        VariantOrUnknownOrEmpty::Empty => String::new(),
        VariantOrUnknownOrEmpty::Unknown(name) => name.clone(),
        VariantOrUnknownOrEmpty::Item(item) => match serde_json::to_value(item) {
            Ok(Value::String(name)) => name,
            _ => String::new(),
        },
    }
}

pub(super) fn string_format(name: &str) -> StringFormat {
    match name {
        "" => StringFormat::Plain,
        "date" => StringFormat::Date,
        "date-time" => StringFormat::DateTime,
        "decimal" => StringFormat::Decimal,
        "binary" => StringFormat::Binary,
        other => StringFormat::Other(other.to_owned()),
    }
}

pub(super) fn number_format(name: &str) -> NumberFormat {
    match name {
        "float" => NumberFormat::Float,
        "decimal" => NumberFormat::Decimal,
        _ => NumberFormat::Double,
    }
}

/// Without a format 64 bits: real documents put large identifiers there.
pub(super) fn integer_format(name: &str) -> IntegerFormat {
    match name {
        "int32" => IntegerFormat::Int32,
        "uint32" => IntegerFormat::Unsigned32,
        "uint64" => IntegerFormat::Unsigned64,
        _ => IntegerFormat::Int64,
    }
}
