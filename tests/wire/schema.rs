//! What `schema/billing.yaml` says, for tests that must not forget any of it.

use serde_json::Value;

/// The document as plain data.
pub fn document() -> Value {
    serde_yaml::from_str(include_str!("../../schema/billing.yaml")).expect("readable YAML")
}

/// The sample response of the profile's endpoint.
pub fn profile_example() -> Value {
    content("/accounts/{account_id}/billing/profile")["example"].clone()
}

/// The sample responses of the usage's endpoint.
pub fn usage_examples() -> Vec<Value> {
    let examples = content("/accounts/{account_id}/billing/usage/paygo")["examples"].clone();
    let examples = examples.as_object().expect("examples").values();
    examples.map(|example| example["value"].clone()).collect()
}

/// The sample responses of a refused request.
pub fn failure_examples() -> Vec<Value> {
    let failure = &document()["components"]["responses"]["Failure"];
    let examples = &failure["content"]["application/json"]["examples"];
    let examples = examples.as_object().expect("examples").values();
    examples.map(|example| example["value"].clone()).collect()
}

/// One property of an object.
#[derive(Debug, Clone)]
pub struct Property {
    pub name: String,
    /// Its `type`, or its `format` if it has one.
    pub kind: String,
    pub sensitive: bool,
}

/// The properties of an object, by the name of its schema.
pub fn properties(schema: &str) -> Vec<Property> {
    let schema = &document()["components"]["schemas"][schema];
    let properties = schema["properties"].as_object().expect("properties");
    let properties = properties.iter().map(|(name, property)| Property {
        name: name.clone(),
        kind: property["format"]
            .as_str()
            .or(property["type"].as_str())
            .expect("a type")
            .to_owned(),
        sensitive: property["x-sensitive"] == true,
    });
    properties.collect()
}

fn content(path: &str) -> Value {
    document()["paths"][path]["get"]["responses"]["200"]["content"]["application/json"].clone()
}
