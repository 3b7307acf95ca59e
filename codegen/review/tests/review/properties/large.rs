//! Changes as large as a document: the review stays in proportion to them. A debug build ends in
//! seconds; what is more than linear would not end at all.

use review::Report;
use review::render::{self, Format};
use serde_json::{Map, Value, json};

use crate::properties::compared;

const MANY: usize = 2_000;

#[test]
fn properties_are_renamed() {
    for required in [false, true] {
        let model = |name: fn(usize) -> String| {
            let names: Vec<String> = (0..MANY).map(name).collect();
            let properties = names.iter().map(|name| (name, json!({"type": "string"})));
            let properties: Map<_, _> = properties.map(|(n, v)| (n.clone(), v)).collect();
            let required = if required { names } else { Vec::new() };
            schemas([(
                "A".to_owned(),
                json!({"type": "object", "properties": properties, "required": required}),
            )])
        };
        let old = model(|n| format!("field_number_{n}"));
        let same_words = compared(&old, &model(|n| format!("fieldNumber{n}")));
        let renamed = same_words.rows.iter().filter(|row| row.renamed.is_some());
        assert_eq!(renamed.count(), MANY);
        let report = compared(&old, &model(|n| format!("other_{n}_thing")));
        assert!(report.rows.len() >= 2 * MANY);
    }
}

#[test]
fn chains_of_references_are_followed() {
    let links = 5_000;
    let chain = |end: &str| {
        let link =
            |n: usize| json!({"$ref": format!("#/components/schemas/{}", name("Link", n + 1))});
        let mut all: Vec<_> = (0..links).map(|n| (name("Link", n), link(n))).collect();
        all.push((
            name("Link", links),
            json!({"type": "object", "properties": {"x": {"type": end}}}),
        ));
        all.push((
            "A".to_owned(),
            json!({"$ref": "#/components/schemas/Link0"}),
        ));
        schemas(all)
    };
    let report = compared(&chain("string"), &chain("integer"));
    assert_eq!(
        compared::lines(&report).lines().count(),
        2,
        "{}",
        compared::lines(&report)
    );
}

#[test]
fn values_are_exchanged() {
    let listed = |word: &str| {
        let values: Vec<String> = (0..5_000).map(|n| format!("{word}_{n}")).collect();
        schemas([("A".to_owned(), json!({"type": "string", "enum": values}))])
    };
    let report = compared(&listed("old"), &listed("other"));
    assert!(report.rows.len() >= 10_000);
    let text = render::render(&report, Format::Text { color: false });
    assert!(text.len() < 500 * report.rows.len());
}

#[test]
fn schemas_and_alternatives_are_renamed() {
    let union = |word: &str| {
        let members = (0..MANY).map(|n| {
            let properties = json!({"x": {"type": "string"}, format!("y{n}"): {"type": "string"}});
            let schema = json!({"type": "object", "properties": properties});
            (name(word, n), schema)
        });
        let references = (0..MANY).map(|n| {
            let reference = format!("#/components/schemas/{}", name(word, n));
            json!({ "$ref": reference })
        });
        let whole = (
            "A".to_owned(),
            json!({"oneOf": references.collect::<Vec<_>>()}),
        );
        schemas(members.chain([whole]))
    };
    compared(&union("Cat"), &union("Dog"));
}

#[test]
fn operations_and_parameters_are_exchanged() {
    let paths = |word: &str| {
        let parameters = |count: usize, name: &str| {
            let parameter = |n| json!({"name": format!("{name}{n}"), "in": "query", "schema": {"type": "string"}});
            (0..count).map(parameter).collect::<Vec<_>>()
        };
        let operation = |id: String, parameters: Vec<Value>| json!({"get": {"operationId": id, "parameters": parameters, "responses": {"200": {"description": "D"}}}});
        let mut paths: Map<String, Value> = (0..MANY)
            .map(|n| {
                (
                    format!("/{word}/{n}"),
                    operation(format!("{word}{n}"), parameters(1, "q")),
                )
            })
            .collect();
        paths.insert(
            "/all".to_owned(),
            operation("all".to_owned(), parameters(MANY, word)),
        );
        json!({"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": paths})
    };
    let report = compared(&paths("old"), &paths("other"));
    assert!(report.rows.len() >= 4 * MANY);
}

fn name(word: &str, number: usize) -> String {
    format!("{word}{number}")
}

/// A document whose only response is the schema `A`.
fn schemas(schemas: impl IntoIterator<Item = (String, Value)>) -> Value {
    let schemas: Map<String, Value> = schemas.into_iter().collect();
    let response = json!({"schema": {"$ref": "#/components/schemas/A"}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {
            "operationId": "getA",
            "responses": {"200": {"description": "D", "content": {"application/json": response}}},
        }}},
        "components": {"schemas": schemas},
    })
}

/// The report, which says of each edit only what concerns it.
fn compared(base: &Value, head: &Value) -> Report {
    const MOST_PER_BYTE: usize = 120;
    let (base, head) = (base.to_string(), head.to_string());
    let report = compared::texts(&base, &head).expect("both are documents");
    assert_eq!(compared::flaw(&report), None);
    let json = render::render(&report, Format::Json);
    assert!(json.len() < MOST_PER_BYTE * (base.len() + head.len()));
    report
}
