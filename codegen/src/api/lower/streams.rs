//! Streams of gRPC as its gateway gives them: a JSON text a line, each with a result or an error, though the document says that the
//! response is one such object.

use crate::api::{Api, Shape, TypeId};

/// What the gateway's writer of documents begins their titles with.
const TITLE: &str = "Stream result of ";

pub(super) fn results_are_lines(api: &mut Api) {
    let mut found = Vec::new();
    for (index, operation) in api.operations.iter().enumerate() {
        for (number, outcome) in operation.outcomes.iter().enumerate() {
            let body = outcome.body.as_ref();
            let body = body.filter(|body| body.media_type == "application/json");
            let ty = body.and_then(|body| body.ty);
            if ty.is_some_and(|id| is_result(api, id)) {
                found.push((index, number));
            }
        }
    }
    for (index, number) in found {
        if let Some(body) = &mut api.operations[index].outcomes[number].body {
            body.media_type = "application/x-ndjson".to_owned();
        }
    }
}

fn is_result(api: &Api, id: TypeId) -> bool {
    let ty = api.ty(api.resolved(id));
    let Shape::Object(object) = &ty.shape else {
        return false;
    };
    let names: Vec<&str> = object
        .properties
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    ty.docs.title.starts_with(TITLE) && matches!(names.as_slice(), ["result", "error"])
}
