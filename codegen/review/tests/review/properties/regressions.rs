//! What was wrong once, as small as it gets.

use serde_json::{Value, json};
use tests::cases;

use crate::properties::compared;

#[test]
fn comments_and_syntax_alone_are_told() {
    let document = document(&json!({"type": "string"}));
    let (yaml, json) = (compared::yaml(&document), document.to_string());
    for other in [json, format!("# A comment\n{yaml}")] {
        let report = compared::texts(&yaml, &other).expect("documents");
        assert_eq!(report.rows, []);
        assert_eq!(report.equivalent.len(), 1);
        assert_eq!(&*report.equivalent[0].location.pointer, "");
    }
}

#[test]
fn a_union_of_nothing_but_itself_ends() {
    let own = json!({"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]});
    let report = compared::values(&document(&own), &document(&json!({"type": "string"})));
    assert_eq!(compared::flaw(&report), None);
}

#[test]
fn all_of_itself_in_a_property_ends() {
    let own = json!({"$ref": "#/components/schemas/A"});
    let schema = |name: &str| {
        let again =
            json!({"properties": {"id": {"properties": {name: {"type": "string"}}}, "owner": {}}});
        json!({"properties": {"id": {"allOf": [own, again]}, "owner": {"allOf": [again, own]}}})
    };
    let report = compared::values(&document(&schema("old")), &document(&schema("new")));
    assert_eq!(compared::flaw(&report), None);
    assert!(report.rows.iter().any(compared::counts));
}

/// Of 2^18 combinations the last schema is edited.
#[test]
fn schemas_in_all_combinations_end() {
    let with = |kind: &str| cases::combined(18, &json!({"type": kind}));
    let report = compared::values(&with("string"), &with("integer"));
    assert_eq!(compared::flaw(&report), None);
    let pointers: Vec<&str> = report
        .rows
        .iter()
        .map(|row| &*row.location.pointer)
        .collect();
    let end = "/components/schemas/S18/properties/end/type";
    assert_eq!(pointers, [end, "/info/version"]);
}

#[test]
fn defaults_do_not_make_a_type_more_than_a_type() {
    let plain = json!({"anyOf": [{"type": "string"}, {"type": "integer"}]});
    let spelled = json!({"anyOf": [
        {"type": "string", "minLength": 0, "deprecated": false},
        {"type": "integer", "readOnly": false},
    ]});
    same(&plain, &spelled);
}

#[test]
fn a_part_that_takes_anything_does_not_hide_one_that_does_not() {
    let narrow = json!({"type": "object", "additionalProperties": {"type": "string"}});
    let open = json!({"type": "object", "additionalProperties": true});
    let silent = json!({"type": "object"});
    same(
        &json!({"allOf": [silent, narrow]}),
        &json!({"allOf": [open, narrow]}),
    );
}

#[test]
fn null_within_all_of_is_null() {
    let plain = json!({"anyOf": [{"type": "string"}, {"enum": [null]}]});
    let wrapped = json!({"anyOf": [{"type": "string"}, {"allOf": [{"enum": [null]}]}]});
    same(&plain, &wrapped);
}

#[test]
fn null_is_no_type_that_contradictions_leave() {
    let with = |age: Value| {
        let number = json!({"properties": {"age": {"type": ["integer", "null"]}}});
        json!({"allOf": [number, {"properties": {"age": age}}]})
    };
    same(
        &with(json!({"type": ["string", "null"]})),
        &with(json!({"anyOf": [{"type": "string"}, {"type": "null"}]})),
    );
}

#[test]
fn the_defaults_of_a_header_are_no_text() {
    let mut base = document(&json!({"type": "string"}));
    base["paths"]["/a"]["get"]["responses"]["200"]["headers"] =
        json!({"X-Next": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}}});
    let mut head = base.clone();
    let header = "/paths/~1a/get/responses/200/headers/X-Next";
    let header = head.pointer_mut(header).expect("it is there");
    header["style"] = json!("simple");
    header["explode"] = json!(false);
    assert_eq!(compared::values(&base, &head).rows, []);
    let header = "/paths/~1a/get/responses/200/headers/X-Next/explode";
    *head.pointer_mut(header).expect("it is there") = json!(true);
    let report = compared::values(&base, &head);
    let found = report
        .rows
        .iter()
        .any(|row| row.location.pointer.ends_with("/X-Next"));
    assert!(found, "{}", compared::lines(&report));
}

#[test]
fn a_crate_of_another_name_has_a_place() {
    let base = document(&json!({"type": "string"}));
    let mut head = base.clone();
    head["info"]["title"] = json!("#/components/schemas/A");
    assert_eq!(compared::flaw(&compared::values(&base, &head)), None);
}

fn same(base: &Value, head: &Value) {
    for (base, head) in [(base, head), (head, base)] {
        let report = compared::values(&document(base), &document(head));
        let rows = report.rows.iter().filter(|row| compared::counts(row));
        assert_eq!(rows.map(compared::line).collect::<Vec<_>>(), [""; 0]);
    }
}

fn document(schema: &Value) -> Value {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/A"}}});
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Small", "version": "1.0.0"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "Fine", "content": content}}}}},
        "components": {"schemas": {"A": schema}},
    })
}
