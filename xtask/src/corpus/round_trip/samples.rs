//! The examples that a document gives of bodies, each with the type that the crate reads or sends.

use std::collections::BTreeSet;

use codegen::Generated;
use codegen::api::{Api, Media, Operation};
use codegen::rust::signature::ParameterType;
use codegen::rust::{Decode, Method, Role, Ty};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The examples of a document, each once for a type.
#[derive(Default)]
pub struct Samples {
    pub samples: Vec<Sample>,
    /// By [`Sample::ty`].
    pub types: Vec<Ty>,
    /// How many examples are of bodies that the crate has no type for: any JSON comes back from those.
    pub untyped: usize,
}

/// One example.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sample {
    /// `GET /pets: response 200 application/json`, with a number if there are several.
    pub name: String,
    pub ty: usize,
    pub value: Value,
}

/// Those of all operations that became methods.
pub fn of(generated: &Generated) -> Samples {
    let (mut samples, mut seen) = (Samples::default(), BTreeSet::new());
    let api = &generated.api;
    for method in generated.sdk.methods() {
        let same = |operation: &&Operation| {
            operation.method == method.http_method && operation.path == method.path
        };
        let Some(operation) = api.operations.iter().find(same) else {
            continue;
        };
        for (place, ty, media) in bodies(operation, method) {
            let name = format!(
                "{} {}: {place} {}",
                method.http_method, method.path, media.media_type
            );
            for (index, value) in examples(api, media).into_iter().enumerate() {
                let value = as_meant(value, ty);
                let number = if index == 0 {
                    String::new()
                } else {
                    format!(" #{}", index + 1)
                };
                if seen.insert((ty.clone(), value.to_string())) {
                    samples.add(format!("{name}{number}"), ty, value);
                }
            }
        }
    }
    samples
}

/// The bodies that are JSON: where each is, its type, and what the document says of it.
fn bodies<'a>(operation: &'a Operation, method: &'a Method) -> Vec<(String, &'a Ty, &'a Media)> {
    let mut bodies = Vec::new();
    let sent = method.arguments.iter().chain(&method.options);
    for argument in sent {
        let Role::Body(body) = &argument.role else {
            continue;
        };
        let mut content = operation.body.iter().flat_map(|body| &body.content);
        let media = content.find(|media| media.media_type == body.media_type);
        if let (Some(media), ParameterType::Reference(ty)) = (media, &argument.ty) {
            bodies.push(("request".to_owned(), ty, media));
        }
    }
    for (outcome, stated) in method.outcomes.iter().zip(&operation.outcomes) {
        let json = matches!(outcome.decode, Decode::Json | Decode::OptionalJson);
        if let Some(media) = stated.body.as_ref().filter(|_| json) {
            bodies.push((format!("response {}", outcome.status), &outcome.ty, media));
        }
    }
    bodies
}

/// Those of the media type, and that of its schema.
fn examples(api: &Api, media: &Media) -> Vec<Value> {
    let mut examples = media.examples.clone();
    if let Some(id) = media.ty {
        let of_schema = api.ty(id).example.clone();
        examples.extend(of_schema.or_else(|| api.ty(api.resolved(id)).example.clone()));
    }
    examples
}

/// An example may be the text of the body: of what is no text, that is JSON written in a string.
fn as_meant(value: Value, ty: &Ty) -> Value {
    match &value {
        Value::String(text) if *ty != Ty::String && text.trim_start().starts_with(['{', '[']) => {
            serde_json::from_str(text).unwrap_or(value)
        }
        _ => value,
    }
}

impl Samples {
    fn add(&mut self, name: String, ty: &Ty, value: Value) {
        if *ty == Ty::Value {
            self.untyped += 1;
            return;
        }
        let known = self.types.iter().position(|known| known == ty);
        let ty = known.unwrap_or_else(|| {
            self.types.push(ty.clone());
            self.types.len() - 1
        });
        self.samples.push(Sample { name, ty, value });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_in_a_string_is_meant_where_no_string_is() {
        let model = Ty::Model("Pet".to_owned());
        let text = || json!("{\"a\": [1]}");
        assert_eq!(as_meant(text(), &model), json!({"a": [1]}));
        assert_eq!(as_meant(text(), &Ty::String), text());
        for other in [json!("{cut"), json!("new"), json!({"a": "{}"})] {
            assert_eq!(as_meant(other.clone(), &model), other);
        }
    }
}
