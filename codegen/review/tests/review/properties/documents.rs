//! Documents that are small and have some of everything.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};
use tests::{cases, workspace};

use crate::properties::rewrites;

/// Documents of version 3.0, and of 3.1.
pub fn documents() -> impl Strategy<Value = Value> {
    (version_30(), any::<bool>(), vec(object(), 2)).prop_map(|(mut document, newer, bodies)| {
        if newer {
            rewrites::versions::upgrade(&mut document);
            for (name, schema) in ["petBorn", "petSold"].into_iter().zip(bodies) {
                let mut schema = schema;
                rewrites::versions::upgrade_schema(&mut schema);
                document["webhooks"][name] = json!({"post": {
                    "operationId": name,
                    "requestBody": {"content": {"application/json": {"schema": schema}}},
                    "responses": {"204": {"description": "Taken"}},
                }});
            }
        }
        document
    })
}

pub fn version_30() -> impl Strategy<Value = Value> {
    let operations = vec(option::weighted(0.7, operation()), PLACES.len());
    let rest = (parameter("limit"), body(), response(), any::<bool>());
    (components(), operations, rest).prop_map(|(schemas, operations, rest)| {
        let (parameter, body, response, prefixed) = rest;
        let mut document = json!({
            "openapi": "3.0.3",
            "info": {"title": "Pets", "version": "1.0.0", "description": "All about pets"},
            "servers": [{"url": if prefixed { "https://api.example.com/base/v1" } else { "https://api.example.com/v1" }}],
            "tags": [{"name": "Pets"}, {"name": "Others", "description": "Of no operation"}],
            "security": [{"token": []}],
            "paths": {},
            "components": {
                "schemas": schemas,
                "parameters": {"Limit": parameter, "Pet": path_parameter("pet_id")},
                "headers": {"Left": {"schema": {"type": "integer"}, "description": "Calls left"}},
                "requestBodies": {"Pet": body},
                "responses": {"Failed": response},
                "securitySchemes": {
                    "token": {"type": "http", "scheme": "bearer"},
                    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                },
            },
        });
        for ((path, method), operation) in PLACES.into_iter().zip(operations) {
            if let Some(mut operation) = operation {
                operation["operationId"] = json!(format!("{method}{}", path.len()));
                path_parameters(&mut operation, path);
                document["paths"][path][method] = operation;
            }
        }
        document
    })
}

const PLACES: [(&str, &str); 5] = [
    ("/pets", "get"),
    ("/pets", "post"),
    ("/pets/{pet_id}", "get"),
    ("/pets/{pet_id}", "patch"),
    ("/owners/{owner_id}/pets/{pet_id}", "put"),
];

/// The documents of the generator's own cases, and the one that it is there for.
pub fn known() -> Vec<(String, String)> {
    let cases = cases::all().into_iter();
    let cases = cases.map(|case| (case.name.clone(), workspace::read(&case.schema())));
    let billing = workspace::read(&workspace::root().join("schema/billing.yaml"));
    cases.chain([("billing".to_owned(), billing)]).collect()
}

/// Those that are values that JSON can hold, of version 3 and small enough to be tried often.
pub fn known_values() -> Vec<(String, Value)> {
    let known = known().into_iter();
    let values = known.filter_map(|(name, text)| {
        let value: serde_yaml::Value = serde_yaml::from_str(&text).ok()?;
        let value: Value = serde_json::to_value(value).ok()?;
        let version = value.get("openapi")?.as_str()?;
        // What is of another kind than belongs there is nothing that could be said in other words.
        // What is said in other words may stand elsewhere, where no reference into it leads.
        let known = [
            "wrong_kind_ref",
            "left_out",
            "left_out_types",
            "deep_refs",
            "defs_and_anchors",
            "dynamic_refs",
            "ids",
        ]
        .contains(&name.as_str());
        let sound = !known && text.len() < 60_000;
        let often = sound && name != cases::COMBINED;
        (version.starts_with("3.") && often).then_some((name, value))
    });
    values
        .chain([(
            "combined".to_owned(),
            cases::combined(8, &json!({"type": "string"})),
        )])
        .collect()
}

fn path_parameters(operation: &mut Value, path: &str) {
    let list = operation["parameters"].as_array_mut().expect("a list");
    if path.contains("{pet_id}") {
        list.push(json!({"$ref": "#/components/parameters/Pet"}));
    }
    if path.contains("{owner_id}") {
        list.push(path_parameter("owner_id"));
    }
}

fn path_parameter(name: &str) -> Value {
    json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}})
}

fn operation() -> impl Strategy<Value = Value> {
    let parameters = (parameter("kind"), parameter("sort"), any::<bool>());
    let body = option::of(prop_oneof![
        3 => body(),
        1 => Just(json!({"$ref": "#/components/requestBodies/Pet"})),
    ]);
    let rest = (select(vec![0, 1, 2]), any::<[bool; 3]>());
    (parameters, body, response(), rest).prop_map(
        |(parameters, body, response, (security, flags))| {
            let (one, two, limited) = parameters;
            let mut list = vec![one];
            if flags[0] {
                list.push(two);
            }
            if limited {
                list.push(json!({"$ref": "#/components/parameters/Limit"}));
            }
            let mut operation = json!({
                "tags": ["Pets", "Zoo"],
                "summary": "Does something with pets",
                "parameters": list,
                "responses": {
                    "200": response,
                    "404": {"description": "There is none"},
                    "default": {"$ref": "#/components/responses/Failed"},
                },
            });
            match security {
                1 => operation["security"] = json!([{"token": []}, {"key": []}]),
                2 => operation["security"] = json!([]),
                _ => {}
            }
            if let Some(body) = body {
                operation["requestBody"] = body;
            }
            if flags[1] {
                operation["deprecated"] = json!(true);
            }
            if flags[2] {
                operation["callbacks"] = json!({"done": {"{$request.query.url}": {"post": {
                    "requestBody": {"content": {"application/json": {
                        "schema": {"$ref": "#/components/schemas/Pet"},
                    }}},
                    "responses": {"204": {"description": "Taken"}},
                }}}});
            }
            operation
        },
    )
}

fn parameter(name: &'static str) -> impl Strategy<Value = Value> {
    let query = (
        any::<bool>(),
        select(vec!["", "form", "pipeDelimited"]),
        leaf(false),
    );
    let query = query.prop_map(move |(required, style, items)| {
        let mut parameter = json!({"name": name, "in": "query", "required": required});
        parameter["schema"] = match style {
            "" => items,
            _ => json!({"type": "array", "items": items}),
        };
        if !style.is_empty() {
            parameter["style"] = json!(style);
            parameter["explode"] = json!(false);
        }
        parameter
    });
    let header = leaf(false).prop_map(
        move |schema| json!({"name": format!("X-{name}"), "in": "header", "schema": schema}),
    );
    prop_oneof![3 => query, 1 => header]
}

fn body() -> impl Strategy<Value = Value> {
    (any::<bool>(), schema()).prop_map(|(required, schema)| {
        let content = json!({"application/json": {"schema": schema}});
        json!({"required": required, "content": content, "description": "A pet"})
    })
}

fn response() -> impl Strategy<Value = Value> {
    (schema(), leaf(false), any::<[bool; 2]>()).prop_map(|(schema, header, flags)| {
        let content = json!({"application/json": {"schema": schema}});
        let mut response = json!({"description": "Fine", "content": content});
        if flags[0] {
            response["headers"]["X-Next"] = json!({"required": flags[1], "schema": header});
            response["headers"]["X-Left"] = json!({"$ref": "#/components/headers/Left"});
        }
        response
    })
}

/// Of which the last ones are fixed, so that references lead somewhere and chains of `allOf` end.
fn components() -> impl Strategy<Value = Value> {
    (object(), object(), object(), schema()).prop_map(|(pet, owner, mut base, any)| {
        base["properties"]["born"] = json!({"type": "string", "format": "date-time"});
        json!({
            "Pet": pet,
            "Owner": owner,
            "Base": base,
            "Any": {"type": "object", "properties": {"inner": any}},
            "Color": {"type": "string", "enum": ["red", "green", "blue"]},
            "Shape": {
                "oneOf": [
                    {"$ref": "#/components/schemas/Circle"},
                    {"$ref": "#/components/schemas/Square"},
                ],
                "discriminator": {"propertyName": "kind"},
            },
            "Circle": variant("Circle", "radius"),
            "Square": variant("Square", "side"),
            "Tree": {"type": "object", "properties": {
                "name": {"type": "string"},
                "parent": {"$ref": "#/components/schemas/Tree"},
                "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
            }},
        })
    })
}

fn variant(kind: &str, size: &str) -> Value {
    json!({
        "type": "object",
        "required": ["kind", size],
        "properties": {
            "kind": {"type": "string", "enum": [kind]},
            size: {"type": "number", "minimum": 0, "exclusiveMinimum": true},
        },
    })
}

const NAMES: [&str; 6] = ["Pet", "Owner", "Color", "Shape", "Tree", "Any"];

fn schema() -> impl Strategy<Value = Value> {
    leaf(true).prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            3 => object_of(inner.clone()),
            1 => (inner.clone(), any::<[bool; 2]>()).prop_map(|(items, flags)| {
                let mut list = json!({"type": "array", "items": items});
                if flags[0] { list["minItems"] = json!(1); }
                if flags[1] { list["uniqueItems"] = json!(true); }
                list
            }),
            1 => inner.clone().prop_map(|values| {
                json!({"type": "object", "additionalProperties": values})
            }),
            1 => object_of(inner.clone()).prop_map(|own| {
                json!({"allOf": [{"$ref": "#/components/schemas/Base"}, own]})
            }),
            1 => object_of(inner).prop_map(|own| json!({"oneOf": [
                {"$ref": "#/components/schemas/Circle"},
                own,
                {"type": "string", "maxLength": 9},
            ]})),
        ]
    })
}

fn object() -> BoxedStrategy<Value> {
    object_of(schema()).boxed()
}

const PROPERTIES: [&str; 6] = ["id", "name", "age", "tags", "owner", "size_cm"];

fn object_of(inner: impl Strategy<Value = Value> + 'static) -> impl Strategy<Value = Value> {
    let members = subsequence(PROPERTIES.to_vec(), 1..4);
    let flags = (any::<[bool; 4]>(), 0..6);
    (members, vec(inner, 4), flags).prop_map(|(names, schemas, (flags, rest))| {
        let properties: Map<String, Value> = names
            .iter()
            .map(|name| (*name).to_owned())
            .zip(schemas)
            .collect();
        let required: Vec<&str> = names
            .iter()
            .zip(flags)
            .filter(|(_, f)| *f)
            .map(|(n, _)| *n)
            .collect();
        let mut object = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            object["required"] = json!(required);
        }
        match rest {
            0 => object["additionalProperties"] = json!(false),
            1 => object["additionalProperties"] = json!({"type": "string"}),
            2 => object["nullable"] = json!(true),
            3 => object["description"] = json!("What it is"),
            _ => {}
        }
        object
    })
}

/// What holds no other schemas; `whole` can be what parameters are not made of.
fn leaf(whole: bool) -> BoxedStrategy<Value> {
    let text =
        (option::of(0..3), option::of(5..9), any::<bool>()).prop_map(|(least, most, null)| {
            let mut schema = json!({"type": "string"});
            if let Some(least) = least {
                schema["minLength"] = json!(least);
            }
            if let Some(most) = most {
                schema["maxLength"] = json!(most);
            }
            if null {
                schema["nullable"] = json!(true);
            }
            schema
        });
    let number = (
        select(vec!["integer", "number"]),
        option::of(-3..3),
        any::<[bool; 2]>(),
    );
    let number = number.prop_map(|(kind, least, flags)| {
        let mut schema = json!({"type": kind});
        if let Some(least) = least {
            schema["minimum"] = json!(least);
            if flags[0] {
                schema["exclusiveMinimum"] = json!(true);
            }
        }
        if flags[1] {
            schema["maximum"] = json!(100);
        }
        schema
    });
    let fixed = select(vec![
        json!({"type": "boolean", "default": false}),
        json!({"type": "string", "format": "uuid", "readOnly": true}),
        json!({"type": "string", "pattern": "^[a-z]+$", "writeOnly": true}),
        json!({"type": "integer", "format": "int64", "description": "A number"}),
        json!({"type": "string", "enum": ["one", "two", "three"]}),
        json!({"type": "string", "enum": ["up", "down", null], "nullable": true}),
    ]);
    if !whole {
        return prop_oneof![text, number, fixed].boxed();
    }
    let name = select(NAMES.to_vec());
    let reference = name.prop_map(|name| json!({"$ref": format!("#/components/schemas/{name}")}));
    prop_oneof![text, number, fixed, reference].boxed()
}
