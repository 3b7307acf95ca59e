//! A document of any size, as like to a real one as a rule can make it.

use serde_json::{Map, Value, json};

/// A resource has as many operations.
const PER_RESOURCE: usize = 5;

/// A document with so many operations: resources with five each, each with schemas of its own.
pub fn of(operations: usize) -> Value {
    let (mut paths, mut schemas) = (Map::new(), common());
    for index in 0..operations.div_ceil(PER_RESOURCE) {
        let count = PER_RESOURCE.min(operations - index * PER_RESOURCE);
        resource(index, count, &mut paths, &mut schemas);
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Synthetic", "version": "1.0.0", "description": "As large as it was asked for." },
        "servers": [{ "url": "https://api.example.com/v1" }],
        "security": [{ "token": [] }],
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": schemas,
        },
    })
}

fn common() -> Map<String, Value> {
    let error = json!({
        "type": "object",
        "required": ["code", "message"],
        "properties": { "code": { "type": "integer" }, "message": { "type": "string" } },
    });
    let address = json!({
        "type": "object",
        "properties": { "street": { "type": "string" }, "country": { "type": "string", "maxLength": 2 } },
    });
    [("Error", error), ("Address", address)]
        .map(|(name, schema)| (name.to_owned(), schema))
        .into_iter()
        .collect()
}

fn resource(
    index: usize,
    count: usize,
    paths: &mut Map<String, Value>,
    schemas: &mut Map<String, Value>,
) {
    let (name, tag) = (format!("Thing{index}"), format!("things{index}"));
    schemas.insert(name.clone(), schema(index));
    let body = json!({ "required": true, "content": content(reference(&name)) });
    let list = json!({ "type": "array", "items": reference(&name) });
    let verbs = [
        ("list", "get", false, None, Some(list)),
        (
            "create",
            "post",
            false,
            Some(body.clone()),
            Some(reference(&name)),
        ),
        ("get", "get", true, None, Some(reference(&name))),
        ("update", "patch", true, Some(body), Some(reference(&name))),
        ("delete", "delete", true, None, None),
    ];
    for (verb, method, one, body, response) in verbs.into_iter().take(count) {
        let path = if one {
            format!("/{tag}/{{id}}")
        } else {
            format!("/{tag}")
        };
        let mut operation = json!({
            "operationId": format!("{verb}{name}"),
            "tags": [tag],
            "summary": format!("{verb} a thing of kind {index}"),
            "parameters": parameters(verb, one),
            "responses": responses(response),
        });
        if let Some(body) = body {
            operation["requestBody"] = body;
        }
        let item = paths.entry(path).or_insert_with(|| json!({}));
        item[method] = operation;
    }
}

fn schema(index: usize) -> Value {
    json!({
        "type": "object",
        "description": format!("A thing of kind {index}, with *what* there is to know of it."),
        "required": ["id", "name"],
        "properties": {
            "id": { "type": "string", "readOnly": true },
            "name": { "type": "string", "description": "What people call it.", "maxLength": 120 },
            "state": { "type": "string", "enum": ["new", "active", "closed", format!("kind-{index}")] },
            "created_at": { "type": "string", "format": "date-time" },
            "count": { "type": "integer", "minimum": 0, "default": 0 },
            "labels": { "type": "object", "additionalProperties": { "type": "string" } },
            "address": reference("Address"),
            "parent": { "nullable": true, "allOf": [reference(&format!("Thing{}", index / 2))] },
        },
    })
}

fn parameters(verb: &str, one: bool) -> Value {
    let string = json!({ "type": "string" });
    if one {
        json!([{ "name": "id", "in": "path", "required": true, "schema": string }])
    } else if verb == "list" {
        json!([
            { "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": 100 } },
            { "name": "labels", "in": "query", "schema": { "type": "array", "items": string } },
        ])
    } else {
        json!([])
    }
}

fn responses(success: Option<Value>) -> Value {
    let error = json!({ "description": "It failed.", "content": content(reference("Error")) });
    match success {
        Some(schema) => json!({
            "200": { "description": "It went well.", "content": content(schema) },
            "default": error,
        }),
        None => json!({ "204": { "description": "It is gone." }, "default": error }),
    }
}

fn content(schema: Value) -> Value {
    json!({ "application/json": { "schema": schema } })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}
