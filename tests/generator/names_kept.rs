//! What was named once is called so from then on, whatever operation or schema comes or goes.

use std::collections::BTreeMap;
use std::path::Path;

use codegen::{Diagnostics, Generated, Generator};
use serde_json::Value;
use tests::sample::Sample;
use tests::{cases, workspace};

/// Names that make way for each other: scopes, versions, collections, parameters, and types without names of their own.
const CROWDED: &str = r##"
openapi: 3.0.3
info: { title: Crowd, version: '1' }
paths:
  /v1/users: { get: { tags: [a], responses: { '200': &list { description: D., content: { application/json: { schema: { type: array, items: { type: object, properties: { state: { type: string, enum: [on, off] } } } } } } } } } }
  /v2/users: { get: { tags: [a], responses: { '200': *list } } }
  /users: { get: { tags: [b], responses: { '200': *list } }, put: &change { requestBody: { content: { application/json: { schema: { type: object, properties: { state: { type: string, enum: [on] } } } } } }, responses: { '204': { description: D. } } }, delete: *change }
  /users/{id}: { parameters: [&id { name: id, in: path, required: true, schema: { type: string } }], put: *change, delete: *change, patch: *change }
  /users/{name}/pets: { parameters: [{ name: name, in: path, required: true, schema: { type: string } }], get: { responses: { '200': *list } } }
  /users/pets: { get: { responses: { '200': *list } } }
  /users/pets/{id}: { parameters: [*id], get: { responses: { '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/pet' } } } } } } }
  /users/{id}/search: { parameters: [*id], post: *change }
  /users/{id}/search/again: { parameters: [*id], post: *change }
  /users/{id}/clone: { parameters: [*id], post: *change }
components:
  schemas:
    pet: { type: object, properties: { kind: { $ref: '#/components/schemas/Pet' }, state: { type: string, enum: [fed, hungry] }, home: { oneOf: [{ type: object, required: [at], properties: { at: { type: string }, door: { type: integer } } }, { $ref: '#/components/schemas/Den' }, { type: object, required: [at, state], properties: { at: { type: string }, state: { type: string } } }] } } }
    Den: { type: object, properties: { door: { type: integer }, state: { type: string }, ID: { type: string }, id: { type: string }, Id: { type: string }, dugAt: { type: string }, dug_at: { type: string }, -state: { type: string } } }
    Pet: { type: object, properties: { state: { type: string, enum: [fed] }, friend: { $ref: '#/components/schemas/PET' } } }
    PET: { type: object, properties: { state: { type: object, properties: { at: { type: string } } } } }
"##;

/// Cases whose types have names of several sources.
const CASES: [&str; 5] = [
    "crud",
    "error_models",
    "inline_types",
    "success_choices",
    "type_names",
];

/// Cases with several alternatives of one place.
const TOLD: [&str; 1] = ["all_of_alternatives"];

#[test]
fn nothing_is_renamed_when_something_comes_or_goes() {
    let crowded = serde_yaml::from_str(CROWDED).expect("it is YAML");
    let mut documents: Vec<(String, Value)> = vec![("crowded".to_owned(), crowded)];
    for case in cases::all()
        .into_iter()
        .filter(|case| CASES.contains(&case.name.as_str()))
    {
        let document = serde_yaml::from_str(&workspace::read(&case.schema()));
        documents.push((case.name, document.expect("it is YAML")));
    }
    for (name, document) in documents {
        let Some(all) = names(&document, "") else {
            continue;
        };
        for (what, rest) in with_one_less(&document) {
            let Some(left) = names(&rest, &all) else {
                continue;
            };
            same(&all, &left, &format!("{name} without {what}"));
            let again = names(&document, &left).expect("it was read before");
            same(&left, &again, &format!("{name} with {what} again"));
            if let Some(alone) = names(&rest, "") {
                let grown = names(&document, &alone).expect("it was read before");
                same(&alone, &grown, &format!("{name} as {what} is added"));
            }
        }
    }
}

/// One path outside of what all others begin with brings that back into none of the names that come later, nor does one that goes
/// take it out of those.
#[test]
fn what_is_new_is_named_as_what_is_there() {
    let words = [
        "users", "teams", "issues", "boards", "labels", "sprints", "fields", "roles",
    ];
    for (prefix, outside) in [
        ("/rest/api/3", "/status/{id}"),
        ("/accounts/{account}", "/teapots/{id}/spouts"),
    ] {
        let document = |words: &[&str], others: &[&str]| {
            let mut paths = serde_json::Map::new();
            let mut add = |path: String, tag: &str| {
                let operation = serde_json::json!({ "tags": [tag], "responses": { "204": { "description": "D." } } });
                let parameters: Vec<Value> = path.split(['{', '}']).skip(1).step_by(2)
                    .map(|name| serde_json::json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
                    .collect();
                let item = serde_json::json!({ "parameters": parameters, "get": operation, "put": operation });
                paths.insert(path, item);
            };
            for word in words {
                add(format!("{prefix}/{word}"), word);
                add(format!("{prefix}/{word}/{{id}}"), word);
            }
            for other in others {
                add((*other).to_owned(), "others");
            }
            serde_json::json!({ "openapi": "3.0.3", "info": { "title": "T", "version": "1" }, "paths": paths })
        };
        let scattered: Vec<String> = (0..20)
            .map(|number| format!("/other{number}/{{id}}/parts"))
            .collect();
        let others: Vec<&str> = scattered
            .iter()
            .map(String::as_str)
            .chain([outside])
            .collect();
        let name_of = |lock: &str, word: &str| {
            let key = format!("method GET {prefix}/{word}");
            lines(lock).get(key.as_str()).map(|name| (*name).to_owned())
        };
        let inside = names(&document(&words, &[]), "").expect("it is read");
        assert_eq!(name_of(&inside, "users").as_deref(), Some("users.list"));
        let with_one_outside = names(&document(&words, &[outside]), &inside).expect("it is read");
        let all = [&words[..], &["votes"]].concat();
        let grown = names(&document(&all, &others), &with_one_outside).expect("it is read");
        assert_eq!(
            name_of(&grown, "votes").as_deref(),
            Some("votes.list"),
            "{prefix}"
        );

        let mixed = names(&document(&words, &others), "").expect("it is read");
        let first = prefix.split('/').nth(1).expect("it has a word");
        let named = name_of(&mixed, "users").expect("it has a name");
        assert!(named.starts_with(first), "{named}");
        let left = names(&document(&all, &[]), &mixed).expect("it is read");
        let named = name_of(&left, "votes").expect("it has a name");
        assert!(named.starts_with(first), "{named}");
    }
}

/// What one run writes, the next keeps, in the crate and in the lock.
#[test]
fn what_was_generated_is_fresh() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let sample = Sample::of_run();
    let tried = |(number, case): &(usize, cases::Case)| {
        sample.has(*number) || TOLD.contains(&case.name.as_str())
    };
    for (_, case) in cases::all().into_iter().enumerate().filter(tried) {
        let lock = folder.path().join(format!("{}.lock", case.name));
        let generate = || case.generate_with_lock(lock.clone()).generated.ok();
        let Some(first) = generate() else { continue };
        std::fs::write(&lock, first.lock()).expect("a file can be written");
        let second = generate().expect("it was read before");
        assert_eq!(first.lock(), second.lock(), "{}", case.name);
        assert!(first.files == second.files, "{}", case.name);
    }
}

/// Two texts that change places in the document would compile, and be sent as each other.
#[test]
fn arguments_keep_their_places() {
    let document = |queries: [&str; 2], properties: &[&str], limits: [&str; 2]| {
        let typed = |names: &[&str]| {
            let each = names
                .iter()
                .map(|name| format!("{name}: {{ type: string }}"));
            each.collect::<Vec<_>>().join(", ")
        };
        let object = |names: &[&str], others: &str| {
            format!(
                "{{ type: object, required: [{}], properties: {{ {}{others} }} }}",
                names.join(", "),
                typed(names)
            )
        };
        let limits = object(&limits, "");
        let body = object(
            properties,
            ", limits: { $ref: '#/components/schemas/Limits' }",
        );
        let parameters = queries.map(|name| {
            format!("{{ name: {name}, in: query, required: true, schema: {{ type: string }} }}")
        });
        format!(
            "
openapi: 3.0.3
info: {{ title: Transfers, version: '1' }}
paths:
  /transfers:
    post:
      parameters: [{}]
      requestBody: {{ required: true, content: {{ application/json: {{ schema: {body} }} }} }}
      responses: {{ '204': {{ description: D. }} }}
components:
  schemas:
    Limits: {limits}
",
            parameters.join(", ")
        )
    };
    let first = document(["fee", "of = it"], &["source", "target"], ["low", "high"]);
    let first = generated(&first, "").expect("it is read");
    let turned = document(["of = it", "fee"], &["target", "source"], ["high", "low"]);
    let second = generated(&turned, &first.lock()).expect("it is read");
    assert_eq!(first.lock(), second.lock());
    for file in ["src/resources/transfers.rs", "src/models/limits.rs"] {
        assert_eq!(first.files[file], second.files[file]);
    }

    let more = document(
        ["of = it", "fee"],
        &["more", "target", "source"],
        ["high", "low"],
    );
    let lock = generated(&more, &second.lock()).expect("it is read").lock();
    let body = "order #/paths/~1transfers/post/requestBody/content/application~1json/schema";
    assert_eq!(lines(&lock)[body], "source target more");
    assert_eq!(lines(&lock)["order POST /transfers"], "fee of%20%3D%20it");
}

/// The lock that is written, beside another that is read.
fn names(document: &Value, lock: &str) -> Option<String> {
    generated(&document.to_string(), lock).map(|generated| generated.lock())
}

/// The crate, with the names of a lock.
fn generated(document: &str, lock: &str) -> Option<Generated> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let schema = folder.path().join("schema.yaml");
    let write =
        |path: &Path, text: &str| std::fs::write(path, text).expect("a file can be written");
    write(&schema, document);
    write(&folder.path().join("schema.lock"), lock);
    let mut generator = Generator::new(&schema);
    generator.lock = Some(folder.path().join("schema.lock"));
    generator.generate(&mut Diagnostics::default()).ok()
}

/// What both name they name alike.
fn same(before: &str, after: &str, what: &str) {
    let after = lines(after);
    for (key, name) in lines(before) {
        let Some(now) = after.get(key) else { continue };
        if key.starts_with("order ") {
            assert_eq!(beside(name, now), beside(now, name), "{what}: {key}");
        } else {
            assert_eq!(name, *now, "{what}: {key}");
        }
    }
}

/// Those of a list that another has as well.
fn beside<'a>(list: &'a str, other: &str) -> Vec<&'a str> {
    let other: Vec<&str> = other.split(' ').collect();
    list.split(' ')
        .filter(|name| other.contains(name))
        .collect()
}

fn lines(lock: &str) -> BTreeMap<&str, &str> {
    let names = lock.lines().filter(|line| !line.starts_with('#'));
    names.filter_map(|line| line.rsplit_once(" = ")).collect()
}

/// The document without each of its operations, schemas and properties of these.
fn with_one_less(document: &Value) -> Vec<(String, Value)> {
    let mut pointers = Vec::new();
    let keys = |pointer: &str| {
        let object = document.pointer(pointer).and_then(Value::as_object);
        object
            .into_iter()
            .flat_map(|object| object.keys())
            .cloned()
            .collect::<Vec<_>>()
    };
    for path in keys("/paths") {
        let path = path.replace('~', "~0").replace('/', "~1");
        let item = format!("/paths/{path}");
        for method in ["get", "put", "post", "patch", "delete"] {
            if document.pointer(&format!("{item}/{method}")).is_some() {
                pointers.push((item.clone(), method.to_owned()));
            }
        }
    }
    for schema in keys("/components/schemas") {
        let properties = format!("/components/schemas/{schema}/properties");
        let own = keys(&properties).into_iter();
        pointers.extend(own.map(|property| (properties.clone(), property)));
        pointers.push(("/components/schemas".to_owned(), schema));
    }
    let without = |(outer, key): (String, String)| {
        let mut rest = document.clone();
        let object = rest.pointer_mut(&outer).and_then(Value::as_object_mut)?;
        object.remove(&key);
        Some((format!("{outer}/{key}"), rest))
    };
    pointers.into_iter().filter_map(without).collect()
}
