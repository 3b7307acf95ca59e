//! What the plan decides of responses, as data: which outcomes there are, and what a method returns of them.

use codegen::rust::Method;
use codegen::{Diagnostics, Generator};

const JSON: &str = "{application/json: {schema: {$ref: '#/components/schemas/Pet'}}}";

#[test]
fn each_media_type_of_each_response_is_an_outcome() {
    let pets = "{application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}, \
                text/csv: {}}";
    let method = method(&format!(
        "'200': {{description: Pets., content: {pets}}}, \
         '204': {{description: None.}}, \
         '404': {{description: Lost., content: {JSON}}}, \
         5xx: {{description: Down., content: {{a/b: {{}}}}}}, \
         default: {{description: Else., content: {{application/json: {{schema: {{type: object, \
         properties: {{a: {{}}}}}}}}}}}}"
    ));
    assert_eq!(
        described(&method),
        [
            "200 ok application/json Vec(Model(\"Pet\")) Json",
            "200 ok text/csv String Text",
            "204 ok - Unit Empty",
            "404 failed application/json Model(\"Pet\") Json",
            "5XX failed a/b Bytes Bytes",
            "default failed application/json Model(\"ListPetsError\") Json",
        ]
    );
    assert_eq!(
        returned(&method),
        "Option(Vec(Model(\"Pet\"))) OptionalJson"
    );
    assert_eq!(method.failures().count(), 3);
    assert_eq!(method.outcomes[3].docs, "Lost.");
    assert_eq!(
        &*method.outcomes[4].location.pointer,
        "/paths/~1pets/get/responses/5xx"
    );
}

#[test]
fn what_is_returned_is_what_the_successes_agree_on() {
    let pet = format!("{{description: D., content: {JSON}}}");
    let text = "{description: D., content: {text/plain: {}}}";
    for (responses, expected) in [
        (format!("'200': {pet}, '201': {pet}"), "Model(\"Pet\") Json"),
        (
            format!("'200': {pet}, '202': {text}"),
            "Outcomes(\"GetOutcome\") Outcomes",
        ),
        (
            format!("'200': {text}, '204': {{description: D.}}"),
            "Option(String) OptionalText",
        ),
        (format!("'404': {pet}"), "Unit Empty"),
        (
            format!("'404': {text}, default: {pet}"),
            "Model(\"Pet\") Json",
        ),
        (format!("'200': {text}, default: {pet}"), "String Text"),
    ] {
        assert_eq!(returned(&method(&responses)), expected, "{responses}");
    }
}

#[test]
fn what_may_be_null_is_said_by_each_response_though_they_mean_the_same() {
    let operation = |path: &str, result: &str| {
        let status = "success: {type: boolean}";
        let lists = ["errors", "messages"]
            .map(|name| format!("{name}: {{type: array, items: {{type: string}}}}"))
            .join(", ");
        format!(
            "  /{path}: {{get: {{responses: {{'200': {{description: D., content: {{application/json: {{schema: \
             {{type: object, properties: {{{status}, {lists}, result: {{type: object{result}}}}}}}}}}}}}}}}}}}\n"
        )
    };
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n{}{}",
        operation("pets", ""),
        operation("rooms", ", nullable: true, enum: [null]"),
    );
    let methods = methods(&text);
    let returned = methods
        .iter()
        .map(|method| format!("{:?} {:?}", method.decode, method.output));
    let returned: Vec<String> = returned.collect();
    assert_eq!(
        returned,
        [
            "Enveloped Map(Value)",
            "OptionalEnveloped Option(Map(Value))"
        ]
    );
}

fn described(method: &Method) -> Vec<String> {
    let outcomes = method.outcomes.iter();
    outcomes
        .map(|outcome| {
            let success = if outcome.success { "ok" } else { "failed" };
            let media_type = outcome.media_type.as_deref().unwrap_or("-");
            let (status, ty, decode) = (outcome.status, &outcome.ty, outcome.decode);
            format!("{status} {success} {media_type} {ty:?} {decode:?}")
        })
        .collect()
}

fn returned(method: &Method) -> String {
    format!("{:?} {:?}", method.output, method.decode)
}

fn method(responses: &str) -> Method {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n\
         paths: {{/pets: {{get: {{operationId: pets, responses: {{{responses}}}}}}}}}\n\
         components: {{schemas: {{Pet: {{type: object, properties: {{a: {{type: string}}}}}}}}}}"
    );
    methods(&text).remove(0)
}

/// Those of the crate that a document becomes, in which nothing is an error.
fn methods(text: &str) -> Vec<Method> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let schema = folder.path().join("a.yaml");
    std::fs::write(&schema, text).expect("the document can be written");
    let mut found = Diagnostics::default();
    let generated = Generator::new(schema).generate(&mut found);
    let generated = generated.unwrap_or_else(|_| panic!("{found:?}"));
    generated.sdk.methods().into_iter().cloned().collect()
}
