//! What a place of a document is called, so that of many alike places each is distinguished.

use std::borrow::Cow;

use super::document::Document;
use crate::report::{CALLBACK, WEBHOOK};
use codegen::document::pointer;
use codegen::location::Pointer;

/// "the property `city` of the schema `Profile`", "the request body of `POST /pets`".
pub fn subject(place: &str, document: &Document<'_>) -> String {
    let tokens: Vec<Cow<'_, str>> = pointer::tokens(place).collect();
    let tokens: Vec<&str> = tokens.iter().map(AsRef::as_ref).collect();
    let (owner, inner) = owner(&tokens, document);
    within(owner, inner)
}

/// The sentence with the operation that it is about, where there is one only and it does not say so.
pub fn with_operation(message: String, place: &str, operations: &[String]) -> String {
    let [operation] = operations else {
        return message;
    };
    let (kind, name) = operation.split_once(' ').unwrap_or(("", operation));
    let called = match kind {
        WEBHOOK => format!("the webhook `{name}`"),
        CALLBACK => match name.split_once(" of ") {
            Some((callback, owner)) => format!("the callback `{callback}` of `{owner}`"),
            None => format!("the callback `{name}`"),
        },
        _ => format!("`{operation}`"),
    };
    let said = |name: &str| message.contains(&format!("`{name}`"));
    let callback = name
        .split_once(" of ")
        .map_or(name, |(callback, _)| callback);
    if said(operation) || (matches!(kind, WEBHOOK | CALLBACK) && (said(name) || said(callback))) {
        return message;
    }
    match place.split('/').nth(1) {
        Some("info" | "security" | "servers" | "tags") => message,
        _ => format!("in {called}, {message}"),
    }
}

/// The property of a place that is known to be one: "property `city` of the schema `Profile`".
pub fn property(place: &str, document: &Document<'_>) -> String {
    let subject = subject(place, document);
    subject.trim_start_matches("the ").to_owned()
}

/// What has a name of its own in the document, and the way from there.
fn owner<'t>(tokens: &'t [&'t str], document: &Document<'_>) -> (String, &'t [&'t str]) {
    match tokens {
        ["components", "schemas", name, inner @ ..] | ["definitions", name, inner @ ..] => {
            (format!("the schema `{name}`"), inner)
        }
        ["components", "parameters", _, inner @ ..] | ["parameters", _, inner @ ..] => {
            let place = &tokens[..tokens.len() - inner.len()];
            (parameter(place, document), inner)
        }
        ["components", kind, name, inner @ ..] => match (*kind, inner) {
            ("responses", _) => part(&format!("the response `{name}`"), inner),
            ("requestBodies", _) => part(&format!("the request body `{name}`"), inner),
            ("headers", _) => part(&format!("the header `{name}`"), inner),
            _ => (format!("`{name}`"), inner),
        },
        ["paths", path, "parameters", _, inner @ ..] => {
            let place = &tokens[..tokens.len() - inner.len()];
            (format!("{} of `{path}`", parameter(place, document)), inner)
        }
        ["paths", _, _, "callbacks", name, _, _, inner @ ..] => {
            of_operation(&format!("the callback `{name}`"), inner, tokens, document)
        }
        ["webhooks" | "x-webhooks", name, _, inner @ ..] => {
            of_operation(&format!("the webhook `{name}`"), inner, tokens, document)
        }
        ["paths", path, "additionalOperations", method, inner @ ..] => {
            of_operation(&format!("`{method} {path}`"), inner, tokens, document)
        }
        ["paths", path, method, inner @ ..] => {
            let name = format!("`{} {path}`", method.to_uppercase());
            of_operation(&name, inner, tokens, document)
        }
        [name, inner @ ..] => (format!("`{name}`"), inner),
        [] => ("the document".to_owned(), tokens),
    }
}

fn of_operation<'t>(
    name: &str,
    inner: &'t [&'t str],
    tokens: &[&str],
    document: &Document<'_>,
) -> (String, &'t [&'t str]) {
    match inner {
        ["parameters", _, rest @ ..] => {
            let place = &tokens[..tokens.len() - rest.len()];
            let parameter = parameter(place, document);
            (format!("{parameter} of {name}"), rest)
        }
        ["requestBody", rest @ ..] => part(&format!("the request body of {name}"), rest),
        ["responses", status, rest @ ..] => {
            part(&format!("the response `{status}` of {name}"), rest)
        }
        _ => (name.to_owned(), inner),
    }
}

/// A response or body, or the header in it.
fn part<'t>(name: &str, inner: &'t [&'t str]) -> (String, &'t [&'t str]) {
    match inner {
        ["headers", header, rest @ ..] => (format!("the header `{header}` of {name}"), rest),
        ["content", _, rest @ ..] => (name.to_owned(), rest),
        _ => (name.to_owned(), inner),
    }
}

/// "the query parameter `limit`": the pointer only has its number.
fn parameter(tokens: &[&str], document: &Document<'_>) -> String {
    let place = tokens
        .iter()
        .fold(String::new(), |place, token| pointer::join(&place, token));
    let at = document
        .lookup(Pointer::from(place).into())
        .map(|at| document.resolved(at));
    let text = |key| at.as_ref().and_then(|at| at.text(key));
    match (text("in"), text("name")) {
        (Some("body"), _) => "the request body".to_owned(),
        (Some(place), Some(name)) => called(place, name),
        _ => match tokens {
            ["components", _, name] | ["parameters", name] => format!("the parameter `{name}`"),
            _ => "the parameter".to_owned(),
        },
    }
}

/// A parameter by where it is written.
pub fn called(place: &str, name: &str) -> String {
    match place {
        "header" => format!("the header `{name}`"),
        "formData" => format!("the form field `{name}`"),
        place => format!("the {place} parameter `{name}`"),
    }
}

/// The way down through schemas; properties of properties are written as one path.
fn within(mut owner: String, mut tokens: &[&str]) -> String {
    let mut path = String::new();
    loop {
        tokens = match tokens {
            [] => return joined(&path, owner),
            ["properties", name, rest @ ..] => {
                path = match path.as_str() {
                    "" => (*name).to_owned(),
                    outer => format!("{outer}.{name}"),
                };
                rest
            }
            ["items", rest @ ..] if !path.is_empty() && rest.first() == Some(&"properties") => {
                path.push_str("[]");
                rest
            }
            ["schema", rest @ ..] | ["allOf", _, rest @ ..] => rest,
            [keyword, rest @ ..] => {
                let outer = joined(&std::mem::take(&mut path), owner);
                let (name, rest) = keyword_within(keyword, rest);
                owner = format!("{name} of {outer}");
                rest
            }
        };
    }
}

fn keyword_within<'r, 't>(keyword: &str, rest: &'r [&'t str]) -> (String, &'r [&'t str]) {
    let number = |index: &str| index.parse().map_or(0, |index: usize| index + 1);
    match (keyword, rest) {
        ("items", _) => ("the items".to_owned(), rest),
        ("additionalProperties", _) => ("the values".to_owned(), rest),
        ("oneOf" | "anyOf", [index, rest @ ..]) => (format!("alternative {}", number(index)), rest),
        ("prefixItems", [index, rest @ ..]) => (format!("item {}", number(index)), rest),
        _ => (format!("`{keyword}`"), rest),
    }
}

fn joined(path: &str, owner: String) -> String {
    match path {
        "" => owner,
        path => format!("the property `{path}` of {owner}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Document, subject};

    #[test]
    fn each_place_is_told_apart() {
        let root = json!({
            "openapi": "3.1.0",
            "paths": { "/pets": { "get": { "parameters": [{ "name": "limit", "in": "query" }] } } },
        });
        let document = Document::new(&root);
        for (place, name) in [
            ("/components/schemas/Pet", "the schema `Pet`"),
            (
                "/components/schemas/Pet/properties/city",
                "the property `city` of the schema `Pet`",
            ),
            (
                "/components/schemas/Pet/allOf/1/properties/homes/items/properties/city",
                "the property `homes[].city` of the schema `Pet`",
            ),
            (
                "/components/schemas/Pet/oneOf/0/properties/kind",
                "the property `kind` of alternative 1 of the schema `Pet`",
            ),
            (
                "/components/schemas/Pet/properties/tags/items",
                "the items of the property `tags` of the schema `Pet`",
            ),
            (
                "/components/schemas/Pet/additionalProperties",
                "the values of the schema `Pet`",
            ),
            (
                "/paths/~1pets/post/requestBody/content/application~1json/schema/properties/x",
                "the property `x` of the request body of `POST /pets`",
            ),
            (
                "/paths/~1pets/get/responses/200/content/application~1json/schema/items",
                "the items of the response `200` of `GET /pets`",
            ),
            (
                "/paths/~1pets/get/responses/200/headers/X-Page/schema",
                "the header `X-Page` of the response `200` of `GET /pets`",
            ),
            (
                "/paths/~1pets/get/parameters/0/schema",
                "the query parameter `limit` of `GET /pets`",
            ),
            (
                "/webhooks/born/post/requestBody/content/a~1b/schema",
                "the request body of the webhook `born`",
            ),
            (
                "/paths/~1pets/post/callbacks/born/{x}/post/requestBody/content/a~1b/schema",
                "the request body of the callback `born`",
            ),
            ("", "the document"),
        ] {
            assert_eq!(subject(place, &document), name);
        }
    }
}
