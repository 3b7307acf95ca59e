//! Parameters: those that stay parameters, and those that are the request body.

use std::collections::HashSet;

use serde_yaml::{Mapping, Value};

use super::Conversion;
use super::moves::At;
use crate::document::keywords::{Kind, SEPARATOR};
use crate::document::plain_value::PlainValue;
use crate::document::pointer;
use crate::document::resolve::local_pointer;
use crate::location::Trail;

/// A parameter that is of the request body.
#[derive(Debug, Clone)]
pub struct Part<'v> {
    pub value: &'v Value,
    /// Where the parameter itself is.
    pub from: String,
    /// Where the operation refers to it, if it does.
    pub referred: Option<String>,
}

/// What of a list of parameters is the request body.
#[derive(Debug, Clone, Default)]
pub struct Parts<'v> {
    pub body: Option<Part<'v>>,
    pub form: Vec<Part<'v>>,
}

/// How the values of a list are written: whether 3.0 has a style for it, and whether each is written with the name.
pub enum Lists {
    Style(&'static str, bool),
    /// Separated by what no style of 3.0 has, with its name.
    Separated(&'static str, &'static str),
}

impl<'v> Conversion<'v> {
    /// The parameters that stay such, and the others.
    pub(super) fn parameters(&mut self, list: &'v Value, at: &At<'_>) -> (Value, Parts<'v>) {
        let mut parts = Parts::default();
        let Some(items) = list.as_sequence() else {
            return (list.clone(), parts);
        };
        let mut made: Vec<Value> = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let from = at.from.index(index);
            if let Some((place, part)) = self.part(item, &from) {
                if place == "body" {
                    self.take_body(&mut parts, part);
                } else {
                    parts.form.push(part);
                }
                continue;
            }
            let at = At {
                now: at.now.index(made.len()),
                from,
            };
            if made.len() != index {
                self.moves.moved(&at);
            }
            made.push(self.parameter(item, &at));
        }
        (made.into(), parts)
    }

    /// `#/parameters`: what is of a body is defined elsewhere.
    pub(super) fn shared_parameters(
        &mut self,
        value: &'v Value,
        at: &At<'_>,
        components: &At<'_>,
        made: &mut Mapping,
    ) -> Value {
        if !value.is_mapping() {
            return value.clone();
        }
        let outer = At {
            now: components.now.key("requestBodies"),
            from: at.from,
        };
        let (mut parameters, mut bodies) = (Mapping::new(), Mapping::new());
        for (name, value) in value.members() {
            let inner = at.key(name);
            match self.part(value, &inner.from) {
                None => drop(parameters.insert(name.into(), self.parameter(value, &inner))),
                Some(("body", part)) if part.referred.is_none() => {
                    let body = self.shared_body(&part, &outer.key(name));
                    bodies.insert(name.into(), body);
                }
                // It is copied to where it is used.
                Some(_) => {}
            }
        }
        if !bodies.is_empty() {
            let (now, from) = (outer.now.text(), outer.from.text());
            self.moves.stands_for(&now, &from);
            made.insert("requestBodies".into(), bodies.into());
        }
        parameters.into()
    }

    fn take_body(&mut self, parts: &mut Parts<'v>, part: Part<'v>) {
        if parts.body.is_none() {
            parts.body = Some(part);
            return;
        }
        let message = "an operation has one body; a second parameter `in: body` is not sent";
        let help = "make one schema of both";
        self.findings.missed(message, help, &part.from);
    }

    /// The place and the parameter, past references, if it is of the request body.
    fn part(&self, item: &'v Value, from: &Trail<'_>) -> Option<(&'v str, Part<'v>)> {
        let mut value = item;
        let mut place = from.text();
        let mut passed = HashSet::new();
        while let Some(reference) = value.get("$ref").and_then(Value::as_str) {
            let next = local_pointer(reference).ok()?;
            value = self.document.at(&next)?;
            if !passed.insert(std::mem::replace(&mut place, next)) {
                return None;
            }
        }
        let kind = value.get("in")?.as_str()?;
        let part = Part {
            value,
            from: place,
            referred: (!passed.is_empty()).then(|| from.text()),
        };
        matches!(kind, "body" | "formData").then_some((kind, part))
    }

    pub(super) fn parameter(&mut self, value: &'v Value, at: &At<'_>) -> Value {
        if let Some(reference) = value.get("$ref").filter(|text| text.is_string()) {
            self.moves.reference(&at.now);
            return Mapping::from_iter([("$ref".into(), reference.clone())]).into();
        }
        if !value.is_mapping() {
            return value.clone();
        }
        let mut made = Mapping::new();
        for (name, value) in self.members(value, Kind::Parameter) {
            match name {
                "name" | "in" | "description" | "required" | "allowEmptyValue" | "example"
                | "deprecated" => drop(made.insert(name.into(), value.clone())),
                "x-example" => {
                    let (now, from) = (at.now.key("example").text(), at.from.key(name).text());
                    self.moves.stands_for(&now, &from);
                    made.insert("example".into(), value.clone());
                }
                "x-nullable" => {}
                _ if name.starts_with("x-") => drop(made.insert(name.into(), value.clone())),
                _ => {}
            }
        }
        let schema = self.parameter_schema(value, at);
        made.insert("schema".into(), schema);
        self.style(&mut made, value, at);
        made.into()
    }

    fn parameter_schema(&mut self, value: &'v Value, at: &At<'_>) -> Value {
        if let Some(schema) = value.get("schema") {
            let from = at.from.key("schema").text();
            let message =
                "a parameter has a `schema` only `in: body`; it is read as that of OpenAPI 3.0";
            self.findings.repaired(message, &from);
            return self.schema(schema, &at.key("schema"));
        }
        let inner = at.made("schema");
        self.moves.stands_for(&inner.now.text(), &at.from.text());
        self.items(value, Kind::Parameter, &inner)
    }

    /// `collectionFormat`
    fn style(&mut self, made: &mut Mapping, value: &'v Value, at: &At<'_>) {
        if value.get("type").and_then(Value::as_str) != Some("array") {
            return;
        }
        let place = value.get("in").and_then(Value::as_str).unwrap_or_default();
        let format = value.get("collectionFormat");
        let from = match format {
            Some(_) => at.from.key("collectionFormat").text(),
            None => at.from.text(),
        };
        match lists(format.and_then(Value::as_str), place) {
            Lists::Style("simple", _) => {}
            Lists::Style(style, explode) => {
                for key in ["style", "explode"] {
                    self.moves.stands_for(&at.now.key(key).text(), &from);
                }
                made.insert("style".into(), style.into());
                made.insert("explode".into(), explode.into());
            }
            Lists::Separated(separator, _) => {
                self.moves.stands_for(&at.now.key(SEPARATOR).text(), &from);
                made.insert(SEPARATOR.into(), separator.into());
                made.insert("explode".into(), false.into());
            }
        }
    }

    /// A list in a form that is left to the caller to write.
    pub(super) fn separated(&mut self, separator: &str, from: &str) {
        let message = format!("a list with {separator} between its values is a text here");
        let help = "OpenAPI 3.0 has no style for it: the caller writes the values in one text";
        self.findings.missed(&message, help, from);
    }
}

/// What a `collectionFormat` is in 3.0.
pub fn lists(format: Option<&str>, place: &str) -> Lists {
    let is_form = matches!(place, "query" | "formData");
    match format {
        Some("multi") if is_form => Lists::Style("form", true),
        Some("ssv") if is_form => Lists::Style("spaceDelimited", false),
        Some("pipes") if is_form => Lists::Style("pipeDelimited", false),
        Some("ssv") => Lists::Separated(" ", "spaces"),
        Some("pipes") => Lists::Separated("|", "`|`"),
        Some("tsv") => Lists::Separated("\t", "tabs"),
        _ if is_form => Lists::Style("form", false),
        _ => Lists::Style("simple", false),
    }
}

/// The name of a shared parameter that is defined at the place: `#/parameters/NAME`.
pub fn shared_name(from: &str) -> Option<String> {
    let tokens: Vec<_> = pointer::tokens(from).collect();
    match tokens.as_slice() {
        [kind, name] if kind == "parameters" => Some(name.to_string()),
        _ => None,
    }
}
