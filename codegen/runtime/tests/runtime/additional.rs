//! Properties whose names are data, beside those that have a field.

use std::collections::BTreeMap;

use runtime::runtime::{Additional, RawVariant};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use super::members;

/// As a generated model holds them.
#[derive(Debug, PartialEq)]
struct Counts {
    name: String,
    extra: Additional<Option<i64>>,
}

members! {
    Counts {
        required name;
        ..extra.exact()
    }
}

#[derive(Debug, PartialEq)]
struct Labels {
    name: String,
    extra: Additional<Label>,
}

members! {
    Labels {
        required name;
        ..extra
    }
}

/// As a generated union reads itself.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Label {
    Text(String),
    Counts(Box<Counts>),
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawVariant::deserialize(deserializer)?;
        if let Some(counts) = raw.try_read() {
            return Ok(Self::Counts(counts));
        }
        raw.read("").map(Self::Text)
    }
}

#[test]
fn values_of_the_stated_type_are_typed_and_others_are_kept() {
    let json = json!({"name": "n", "a": 1, "b": 2.0, "c": null, "later": "2030", "more": [1]});
    let counts: Counts = serde_json::from_value(json).unwrap();
    let expected = [("a", Some(1)), ("b", Some(2)), ("c", None)];
    let expected = expected.map(|(name, value)| (name.to_owned(), value));
    assert_eq!(*counts.extra, BTreeMap::from(expected));
    assert_eq!(
        Value::from(counts.extra.rest().clone()),
        json!({"later": "2030", "more": [1]})
    );
    let written = json!({"name": "n", "a": 1, "b": 2, "c": null, "later": "2030", "more": [1]});
    assert_eq!(serde_json::to_value(&counts).unwrap(), written);
}

#[test]
fn models_and_unions_are_read_from_text_too() {
    let text = r#"{"x":"y","name":"n","z":{"name":"inner","deep":7}}"#;
    let labels: Labels = serde_json::from_str(text).unwrap();
    assert_eq!(labels.extra["x"], Label::Text("y".to_owned()));
    let Label::Counts(inner) = &labels.extra["z"] else {
        panic!("{labels:?}")
    };
    assert_eq!(inner.extra["deep"], Some(7));
    assert!(labels.extra.rest().is_empty());
    let again = serde_json::to_string(&labels).unwrap();
    assert_eq!(serde_json::from_str::<Labels>(&again).unwrap(), labels);
}

#[test]
fn they_are_set_as_a_map_and_shown_without_values() {
    let mut extra: Additional<String> = [("a".to_owned(), "secret".to_owned())]
        .into_iter()
        .collect();
    extra.insert("b".to_owned(), "secret".to_owned());
    assert_eq!(format!("{extra:?}"), r#"{"a": _, "b": _}"#);
    assert_eq!(Additional::from(BTreeMap::clone(&extra)), extra);
    assert!(Additional::<String>::default().is_empty());
}
