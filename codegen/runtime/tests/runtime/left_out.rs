//! What is left out of a response that contradicts its description, and what is written back of it.

use std::collections::BTreeMap;

use runtime::runtime::Extra;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::deviations::{Owner, Part, Shape, Site, read};
use super::members;

/// An entry is a member with a name of its own: what does not fit goes where that of a field goes.
#[tokio::test]
async fn an_entry_of_a_map_that_does_not_fit_is_in_extra_under_its_map() {
    let given = json!({
        "parts": {"a": {"id": 1}, "b": {"new": 1}, "c": "x", "d": {"inner": null}},
        "names": {"x": null, "y": "z"},
        "tables": {"t": {"u": "1", "v": [1]}, "w": "none", "x": {}},
        "prices": {"low": "0.10", "high": {}},
        "owners": {"one": "person", "two": {"a": 1}},
        "shapes": {"s": {"kind": "circle", "radius": []}, "t": {"kind": "circle", "radius": 1}},
    });
    let (maps, deviations) = read::<Maps>(given.clone()).await;
    assert_eq!((maps.parts.len(), maps.parts["a"].id), (1, 1));
    assert_eq!(maps.names.as_ref().unwrap().len(), 1);
    assert_eq!((maps.tables.len(), maps.tables["t"]["u"]), (2, 1));
    assert_eq!(maps.prices.as_ref().unwrap()["low"], Decimal::new(10, 2));
    // What may be unknown is.
    let owner = Owner::Unknown(r#"{"a":1}"#.to_owned());
    assert_eq!(maps.owners["two"], owner);
    assert!(matches!(maps.shapes["s"], Shape::Unknown(_)));
    let kept = json!({
        "parts": {"b": {"new": 1}, "c": "x", "d": {"inner": null}},
        "names": {"x": null},
        "tables": {"t": {"v": [1]}, "w": "none"},
        "prices": {"high": {}},
    });
    assert_eq!(json!(maps.extra), kept);
    assert_eq!(
        deviations,
        [
            "`result.names.x`: expected a string, found null",
            "`result.owners.two`: expected a string, found an object",
            "`result.parts.c`: expected an object, found a string",
            "`result.parts.*`: expected the member `id`, found nothing",
            "`result.prices.high`: expected a number, or a string that holds one, found an object",
            "`result.shapes.s.radius`: expected an integer, found an array",
            "`result.tables.t.u`: expected an integer, found a string",
            "`result.tables.t.v`: expected an integer, found an array",
            "`result.tables.w`: expected an object, found a string",
        ]
    );
}

#[derive(Debug)]
struct Maps {
    parts: BTreeMap<String, Part>,
    names: Option<BTreeMap<String, String>>,
    tables: BTreeMap<String, BTreeMap<String, i64>>,
    prices: Option<BTreeMap<String, Decimal>>,
    owners: BTreeMap<String, Owner>,
    shapes: BTreeMap<String, Shape>,
    extra: Extra,
}

members! {
    Maps {
        required parts.entries();
        nullable names.entries();
        required tables.exact().entries().entries();
        optional prices.exact().entries();
        required owners.entries(), shapes.entries();
        ..extra
    }
}

/// What was read is not deleted by writing it back, and what callers changed is as they want it.
#[tokio::test]
async fn what_is_left_out_of_a_map_is_written_with_it() {
    let given = json!({
        "parts": {"a": {"id": 1}, "b": {"new": 1}, "c": {"new": 2}},
        "names": {"x": null, "y": "z"},
        "tables": {"t": {"u": 1, "v": [1]}, "w": "none"},
        "prices": {"low": 0.5, "high": {}},
        "owners": {},
        "shapes": {},
    });
    let (mut maps, _) = read::<Maps>(given.clone()).await;
    assert_eq!(json!(maps), given);
    let part = maps.parts.remove("a").unwrap();
    maps.parts.insert("b".to_owned(), part);
    maps.names = None;
    maps.prices = None;
    maps.extra.remove("tables");
    let text = serde_json::to_string(&maps).unwrap();
    let expected = json!({
        "parts": {"b": {"id": 1}, "c": {"new": 2}},
        "names": null,
        "tables": {"t": {"u": 1}},
        "prices": {"high": {}},
        "owners": {},
        "shapes": {},
    });
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected);
    for name in expected.as_object().unwrap().keys() {
        assert_eq!(text.matches(&format!("\"{name}\":")).count(), 1, "{text}");
    }
}

/// The same of a field that does not fit: what callers set is sent, and once.
#[tokio::test]
async fn a_field_that_is_set_replaces_what_could_not_be_read() {
    let (mut site, _) = read::<Site>(json!({"name": "a", "size": "large", "new": 1})).await;
    assert_eq!(json!(site), json!({"name": "a", "size": "large", "new": 1}));
    site.size = Some(1.5);
    let text = serde_json::to_string(&site).unwrap();
    assert_eq!(text, r#"{"name":"a","size":1.5,"new":1}"#);
}

#[tokio::test]
async fn a_map_beside_no_field_is_read_without_the_entry() {
    let entries = json!({"a": {"id": 1}, "b": {}, "c": {"d": 1}});
    let (parts, deviations) = read::<BTreeMap<String, Part>>(entries.clone()).await;
    assert_eq!((parts.len(), parts["a"].id), (1, 1));
    let expected = ["`result.*`: expected the member `id`, found nothing"];
    assert_eq!(deviations, expected);
    type Nested = BTreeMap<String, BTreeMap<String, Part>>;
    let (nested, deviations) = read::<Vec<Nested>>(json!([{"x": entries}, {"y": 1}])).await;
    assert_eq!((nested[0]["x"].len(), nested[1].len()), (1, 0));
    assert_eq!(
        deviations,
        [
            "`result[1].y`: expected an object, found a number",
            "`result[*].*.*`: expected the member `id`, found nothing",
        ]
    );
}

/// A list of maps has no place for an entry, so that a field around it goes, if it may.
#[tokio::test]
async fn a_map_in_a_list_goes_with_the_field_that_has_a_place_for_it() {
    #[derive(Debug)]
    struct Rows {
        rows: Option<Vec<BTreeMap<String, String>>>,
        extra: Extra,
    }
    members! {
        Rows {
            optional rows;
            ..extra
        }
    }
    let given = json!({"rows": [{"a": "b"}, {"c": null}]});
    let (rows, _) = read::<Rows>(given.clone()).await;
    assert!(rows.rows.is_none());
    assert_eq!(json!(rows), given);
}

/// What went before within a value is there again where the value goes as a whole.
#[tokio::test]
async fn what_is_in_extra_is_as_it_was() {
    let part = json!({"inner": {"id": "x", "inner": {"id": [], "new": {"a": 1}}}, "id": {}});
    let (site, _) = read::<Site>(json!({"name": "a", "part": part})).await;
    assert_eq!(json!(site.extra), json!({"part": part}));

    #[derive(Debug)]
    struct Holder {
        maps: Option<BTreeMap<String, Option<Limits>>>,
        extra: Extra,
    }
    members! {
        Holder {
            optional maps.entries();
            ..extra
        }
    }
    #[derive(Debug)]
    struct Limits {
        limits: BTreeMap<String, i64>,
        most: i64,
        extra: Extra,
    }
    members! {
        Limits {
            required limits.exact().entries(), most.exact();
            ..extra
        }
    }
    let given = json!({"maps": {"a": {"limits": {"x": "y", "z": 1}, "most": 1}}});
    let (holder, _) = read::<Holder>(given.clone()).await;
    let limits = holder.maps.as_ref().unwrap()["a"].as_ref().unwrap();
    assert_eq!((limits.limits["z"], limits.most), (1, 1));
    assert_eq!(json!(limits.extra), json!({"limits": {"x": "y"}}));
    assert_eq!(json!(holder), given);
}
