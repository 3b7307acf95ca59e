//! The keywords of Swagger 2.0, in the manner of those of OpenAPI 3.0
//! (<https://spec.openapis.org/oas/v2.0>).
//!
//! What is rewritten is `Used` here; whether it has an effect on the crate is known of the word of 3.0 that it becomes.

use serde_yaml::{Mapping, Value};

use crate::document::keywords::Expect::{
    Any, Boolean, Count, List, Map, Number, Object, ObjectOrReference, OneOrSeveral,
    SchemaOrBoolean, Text,
};
use crate::document::keywords::Fate::{Ignored, Later, Required, Used};
use crate::document::keywords::{Expect, Keyword, Kind, Vocabulary, table};
use crate::document::values::{Problem, missing, one_of, text};

pub const SWAGGER_2: Vocabulary = Vocabulary {
    version: "Swagger 2.0",
    document: "Swagger",
    keywords,
    entries,
    values,
    repairs: |_| {},
};

const SCHEMA: Expect = ObjectOrReference(Kind::Schema);
const PARAMETER: Expect = ObjectOrReference(Kind::Parameter);
const RESPONSE: Expect = ObjectOrReference(Kind::Response);
const DOCS: Expect = Object(Kind::ExternalDocs);
const REQUIREMENTS: Expect = List(&Map(&List(&Text)));
const OPERATION: Expect = Object(Kind::Operation);

fn entries(kind: Kind) -> Option<Expect> {
    match kind {
        Kind::Paths => Some(Object(Kind::PathItem)),
        Kind::Responses => Some(RESPONSE),
        Kind::Scopes => Some(Text),
        _ => None,
    }
}

fn keywords(kind: Kind) -> &'static [Keyword] {
    match kind {
        Kind::Parameter | Kind::Items | Kind::Header => values_of_requests(kind),
        Kind::PathItem | Kind::Operation | Kind::Response => operations(kind),
        Kind::Schema => SCHEMA_KEYWORDS,
        Kind::Xml => table![
            "name" Used Text, "namespace" Used Text, "prefix" Used Text, "attribute" Used Boolean,
            "wrapped" Used Boolean,
        ],
        Kind::SecurityScheme => table![
            "type" Required Text, "description" Used Text, "name" Used Text, "in" Used Text,
            "flow" Used Text, "authorizationUrl" Used Text, "tokenUrl" Used Text,
            "scopes" Used Object(Kind::Scopes), "scheme" Later Text, "bearerFormat" Later Text,
            "openIdConnectUrl" Later Text, "flows" Later Any,
        ],
        _ => about(kind),
    }
}

fn about(kind: Kind) -> &'static [Keyword] {
    match kind {
        Kind::Document => table![
            "swagger" Required Any, "info" Required Object(Kind::Info), "host" Used Text,
            "basePath" Used Text, "schemes" Used List(&Text), "consumes" Used List(&Text),
            "produces" Used List(&Text), "paths" Required Object(Kind::Paths),
            "definitions" Used Map(&SCHEMA), "parameters" Used Map(&PARAMETER),
            "responses" Used Map(&RESPONSE),
            "securityDefinitions" Used Map(&Object(Kind::SecurityScheme)),
            "security" Used REQUIREMENTS, "tags" Used List(&Object(Kind::Tag)),
            "externalDocs" Used DOCS,
        ],
        Kind::Info => table![
            "title" Required Text, "description" Used Text, "termsOfService" Used Text,
            "contact" Used Object(Kind::Contact), "license" Used Object(Kind::License),
            "version" Required Text,
        ],
        Kind::Contact => table!["name" Used Text, "url" Used Text, "email" Used Text],
        Kind::License => table!["name" Used Text, "url" Used Text],
        Kind::Tag => {
            table!["name" Required Text, "description" Used Text, "externalDocs" Used DOCS]
        }
        Kind::ExternalDocs => table!["description" Used Text, "url" Required Text],
        _ => &[],
    }
}

fn operations(kind: Kind) -> &'static [Keyword] {
    match kind {
        Kind::PathItem => table![
            "$ref" Used Text, "get" Used OPERATION, "put" Used OPERATION, "post" Used OPERATION,
            "delete" Used OPERATION, "options" Used OPERATION, "head" Used OPERATION,
            "patch" Used OPERATION, "parameters" Used List(&PARAMETER), "summary" Later Text,
            "description" Later Text,
        ],
        Kind::Operation => table![
            "tags" Used List(&Text), "summary" Used Text, "description" Used Text,
            "externalDocs" Used DOCS, "operationId" Used Text, "consumes" Used List(&Text),
            "produces" Used List(&Text), "parameters" Used List(&PARAMETER),
            "responses" Required Object(Kind::Responses), "schemes" Used List(&Text),
            "deprecated" Used Boolean, "security" Used REQUIREMENTS,
        ],
        _ => table![
            "description" Used Text, "schema" Used SCHEMA, "headers" Used Map(&Object(Kind::Header)),
            "examples" Used Map(&Any),
        ],
    }
}

/// Parameters, headers, and the items of lists within them: what JSON Schema says of a schema, they say of themselves.
fn values_of_requests(kind: Kind) -> &'static [Keyword] {
    match kind {
        Kind::Parameter => table![
            "name" Required Text, "in" Required Text, "description" Used Text,
            "required" Used Boolean, "schema" Used SCHEMA, "type" Used Text, "format" Used Text,
            "allowEmptyValue" Used Boolean, "items" Used Object(Kind::Items),
            "collectionFormat" Used Text, "default" Used Any, "maximum" Used Number,
            "exclusiveMaximum" Used Boolean, "minimum" Used Number, "exclusiveMinimum" Used Boolean,
            "maxLength" Used Count, "minLength" Used Count, "pattern" Used Text,
            "maxItems" Used Count, "minItems" Used Count, "uniqueItems" Used Boolean,
            "enum" Used List(&Any), "multipleOf" Used Number, "example" Later Any,
            "deprecated" Later Boolean, "nullable" Later Boolean,
        ],
        Kind::Items => table![
            "type" Used Text, "format" Used Text, "items" Used Object(Kind::Items),
            "collectionFormat" Ignored Text, "default" Used Any, "maximum" Used Number,
            "exclusiveMaximum" Used Boolean, "minimum" Used Number, "exclusiveMinimum" Used Boolean,
            "maxLength" Used Count, "minLength" Used Count, "pattern" Used Text,
            "maxItems" Used Count, "minItems" Used Count, "uniqueItems" Used Boolean,
            "enum" Used List(&Any), "multipleOf" Used Number,
        ],
        _ => table![
            "description" Used Text, "type" Used Text, "format" Used Text,
            "items" Used Object(Kind::Items), "collectionFormat" Ignored Text, "default" Used Any,
            "maximum" Used Number, "exclusiveMaximum" Used Boolean, "minimum" Used Number,
            "exclusiveMinimum" Used Boolean, "maxLength" Used Count, "minLength" Used Count,
            "pattern" Used Text, "maxItems" Used Count, "minItems" Used Count,
            "uniqueItems" Used Boolean, "enum" Used List(&Any), "multipleOf" Used Number,
        ],
    }
}

const SCHEMA_KEYWORDS: &[Keyword] = table![
    "format" Used Text, "title" Used Text, "description" Used Text, "default" Used Any,
    "multipleOf" Used Number, "maximum" Used Number, "exclusiveMaximum" Used Boolean,
    "minimum" Used Number, "exclusiveMinimum" Used Boolean, "maxLength" Used Count,
    "minLength" Used Count, "pattern" Used Text, "maxItems" Used Count, "minItems" Used Count,
    "uniqueItems" Used Boolean, "maxProperties" Used Count, "minProperties" Used Count,
    "required" Used List(&Text), "enum" Used List(&Any), "type" Used OneOrSeveral(&Text),
    "items" Used OneOrSeveral(&SCHEMA), "allOf" Used List(&SCHEMA), "properties" Used Map(&SCHEMA),
    "additionalProperties" Used SchemaOrBoolean, "discriminator" Used Any, "readOnly" Used Boolean,
    "xml" Used Object(Kind::Xml), "externalDocs" Used DOCS, "example" Used Any,
    "oneOf" Later List(&SCHEMA), "anyOf" Later List(&SCHEMA), "not" Later SCHEMA,
    "nullable" Later Boolean, "writeOnly" Later Boolean, "deprecated" Later Boolean,
];

/// The values of `flow`, what OpenAPI 3.0 calls them, and what they have to have.
pub const FLOWS: [(&str, &str, &[&str]); 4] = [
    ("implicit", "implicit", &["authorizationUrl"]),
    ("password", "password", &["tokenUrl"]),
    ("application", "clientCredentials", &["tokenUrl"]),
    (
        "accessCode",
        "authorizationCode",
        &["authorizationUrl", "tokenUrl"],
    ),
];

fn values(kind: Kind, object: &Mapping) -> Vec<Problem> {
    match kind {
        Kind::Parameter => parameter(object),
        Kind::SecurityScheme => security_scheme(object),
        _ => Vec::new(),
    }
}

fn parameter(object: &Mapping) -> Vec<Problem> {
    const PLACES: [&str; 5] = ["query", "header", "path", "formData", "body"];
    const FORMATS: [&str; 5] = ["csv", "ssv", "tsv", "pipes", "multi"];
    let mut problems: Vec<Problem> = one_of(object, "in", &PLACES).into_iter().collect();
    problems.extend(one_of(object, "collectionFormat", &FORMATS));
    if text(object, "in") == Some("body") && !object.contains_key("schema") {
        let message = "the Parameter Object of a body has no `schema`";
        problems.push(missing("schema", message));
    }
    problems
}

/// Security schemes of OpenAPI 3 are read, too.
fn security_scheme(object: &Mapping) -> Vec<Problem> {
    const TYPES: [&str; 5] = ["basic", "apiKey", "oauth2", "http", "openIdConnect"];
    let mut problems: Vec<Problem> = one_of(object, "type", &TYPES).into_iter().collect();
    let flows = FLOWS.map(|(flow, ..)| flow);
    problems.extend(one_of(object, "flow", &flows));
    if text(object, "type") != Some("apiKey") {
        return problems;
    }
    for keyword in ["name", "in"] {
        if object.get(keyword).is_none_or(Value::is_null) {
            let message = format!("the Security Scheme Object has no `{keyword}`");
            problems.push(missing(keyword, &message));
        }
    }
    problems.extend(one_of(object, "in", &["query", "header", "cookie"]));
    problems
}
