//! The face for programs.

use std::collections::BTreeSet;

use review::render::json::VERSION;
use review::render::{Format, render};
use review::{Action, Direction, Kind, Report, Severity};
use serde_json::{Value, json};
use tests::workspace;

use crate::faces::fixture::{self, HOSTILE, effect, row};
use crate::faces::sample::{CITY, sample};

fn read(report: &Report) -> Value {
    let text = render(report, Format::Json);
    serde_json::from_str(&text).expect("it is JSON")
}

fn keys(value: &Value) -> Vec<&str> {
    let object = value.as_object().expect("an object");
    object.keys().map(String::as_str).collect()
}

/// The face is versioned: whoever changes this test changes what programs read.
#[test]
fn the_keys_are_these() {
    let document = read(&sample());
    let changes = document["changes"].as_array().expect("a list");
    let city = changes.iter().find(|change| change["pointer"] == CITY);
    let city = city.expect("it was removed");
    let listed = format!(
        "document: {:?}\nverdict: {:?}\nchange: {:?}\nplace: {:?}\ncrate: {:?}\nitem: {:?}",
        keys(&document),
        keys(&document["verdict"]),
        keys(city),
        keys(&city["base"]),
        keys(&city["crate"]),
        keys(&city["crate"]["items"][0]),
    );
    insta::assert_snapshot!(listed);
}

/// What programs read is complete.
#[test]
fn every_key_is_documented() {
    let path = workspace::root().join("docs/review-json.md");
    let text = std::fs::read_to_string(path).expect("the page is read");
    let mut pending = vec![read(&sample())];
    while let Some(value) = pending.pop() {
        match value {
            Value::Object(object) => {
                for (key, value) in object {
                    assert!(text.contains(&format!("| `{key}` |")), "{key}");
                    // A value is the document's.
                    if key != "value" {
                        pending.push(value);
                    }
                }
            }
            Value::Array(list) => pending.extend(list),
            _ => {}
        }
    }
    let version = format!("version {}", VERSION);
    assert!(text.contains(&version), "{version}");
}

#[test]
fn the_verdict_says_the_worst_of_each_half() {
    let document = read(&sample());
    assert_eq!(
        document["verdict"],
        json!({
            "wire": "breaking",
            "crate": "major",
            "fails_at_run_time": 1,
            "version_base": "0.4.2",
            "version_now": "0.4.2",
            "version_needed": "0.5.0",
            "version_suffices": false,
            "edits": { "breaking": 4, "risky": 1, "safe": 1, "none": 4, "accepted": 1 },
        })
    );
    assert_eq!(document["equivalent"], 2);
    assert_eq!(document["version"], 4);
}

/// One edit that requests and responses see is two changes, accepted by one fingerprint.
#[test]
fn a_change_is_an_edit_in_one_direction() {
    let document = read(&sample());
    let changes = document["changes"].as_array().expect("a list");
    let mut city: Vec<&Value> = changes
        .iter()
        .filter(|change| {
            let fingerprint = &change["fingerprint"];
            fingerprint == "schema/existence/remove:/components/schemas/Profile/properties/city"
        })
        .collect();
    city.sort_by_key(|change| change["direction"] == "request");
    assert_eq!(city.len(), 2);
    assert_eq!(city[0]["direction"], "response");
    assert_eq!(city[0]["severity"], "breaking");
    assert_eq!(city[1]["direction"], "request");
    assert_eq!(city[1]["severity"], "risky");
    assert_eq!(city[0]["crate"], city[1]["crate"]);
    assert_eq!(city[0]["crate"]["item"], "models::Profile::city");
    assert_eq!(city[0]["base"]["line"], 53);
    assert_eq!(city[0]["head"], Value::Null);
    assert_eq!(
        city[0]["id"],
        "schema/existence/remove:/components/schemas/Profile/properties/city:response:schema"
    );
}

#[test]
fn no_two_changes_have_the_same_id() {
    let same = || {
        effect(
            Direction::Request,
            Kind::Type,
            Action::Change,
            Severity::Breaking,
        )
    };
    let report = Report {
        rows: vec![row("a", "/a", "changed", vec![same(), same(), same()])],
        ..sample()
    };
    let document = read(&report);
    let changes = document["changes"].as_array().expect("a list");
    let names: BTreeSet<&str> = changes
        .iter()
        .filter_map(|change| change["id"].as_str())
        .collect();
    assert_eq!(names.len(), 3);
}

#[test]
fn texts_come_back_as_they_were() {
    let document = read(&fixture::hostile());
    for (change, text) in document["changes"]
        .as_array()
        .expect("a list")
        .iter()
        .zip(HOSTILE)
    {
        assert_eq!(change["pointer"], text);
        assert_eq!(change["base"]["value"], text);
    }
}

#[test]
fn nothing_is_said_of_nothing() {
    let document = read(&fixture::empty());
    assert_eq!(document["changes"], json!([]));
    assert_eq!(document["equivalent"], 0);
    assert_eq!(document["verdict"]["wire"], "none");
    assert_eq!(document["verdict"]["crate"], "none");
}
