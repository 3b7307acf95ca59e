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
