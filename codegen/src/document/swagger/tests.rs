//! What a document of Swagger 2.0 becomes, and where its nodes are from.

use std::sync::Arc;

use serde_yaml::Value;

use crate::diagnostic::{Diagnostics, Source};
use crate::document::plain_value::PlainValue;
use crate::document::{Document, pointer};

const PETS: &str = "
swagger: '2.0'
info: {title: Pets, version: '1', x-logo: {url: a}}
host: example.com
basePath: /v1/
schemes: [ws, http, https]
consumes: [application/json, application/xml]
produces: [application/json, text/json]
security: [{key: []}]
tags: [{name: pets}]
paths:
  /pets/{id}:
    parameters:
    - {in: body, name: shared, schema: {type: object, properties: {a: {type: string}}}}
    - {in: path, name: id, required: true, type: string, x-example: one}
    get:
      parameters:
      - {in: query, name: tags, type: array, items: {type: string, enum: [a]}, collectionFormat: pipes}
      - {in: query, name: ids, type: array, items: {type: array, items: {type: integer}}}
      - {in: query, name: tabs, type: array, items: {type: string}, collectionFormat: tsv}
      responses:
        200:
          description: A pet.
          schema: {type: array, items: {$ref: '#/definitions/Pet'}}
          headers: {X-Page: {type: array, items: {type: integer}, description: D}}
          examples: {application/json: [{kind: cat}]}
        404: {$ref: '#/responses/Lost'}
    put:
      consumes: [application/json]
      parameters:
      - {$ref: '#/parameters/Pet'}
      - {in: header, name: X-A, type: string}
      produces: [text/plain]
      responses: {200: {$ref: '#/responses/Lost'}, default: {$ref: '#/responses/Lost'}}
    post:
      consumes: [multipart/form-data, application/x-www-form-urlencoded]
      parameters:
      - {in: formData, name: names, type: array, items: {type: string}, required: true}
      - {in: header, name: X-A, type: string}
      - {$ref: '#/parameters/Name'}
      responses: {204: {description: Done.}}
    delete:
      parameters: [{in: body, name: own, required: true, schema: {type: string}}]
      responses: {200: {description: D, schema: {$ref: '#/paths/~1pets~1{id}/get/responses/200/schema'}}}
    patch:
      parameters: [{$ref: '#/parameters/Pet'}]
      responses: {200: {description: D, schema: {$ref: '#/parameters/Limits/items'}}}
  /files:
    post:
      parameters: [{in: formData, name: file, type: file}]
      responses: {200: {description: A file., schema: {type: file}}}
parameters:
  Pet: {in: body, name: pet, x-example: {kind: cat}, schema: {type: object, properties: {b: {$ref: '#/definitions/Pet'}}}}
  Name: {in: formData, name: name, type: string, x-nullable: true}
  Limits: {in: query, name: limits, type: array, items: {type: integer}, collectionFormat: multi}
responses:
  Lost: {description: Lost., schema: {type: object, properties: {c: {type: string}}}}
definitions:
  Pet:
    type: object
    discriminator: kind
    properties:
      kind: {type: string, x-nullable: true, x-example: cat}
      owner: {$ref: '#/definitions/Pet', x-nullable: true}
      several: {type: array, items: [{type: string}, {type: integer}]}
      either: {items: [{type: string}, {type: 'null'}]}
      list: {type: [string, integer, 'null']}
securityDefinitions:
  key: {type: apiKey, in: header, name: X-Key}
  basic: {type: basic}
  oauth: {type: oauth2, flow: accessCode, authorizationUrl: a, tokenUrl: b, scopes: {read: Read.}}
";

#[test]
fn every_node_is_of_something_that_the_user_wrote() {
    let (document, written) = pets();
    let mut pending = vec![(String::new(), &document.value)];
    while let Some((at, value)) = pending.pop() {
        let location = document.location(&at);
        // Of a text or a flag that was made the object is reported.
        let is_made = !value.is_mapping() && !value.is_sequence();
        let owner = pointer::parent(&location.pointer).filter(|_| is_made);
        let mut places = [Some(&*location.pointer), owner].into_iter().flatten();
        assert!(
            places.any(|place| written.at(place).is_some()),
            "nothing is at {} for {at}",
            location.pointer
        );
        let members = value
            .members()
            .map(|(name, value)| (name.to_owned(), value));
        let items = value.items().enumerate();
        let items = items.map(|(index, value)| (index.to_string(), value));
        pending.extend(
            members
                .chain(items)
                .map(|(token, value)| (pointer::join(&at, token), value)),
        );
    }
}

#[test]
fn what_was_rewritten_is_where_the_user_wrote_it() {
    let (document, _) = pets();
    let item = "/paths/~1pets~1{id}";
    for (now, from) in [
        ("/servers/0", "/schemes/2"),
        ("/servers/1/url", "/host"),
        (
            "{item}/parameters/0/schema/type",
            "{item}/parameters/1/type",
        ),
        (
            "{item}/get/requestBody/content/application~1xml",
            "{item}/parameters/0",
        ),
        (
            "{item}/get/requestBody/content/application~1json/schema/properties/a",
            "{item}/parameters/0/schema/properties/a",
        ),
        (
            "{item}/get/parameters/0/style",
            "{item}/get/parameters/0/collectionFormat",
        ),
        (
            "{item}/get/parameters/1/schema/items/items/type",
            "{item}/get/parameters/1/items/items/type",
        ),
        (
            "{item}/get/responses/200/content/text~1json",
            "{item}/get/responses/200",
        ),
        (
            "{item}/get/responses/200/content/application~1json/example/0",
            "{item}/get/responses/200/examples/application~1json/0",
        ),
        (
            "{item}/get/responses/200/headers/X-Page/schema/items",
            "{item}/get/responses/200/headers/X-Page/items",
        ),
        (
            "{item}/put/parameters/0/name",
            "{item}/put/parameters/1/name",
        ),
        (
            "{item}/put/requestBody/content/application~1json",
            "/parameters/Pet",
        ),
        (
            "{item}/put/responses/200/description",
            "/responses/Lost/description",
        ),
        (
            "{item}/post/requestBody/content/multipart~1form-data/schema/properties/name/nullable",
            "/parameters/Name/x-nullable",
        ),
        (
            "{item}/post/requestBody/content/multipart~1form-data/schema/required/0",
            "{item}/post/parameters/0/required",
        ),
        ("{item}/post/parameters/0/in", "{item}/post/parameters/1/in"),
        (
            "/components/requestBodies/Pet/content/application~1json/schema/properties/b",
            "/parameters/Pet/schema/properties/b",
        ),
        (
            "/components/responses/Lost/content/application~1json/schema/type",
            "/responses/Lost/schema/type",
        ),
        (
            "/components/schemas/Pet/discriminator/propertyName",
            "/definitions/Pet/discriminator",
        ),
        (
            "/components/schemas/Pet/properties/owner/allOf/0",
            "/definitions/Pet/properties/owner",
        ),
        (
            "/components/schemas/Pet/properties/either/anyOf/1/type",
            "/definitions/Pet/properties/either/items/1/type",
        ),
        (
            "/components/schemas/Pet/properties/list/anyOf/1",
            "/definitions/Pet/properties/list/type/1",
        ),
        (
            "/components/securitySchemes/oauth/flows/authorizationCode/scopes/read",
            "/securityDefinitions/oauth/scopes/read",
        ),
        (
            "/components/securitySchemes/basic/scheme",
            "/securityDefinitions/basic/type",
        ),
    ] {
        let (now, from) = (now.replace("{item}", item), from.replace("{item}", item));
        assert!(document.lookup(&now).is_some(), "{now}");
        assert_eq!(*document.location(&now).pointer, *from, "{now}");
    }
}

#[test]
fn references_follow_what_they_name() {
    let (document, _) = pets();
    let item = "/paths/~1pets~1{id}";
    for (at, expected) in [
        ("{item}/get/responses/404", "#/components/responses/Lost"),
        ("{item}/patch/requestBody", "#/components/requestBodies/Pet"),
        (
            "{item}/patch/responses/200/content/text~1json/schema",
            "#/components/parameters/Limits/schema/items",
        ),
        (
            "{item}/delete/responses/200/content/application~1json/schema",
            "#/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema",
        ),
        (
            "/components/requestBodies/Pet/content/application~1json/schema/properties/b",
            "#/components/schemas/Pet",
        ),
    ] {
        let at = at.replace("{item}", item);
        let reference = document.lookup(&at).and_then(|value| value.get("$ref"));
        assert_eq!(reference.and_then(Value::as_str), Some(expected), "{at}");
        assert!(document.lookup(&expected[1..]).is_some(), "{expected}");
    }
}

#[test]
fn what_many_operations_share_is_not_written_out_for_each() {
    const OPERATIONS: usize = 100;
    let properties: Vec<_> = (0..500)
        .map(|n| format!("p{n}: {{type: string}}"))
        .collect();
    let values: Vec<_> = (0..500).map(|n| format!("v{n}")).collect();
    let media_types: Vec<_> = (0..200).map(|n| format!("a/b{n}")).collect();
    let schema = format!(
        "{{type: object, properties: {{{}}}}}",
        properties.join(", ")
    );
    let operation = "{consumes: [a/b], produces: [a/c], parameters: [{$ref: '#/parameters/Body'}], \
                     responses: {200: {$ref: '#/responses/Large'}}}";
    let form = "{parameters: [{$ref: '#/parameters/Field'}], responses: {200: {description: D}}}";
    let plain = "{parameters: [{in: body, name: b, schema: {type: string}}], responses: {}}";
    let paths = (0..OPERATIONS)
        .map(|n| format!("  /{n}: {{put: {operation}, post: {form}, patch: {plain}}}\n"));
    let document = read(&format!(
        "swagger: '2.0'\ninfo: {{title: T, version: '1'}}\nconsumes: [{}]\npaths:\n{}\
         parameters:\n  Body: {{in: body, name: b, schema: {schema}}}\n  \
         Field: {{in: formData, name: f, type: string, enum: [{}]}}\n\
         responses: {{Large: {{description: D, schema: {schema}}}}}\n",
        media_types.join(", "),
        paths.collect::<String>(),
        values.join(", "),
    ));
    let mut pending = vec![&document.value];
    let mut nodes = 0;
    while let Some(value) = pending.pop() {
        nodes += 1;
        pending.extend(value.members().map(|(_, value)| value));
        pending.extend(value.items());
    }
    assert!(nodes < 250 * OPERATIONS, "{nodes} nodes");
}

fn pets() -> (Document, Value) {
    let document = read(PETS);
    let json = serde_yaml::from_str::<Value>(
        &PETS
            .replace("200:", "'200':")
            .replace("404:", "'404':")
            .replace("204:", "'204':"),
    );
    (document, json.expect("it was read before"))
}

fn read(text: &str) -> Document {
    let source = Source::new("a.yaml", text);
    let mut found = Diagnostics::default();
    let document = Document::parse(Arc::new(source), &mut found);
    document.unwrap_or_else(|_| panic!("{found:?}"))
}
