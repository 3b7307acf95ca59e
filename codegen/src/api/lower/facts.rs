//! What a schema says beside its shape: docs, limits, formats.

use openapiv3::{AnySchema, SchemaData, Type as Typed, VariantOrUnknownOrEmpty};
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

/// Those of a schema whose type says which keywords count.
pub(super) fn limits_of(typed: &Typed) -> Limits {
    let none = Limits::default();
    match typed {
        Typed::Boolean(boolean) => Limits {
            values: values(&boolean.enumeration),
            ..none
        },
        Typed::String(string) => Limits {
            min_length: string.min_length,
            max_length: string.max_length,
            pattern: string.pattern.clone(),
            ..none
        },
        Typed::Number(number) => Limits {
            values: values(&number.enumeration),
            minimum: number.minimum,
            maximum: number.maximum,
            exclusive_minimum: number.exclusive_minimum,
            exclusive_maximum: number.exclusive_maximum,
            multiple_of: number.multiple_of,
            ..none
        },
        Typed::Integer(integer) => Limits {
            values: values(&integer.enumeration),
            minimum: integer.minimum.map(|n| n as f64),
            maximum: integer.maximum.map(|n| n as f64),
            exclusive_minimum: integer.exclusive_minimum,
            exclusive_maximum: integer.exclusive_maximum,
            multiple_of: integer.multiple_of.map(|n| n as f64),
            ..none
        },
        Typed::Array(array) => Limits {
            min_items: array.min_items,
            max_items: array.max_items,
            unique_items: array.unique_items,
            ..none
        },
        Typed::Object(object) => Limits {
            min_properties: object.min_properties,
            max_properties: object.max_properties,
            ..none
        },
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
type Limit = (Option<f64>, bool);

fn tighter(one: Limit, two: Limit, is_tighter: fn(f64, f64) -> bool) -> Limit {
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
        // Some say it in their language's words.
        "date-time" | "datetime" | "DateTime" => StringFormat::DateTime,
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

/// The integers of a format, if it is one of integers.
pub(super) fn integer_of(name: &str) -> Option<IntegerFormat> {
    Some(match name {
        // A later version of an API takes more sooner than less.
        "int8" | "int16" | "int32" => IntegerFormat::Int32,
        "uint8" | "uint16" | "uint32" => IntegerFormat::Unsigned32,
        "uint" | "uint64" => IntegerFormat::Unsigned64,
        "int64" => IntegerFormat::Int64,
        _ => return None,
    })
}

/// The type that holds the format's integers and all that are within the bounds; none does if the
/// bounds are beyond 128 bits.
///
/// Without a format it has 64 bits, as real documents put large identifiers there. A minimum of zero
/// changes nothing: what is without a sign today may have one in a later version.
pub(super) fn integer_format(name: &str, bounds: &Bounds) -> Option<IntegerFormat> {
    use IntegerFormat::{Int64, Signed128, Unsigned64, Unsigned128};
    let stated = integer_of(name).unwrap_or(Int64);
    let wider = [Int64, Unsigned64, Signed128, Unsigned128];
    [stated]
        .into_iter()
        .chain(wider)
        .find(|format| bounds.fit(*format, stated))
}

/// What an integer is at least and at most, so far as it is stated.
#[derive(Debug, Default, Clone)]
pub(super) struct Bounds {
    /// If they are listed, it is one of these.
    pub(super) listed: Vec<Bound>,
    pub(super) minimum: Option<Bound>,
    pub(super) maximum: Option<Bound>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Bound {
    Exact(i128),
    /// It is as near as a binary fraction gets.
    Rounded(f64),
}

impl Bounds {
    fn fit(&self, format: IntegerFormat, stated: IntegerFormat) -> bool {
        let (low, high) = range(format);
        let unsigned = |format| range(format).0 == 0;
        let fits_low = match self.minimum {
            Some(Bound::Exact(minimum)) => minimum >= low,
            Some(Bound::Rounded(minimum)) => minimum >= low as f64,
            None => !unsigned(format) || unsigned(stated) || !self.listed.is_empty(),
        };
        let fits_high = match self.maximum {
            Some(Bound::Exact(maximum)) => {
                u128::try_from(maximum).is_ok_and(|n| n <= high) || maximum < 0
            }
            Some(Bound::Rounded(maximum)) => maximum <= high as f64,
            None => true,
        };
        let listed = self.listed.iter().copied().map(Some);
        let mut listed = listed.map(|value| Self {
            listed: Vec::new(),
            minimum: value,
            maximum: value,
        });
        fits_low && fits_high && listed.all(|value| value.fit(format, stated))
    }
}

impl Bound {
    /// A limit as it is written; `step` goes to the nearest integer within one that is exclusive.
    pub(super) fn new(number: &serde_yaml::Number, exclusive: bool, step: i128) -> Option<Self> {
        let whole = number.as_i64().map(i128::from);
        let whole = whole.or_else(|| number.as_u64().map(i128::from));
        match whole {
            // Languages without integers print the limits of 64 bits so: 9223372036854776000.
            Some(whole) if is_rounded(whole) => Some(Self::Rounded(whole as f64)),
            Some(whole) => Some(Self::Exact(if exclusive { whole + step } else { whole })),
            None => number.as_f64().filter(|n| n.is_finite()).map(Self::Rounded),
        }
    }
}

fn is_rounded(whole: i128) -> bool {
    const EXACT: i128 = 1 << 53;
    whole.abs() > EXACT && (whole as f64).to_string() == whole.to_string()
}

fn range(format: IntegerFormat) -> (i128, u128) {
    fn of<T: Into<i128>>(low: T, high: u128) -> (i128, u128) {
        (low.into(), high)
    }
    match format {
        IntegerFormat::Int32 => of(i32::MIN, u128::from(i32::MAX.unsigned_abs())),
        IntegerFormat::Int64 => of(i64::MIN, u128::from(i64::MAX.unsigned_abs())),
        IntegerFormat::Signed128 => (i128::MIN, i128::MAX.unsigned_abs()),
        IntegerFormat::Unsigned32 => of(0, u128::from(u32::MAX)),
        IntegerFormat::Unsigned64 => of(0, u128::from(u64::MAX)),
        IntegerFormat::Unsigned128 => (0, u128::MAX),
    }
}

/// The listed values; null is a fact of its own, unless it is the only one.
pub(super) fn listed(any: &AnySchema) -> Vec<Value> {
    let listed = any.enumeration.iter().filter(|value| !value.is_null());
    let listed: Vec<Value> = listed.cloned().collect();
    if listed.is_empty() && !any.enumeration.is_empty() {
        vec![Value::Null]
    } else {
        listed
    }
}

/// The type that all listed values are of, where none is stated.
pub(super) fn type_of_values(any: &AnySchema) -> Option<&'static str> {
    let values = || any.enumeration.iter().filter(|value| !value.is_null());
    if values().next().is_none() {
        None
    } else if values().all(Value::is_boolean) {
        Some("boolean")
    } else if values().all(|value| value.is_i64() || value.is_u64()) {
        Some("integer")
    } else {
        values().all(Value::is_number).then_some("number")
    }
}

/// Formats that are known to everyone, or by which the generator goes.
const KNOWN: [&str; 41] = [
    "",
    "DateTime",
    "base64",
    "base64url",
    "binary",
    "byte",
    "date",
    "date-time",
    "datetime",
    "decimal",
    "double",
    "duration",
    "email",
    "float",
    "hostname",
    "idn-email",
    "idn-hostname",
    "int",
    "int16",
    "int32",
    "int64",
    "int8",
    "integer",
    "ip",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "password",
    "regex",
    "relative-json-pointer",
    "time",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uri",
    "uri-reference",
    "uuid",
];

/// Whether a format says what everyone knows it to say.
pub(super) fn is_known_format(name: &str) -> bool {
    KNOWN.contains(&name)
}
