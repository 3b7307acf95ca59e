//! Documents of extreme shapes take as long as they are large: each is thousands of times what a real one has, of the
//! kind that takes minutes where something is compared with everything else.

use std::fmt::Write;
use std::path::Path;

use codegen::diagnostic::{Diagnostics, Severity};
use codegen::document::codes::DUPLICATE_KEY;
use codegen::{Generated, Generator, Rejected};
use serde_json::{Map, Value, json};
use tests::sample::Sample;

/// How many there are of what there is many of: squared, it is minutes, or seconds in a usual run.
fn many() -> usize {
    if Sample::of_run().is_all() {
        50_000
    } else {
        15_000
    }
}

#[test]
fn names_that_are_one_as_identifiers_are_numbered() {
    let sign = |n: usize| char::from_u32(0x2_0000 + n as u32).expect("a character of Chinese");
    let values: Vec<String> = (0..many() / 2).map(|n| format!("!{}", sign(n))).collect();
    let properties = values
        .iter()
        .map(|name| (name.clone(), json!({ "enum": ["a"] })));
    let properties: Map<String, Value> = properties.take(many() / 20).collect();
    let document = of_schemas(json!({ "A": { "type": "object", "properties": properties },
                                      "B": { "type": "string", "enum": values } }));
    assert_eq!(generated(&document).operations(), 2);
}

#[test]
fn a_schema_can_require_many_properties() {
    let names: Vec<String> = (0..many()).map(|n| format!("p{n}")).collect();
    let properties = names
        .iter()
        .map(|name| (name.clone(), json!({ "description": "As `p1`." })));
    let properties: Map<String, Value> = properties.collect();
    let schema = json!({ "type": "object", "required": names, "properties": properties });
    assert_eq!(generated(&of_schemas(json!({ "A": schema }))).types(), 1);
}

#[test]
fn references_and_requirements_can_lead_nowhere() {
    let count = many() / 10;
    let schemas = (0..count).map(|n| (format!("Schema{n}"), json!({ "type": "object" })));
    let schemes = (0..count).map(|n| {
        (
            format!("scheme{n}"),
            json!({ "type": "http", "scheme": "bearer" }),
        )
    });
    let (schemas, schemes): (Map<String, Value>, Map<String, Value>) =
        (schemas.collect(), schemes.collect());
    let operation = |n: usize| {
        let schema = json!({ "$ref": format!("#/components/schemas/Schemata{n}") });
        let content = json!({ "application/json": { "schema": schema } });
        json!({ "get": { "security": [{ format!("schemata{n}"): [] }],
                         "responses": { "200": { "description": "D", "content": content } } } })
    };
    let paths: Map<String, Value> = (0..count)
        .map(|n| (format!("/{n}"), operation(n)))
        .collect();
    let mut document = of_paths(paths);
    document["components"] = json!({ "schemas": schemas, "securitySchemes": schemes });
    assert_eq!(generated(&document).operations(), count);
}

#[test]
fn choices_can_be_of_lists_of_one_another() {
    let count = 24;
    let reference = |n: usize| json!({ "$ref": format!("#/components/schemas/Choice{n}") });
    let choice = |n: usize| {
        let list = |other: usize| json!({ "type": "array", "items": reference(other) });
        let others = (0..count).filter(|other| *other != n).map(list);
        let own = json!({ "type": "object", "properties": { format!("p{n}"): reference((n + 1) % count) } });
        json!({ "oneOf": others.chain([json!({ "type": "string" }), own]).collect::<Vec<_>>() })
    };
    let schemas = (0..count).map(|n| (format!("Choice{n}"), choice(n)));
    let schemas: Map<String, Value> = schemas.collect();
    let form = json!({ "type": "object", "properties": { "part": reference(0) } });
    let content = |ty: &str, schema: Value| json!({ "content": { ty: { "schema": schema } } });
    let mut read = content("application/json", reference(0));
    read["description"] = json!("D");
    let operation = json!({ "post": { "requestBody": content("multipart/form-data", form), "responses": { "200": read } } });
    let mut document = of_paths(Map::from_iter([("/choices".to_owned(), operation)]));
    document["components"] = json!({ "schemas": schemas });
    assert_eq!(generated(&document).operations(), 1);
}

#[test]
fn every_path_can_lack_its_slash() {
    let operation = json!({ "get": { "responses": { "200": { "description": "D" } } } });
    let paths = (0..many() / 5).map(|n| (format!("p{n}"), operation.clone()));
    assert_eq!(
        generated(&of_paths(paths.collect())).operations(),
        many() / 5
    );
}

#[test]
fn every_operation_and_item_can_be_invalid() {
    let parameter = |n: usize| {
        if n.is_multiple_of(2) {
            json!(n)
        } else {
            json!({ "in": "query", "name": [n] })
        }
    };
    let parameters: Vec<Value> = (0..many()).map(parameter).collect();
    let mut paths = Map::new();
    paths.insert(
        "/a".into(),
        json!({ "get": { "parameters": parameters, "responses": {} } }),
    );
    paths
        .extend((0..many() / 10).map(|n| (format!("/{n}"), json!({ "get": { "parameters": n } }))));
    assert_eq!(generated(&of_paths(paths)).left_out(), many() / 10);
}

#[test]
fn keys_can_be_a_megabyte_long() {
    let long = "long ".repeat(200_000);
    let reference = |end: &str| json!({ "$ref": format!("#/components/schemas/{long}{end}") });
    let schemas = json!({ format!("{long}1"): { "type": "object", long.as_str(): 1, "properties": { long.as_str(): {} } } });
    let mut document = of_schemas(schemas);
    let content = json!({ "application/json": { "schema": reference("2") } });
    document["paths"][format!("/{long}")] = json!({ "get": { long.as_str(): 1, "responses": { "200": { "description": "D", "content": content } } } });
    let (generated, diagnostics) = run(&document.to_string());
    assert!(generated.is_ok());
    let longest = diagnostics.iter().map(|d| d.render(false).len()).max();
    assert!(
        longest.is_some_and(|longest| longest < 20_000),
        "{longest:?}"
    );
}

#[test]
fn every_key_can_be_there_twice() {
    let mut text = r#"{"openapi": "3.0.3", "x-list": ["#.to_owned();
    for _ in 0..many() {
        text.push_str(r#"{"a": 1, "a": 2}, "#);
    }
    text.push_str("0]}");
    let (generated, diagnostics) = run(&text);
    assert!(generated.is_ok());
    let twice = diagnostics.iter().filter(|d| d.code == DUPLICATE_KEY);
    assert_eq!(twice.count(), many());
}

#[test]
fn a_path_can_have_many_segments() {
    let segments = (0..many() / 20).map(|n| format!("/s{n}"));
    let operation = json!({ "get": { "responses": { "200": { "description": "D" } } } });
    let paths = Map::from_iter([(segments.collect(), operation)]);
    assert_eq!(generated(&of_paths(paths)).operations(), 1);
}

#[test]
fn a_chain_can_be_long() {
    let next = |n: usize| json!({ "$ref": format!("#/components/schemas/A{}", n + 1) });
    let kinds: [(usize, Link); 4] = [
        (many(), |next| next),
        (many(), |next| json!({ "type": "array", "items": next })),
        (
            many() / 5,
            |next| json!({ "type": "object", "required": ["a"], "properties": { "a": next } }),
        ),
        (
            many() / 100,
            |next| json!({ "allOf": [next, { "properties": { "a": {} } }] }),
        ),
    ];
    for (count, link) in kinds {
        let mut schemas: Map<String, Value> = (0..count)
            .map(|n| (format!("A{n}"), link(next(n))))
            .collect();
        schemas.insert(format!("A{count}"), json!({ "type": "object" }));
        let (generated, _) =
            run(&of_schema(&json!({ "$ref": "#/components/schemas/A0" }), schemas).to_string());
        assert!(generated.is_ok(), "{count}");
    }
}

#[test]
fn what_is_nested_too_deep_is_rejected_with_its_place() {
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}"), (r#"{"allOf":["#, "]}")] {
        let deep = format!("{}0{}", open.repeat(40_000), close.repeat(40_000));
        let text = format!(r#"{{"openapi": "3.0.3", "paths": {{}}, "x-deep": {deep}}}"#);
        let (generated, diagnostics) = run(&text);
        assert!(generated.is_err());
        let first = diagnostics.iter().next().expect("a reason");
        assert_eq!(first.message, "the document is nested too deep");
        assert!(first.span.is_some());
    }
}

#[test]
fn the_time_of_many_operations_is_that_of_each() {
    let parameter = json!({ "in": "query", "name": "q", "schema": { "type": "string" } });
    let operation = json!({ "get": { "tags": ["t"], "parameters": [parameter],
                                     "responses": { "200": { "description": "D" } } } });
    let count = many() / 25;
    let paths = (0..count).map(|n| (format!("/a/{n}"), operation.clone()));
    assert_eq!(generated(&of_paths(paths.collect())).operations(), count);
}

/// Makes the schema that holds the next one.
type Link = fn(Value) -> Value;

fn of_paths(paths: Map<String, Value>) -> Value {
    json!({ "openapi": "3.0.3", "info": { "title": "Shape", "version": "1" }, "paths": paths })
}

/// A document with an operation for each schema.
fn of_schemas(schemas: Value) -> Value {
    let names = schemas.as_object().into_iter().flatten();
    let paths = names.enumerate().map(|(number, (name, _))| {
        let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
        (format!("/{number}"), returning(&schema))
    });
    let mut document = of_paths(paths.collect());
    document["components"] = json!({ "schemas": schemas });
    document
}

fn of_schema(schema: &Value, schemas: Map<String, Value>) -> Value {
    let mut document = of_paths(Map::from_iter([("/a".to_owned(), returning(schema))]));
    document["components"] = json!({ "schemas": schemas });
    document
}

fn returning(schema: &Value) -> Value {
    let content = json!({ "application/json": { "schema": schema } });
    json!({ "get": { "responses": { "200": { "description": "D", "content": content } } } })
}

fn generated(document: &Value) -> Generated {
    let (generated, diagnostics) = run(&document.to_string());
    let mut errors = String::new();
    for diagnostic in diagnostics
        .iter()
        .filter(|d| d.severity == Severity::Error)
        .take(3)
    {
        writeln!(errors, "{}", diagnostic.render(false)).expect("a text can be written to");
    }
    generated.unwrap_or_else(|_| panic!("{errors}"))
}

fn run(text: &str) -> (Result<Generated, Rejected>, Diagnostics) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let schema = folder.path().join("schema.json");
    std::fs::write(&schema, text).expect("the document can be written");
    let mut diagnostics = Diagnostics::default();
    let generated = Generator::new(Path::new(&schema)).generate(&mut diagnostics);
    (generated, diagnostics)
}
