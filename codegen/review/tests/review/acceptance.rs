//! What an acceptance covers: the edit that it was written for, wherever that is now, and no other.

use std::sync::Arc;

use codegen::diagnostic::{Diagnostics, Source};
use review::settings::Settings;
use review::{Input, Report};
use serde_json::{Value, json};

#[test]
fn a_value_is_accepted_and_not_its_number() {
    let country =
        |values: Value| schemas(json!({ "Country": { "type": "string", "enum": values } }));
    let (abc, ac, ad) = (json!(["a", "b", "c"]), json!(["a", "c"]), json!(["a"]));
    let (abc, ac, ad) = (country(abc), country(ac), country(ad));
    let fingerprint = "/components/schemas/Country/enum/b";
    assert_eq!(pointers(&report(&abc, &ac, "")), [fingerprint]);
    assert_eq!(open(&abc, &ac, fingerprint), [""; 0]);
    // At the number that `b` had.
    assert_eq!(
        open(&ac, &ad, fingerprint),
        ["/components/schemas/Country/enum/c"]
    );
    assert_eq!(
        open(&ac, &ad, "/components/schemas/Country/enum/*"),
        [""; 0]
    );
}

#[test]
fn a_parameter_that_moved_is_the_same() {
    let limit = |maximum: u32| json!({ "in": "query", "name": "limit", "schema": { "type": "integer", "maximum": maximum } });
    let page = json!({ "in": "query", "name": "page", "schema": { "type": "integer" } });
    let (one, two) = (operation(json!([limit(20)])), operation(json!([limit(10)])));
    let shifted = operation(json!([page, limit(10)]));
    let fingerprint = "/paths/~1pets/get/parameters/query:limit/schema/maximum";
    assert_eq!(pointers(&report(&one, &two, "")), [fingerprint]);
    let added = "/paths/~1pets/get/parameters/query:page";
    assert_eq!(open(&one, &shifted, fingerprint), [added]);
}

#[test]
fn a_rename_is_no_removal() {
    let pet = |name: Option<&str>| {
        let text = json!({ "type": "string", "description": "What its people call it." });
        let named = name.map(|name| (name.to_owned(), text));
        let properties: serde_json::Map<_, _> = named.into_iter().collect();
        schemas(json!({ "Pet": { "type": "object", "properties": properties } }))
    };
    let (old, new, none) = (pet(Some("name")), pet(Some("fullName")), pet(None));
    let removed = "/components/schemas/Pet/properties/name";
    let renamed = "/components/schemas/Pet/properties/name->fullName";
    assert_eq!(pointers(&report(&old, &new, "")), [renamed]);
    assert_eq!(open(&old, &new, removed), [renamed]);
    assert_eq!(open(&old, &none, renamed), [removed]);
}

#[test]
fn what_one_schema_became_is_accepted_apart() {
    let pet = |nullable: bool, required: Value| {
        let mut name = json!({ "type": "string" });
        if nullable {
            name["nullable"] = json!(true);
        }
        schemas(
            json!({ "Pet": { "type": "object", "required": required, "properties": { "name": name, "a": {} } } }),
        )
    };
    let base = pet(true, json!(["a"]));
    let head = pet(false, json!(["a", "name"]));
    let required = "/components/schemas/Pet/properties/name";
    let null = "/components/schemas/Pet/properties/name/nullable";
    assert_eq!(open(&base, &head, null), [required]);
    assert_eq!(open(&base, &head, required), [null]);
}

#[test]
fn a_star_of_the_document_is_no_wildcard() {
    let pets = |types: &[&str]| {
        let content = types.iter().map(|name| (name.to_string(), json!({})));
        let content: serde_json::Map<_, _> = content.collect();
        let mut document = operation(json!([]));
        document["paths"]["/pets"]["get"]["responses"]["200"]["content"] = Value::from(content);
        document
    };
    let content = "/paths/~1pets/get/responses/200/content";
    let any = format!("{content}/~2~1~2");
    let (base, head) = (pets(&["*/*", "a/b", "c/d"]), pets(&["c/d"]));
    assert_eq!(open(&base, &head, &any), [format!("{content}/a~1b")]);
}

#[test]
fn an_accepted_break_asks_for_no_version() {
    let pet = |properties: Value| {
        schemas(json!({ "Pet": { "type": "object", "properties": properties } }))
    };
    let mut base = operation(json!([]));
    base["components"] = pet(json!({ "name": { "type": "string" } }))["components"].take();
    base["paths"]["/pets"]["get"]["responses"]["200"]["content"] =
        json!({ "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } });
    let mut head = base.clone();
    head["components"]["schemas"]["Pet"]["properties"] = json!({});
    let messages = |head: &Value, accepted: &str| -> Vec<String> {
        let accepted = format!("[[accept]]\nchange = \"*/*/*:{accepted}\"\nreason = \"agreed\"\n");
        let report = report(&base, head, &accepted);
        let rows = report
            .rows
            .iter()
            .filter(|row| &*row.location.pointer == "/info/version");
        rows.map(|row| row.message.clone()).collect()
    };
    let removed = "/components/schemas/Pet/properties/name";
    assert_eq!(
        messages(&head, "/nothing"),
        ["the change breaks callers, and the document's version is still `1`"]
    );
    assert_eq!(messages(&head, removed), [""; 0]);
    head["info"]["version"] = json!("1.1");
    let other = "the change breaks callers, and the document's version only went from `1` to `1.1`";
    assert_eq!(messages(&head, "/nothing"), [other]);
    let changed = "the document's version changed from `1` to `1.1`";
    assert_eq!(messages(&head, removed), [changed]);
}

#[test]
fn a_malformed_schema_has_a_place() {
    let base = schemas(json!({ "A": { "type": "string" }, "B": { "type": "string" } }));
    for odd in [
        Value::Null,
        json!(1),
        json!([]),
        json!({ "type": null }),
        json!({ "$ref": "#/components/schemas/A" }),
    ] {
        let head = schemas(json!({ "A": odd, "B": odd }));
        for report in [report(&base, &head, ""), report(&head, &base, "")] {
            assert!(!report.rows.is_empty(), "{odd}");
            for row in &report.rows {
                assert!(
                    row.location.pointer.starts_with("/components/schemas/"),
                    "{odd}: {}",
                    row.fingerprint
                );
                let places = [&row.base, &row.head].into_iter().flatten();
                places.for_each(|place| assert!(place.line > 1, "{odd}: {}", row.fingerprint));
            }
        }
    }
}

#[test]
fn a_shared_schema_has_one_area_whoever_uses_it() {
    let reference = json!({ "$ref": "#/components/schemas/Status" });
    let document = |values: Value, in_query: bool, in_response: bool| {
        let mut document = schemas(json!({ "Status": { "type": "string", "enum": values } }));
        let get = &mut document["paths"]["/pets"]["get"];
        if in_query {
            get["parameters"] = json!([{ "name": "status", "in": "query", "schema": reference }]);
        }
        if in_response {
            let content = json!({ "application/json": { "schema": reference } });
            get["responses"]["200"]["content"] = content;
        }
        document
    };
    for (in_query, in_response) in [(true, true), (false, true), (true, false)] {
        let base = document(json!(["open", "shut"]), in_query, in_response);
        let head = document(json!(["open", "shut", "left"]), in_query, in_response);
        let report = report(&base, &head, "");
        let found: Vec<&str> = report.rows.iter().map(|row| &*row.fingerprint).collect();
        let expected = "schema/values/add:/components/schemas/Status/enum/left";
        assert!(
            found.contains(&expected),
            "{in_query} {in_response}: {found:?}"
        );
    }
}

fn schemas(schemas: Value) -> Value {
    let mut document = operation(json!([]));
    document["components"] = json!({ "schemas": schemas });
    document
}

fn operation(parameters: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Pets", "version": "1" },
        "paths": { "/pets": { "get": {
            "parameters": parameters,
            "responses": { "200": { "description": "Fine." } },
        } } },
    })
}

/// The pointers of what is still open after one acceptance.
fn open(base: &Value, head: &Value, accepted: &str) -> Vec<String> {
    let change = format!("*/*/*:{accepted}");
    let accepted = format!("[[accept]]\nchange = \"{change}\"\nreason = \"agreed\"\n");
    pointers(&report(base, head, &accepted))
}

/// Those of the fingerprints, except that of the document's version.
fn pointers(report: &Report) -> Vec<String> {
    let open = report.rows.iter().filter(|row| row.accepted.is_none());
    let pointers = open.filter_map(|row| row.fingerprint.split_once(':'));
    let pointers = pointers.map(|(_, pointer)| pointer.to_owned());
    pointers
        .filter(|pointer| pointer != "/info/version")
        .collect()
}

fn report(base: &Value, head: &Value, review: &str) -> Report {
    let mut diagnostics = Diagnostics::default();
    let source = |name: &str, text: String| Arc::new(Source::new(name, text));
    let side = |name, document: &Value| Input {
        document: source(name, format!("{document:#}")),
        ..Input::default()
    };
    let review = Settings::parse(source("review.toml", review.to_owned()), &mut diagnostics);
    let review = review.unwrap_or_else(|_| panic!("the review file is wrong"));
    let (base, head) = (side("base.json", base), side("head.json", head));
    let report = review::compare(&base, &head, &review, "2026-11-22", &mut diagnostics);
    report.unwrap_or_else(|_| panic!("rejected"))
}
