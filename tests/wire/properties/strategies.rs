//! Values of the kinds that the schema speaks of.

use std::collections::BTreeMap;

use crate::schema::{self, Property};
use jiff::Timestamp;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;

/// The members of an object, each with its JSON as text: no other form holds every digit.
pub type Members = BTreeMap<String, String>;

/// The object of these members.
pub fn object(members: &Members) -> String {
    let members = members
        .iter()
        .map(|(name, json)| format!("{}:{json}", Value::from(name.as_str())));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

/// Objects of a schema, with some of its properties and some that it doesn't know.
pub fn members(schema: &str, required: bool) -> impl Strategy<Value = Members> + use<> {
    let properties = schema::properties(schema);
    let known: Vec<_> = properties
        .iter()
        .map(|property| member(property, required))
        .collect();
    let names: Vec<String> = properties.into_iter().map(|one| one.name).collect();
    (known, btree_map(text(), any_json(), 0..4)).prop_map(move |(known, unknown)| {
        let unknown = unknown
            .into_iter()
            .map(|(name, value)| (name, value.to_string()));
        let unknown = unknown.filter(|(name, _)| !names.contains(name));
        known.into_iter().flatten().chain(unknown).collect()
    })
}

/// Any text, control characters included.
pub fn text() -> impl Strategy<Value = String> {
    let letter = prop_oneof![any::<char>(), prop::char::range(' ', '~')];
    vec(letter, 0..12).prop_map(String::from_iter)
}

fn member(property: &Property, required: bool) -> BoxedStrategy<Option<(String, String)>> {
    let name = property.name.clone();
    let json = json(&property.kind).prop_map(move |json| (name.clone(), json));
    if required {
        json.prop_map(Some).boxed()
    } else {
        prop::option::of(json).boxed()
    }
}

fn json(kind: &str) -> BoxedStrategy<String> {
    match kind {
        "string" => text()
            .prop_map(|text| Value::from(text).to_string())
            .boxed(),
        "boolean" => any::<bool>().prop_map(|value| value.to_string()).boxed(),
        "integer" => any::<i64>().prop_map(|value| value.to_string()).boxed(),
        "decimal" => decimal().prop_map(|value| value.to_string()).boxed(),
        "date-time" => timestamp().prop_map(|value| format!("\"{value}\"")).boxed(),
        kind => panic!("the schema has a new kind: {kind}"),
    }
}

/// Decimals of up to 28 digits, behind the point or before it.
fn decimal() -> impl Strategy<Value = Decimal> {
    let most = 10_i128.pow(28) - 1;
    let digits = prop_oneof![-most..=most, -1000..=1000_i128];
    (digits, 0..=28_u32).prop_map(|(digits, scale)| {
        Decimal::try_from_i128_with_scale(digits, scale).expect("it fits")
    })
}

fn timestamp() -> impl Strategy<Value = Timestamp> {
    let seconds = Timestamp::MIN.as_second()..=Timestamp::MAX.as_second();
    let nanoseconds = prop_oneof![Just(0), 0..=999_999_999];
    (seconds, nanoseconds).prop_filter_map("out of range", |(second, nanosecond)| {
        Timestamp::new(second, nanosecond).ok()
    })
}

fn any_json() -> impl Strategy<Value = Value> {
    let float = any::<f64>().prop_filter("JSON has no others", |number| number.is_finite());
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        float.prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map(text(), inner, 0..4).prop_map(|members| members.into_iter().collect()),
        ]
    })
}
