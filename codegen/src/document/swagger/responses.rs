//! Responses and their headers.

use serde_yaml::{Mapping, Value};

use super::Conversion;
use super::bodies::schema_within;
use super::media_types::{MediaTypes, essence, is_json};
use super::moves::At;
use crate::document::copies::is_small;
use crate::document::keywords::Kind;
use crate::document::plain_value::PlainValue;
use crate::document::pointer;
use crate::document::resolve::local_pointer;
use crate::location::Trail;

const BYTES: &str = "application/octet-stream";

impl<'v> Conversion<'v> {
    pub(super) fn responses(
        &mut self,
        value: &'v Value,
        produces: &MediaTypes<'v>,
        at: &At<'_>,
    ) -> Value {
        let has_success = value.members().any(|(status, _)| status.starts_with('2'));
        self.entries(value, at, |conversion, response, at, status| {
            let is_success = status.starts_with('2') || (status == "default" && !has_success);
            conversion.response(response, produces, is_success, at)
        })
    }

    pub(super) fn shared_response(&mut self, value: &'v Value, at: &At<'_>) -> Value {
        let produces = self.produces.clone();
        self.response(value, &produces, true, at)
    }

    fn response(
        &mut self,
        value: &'v Value,
        produces: &MediaTypes<'v>,
        is_success: bool,
        at: &At<'_>,
    ) -> Value {
        let Some(reference) = value.get("$ref").filter(|text| text.is_string()) else {
            return self.response_object(value, produces, is_success, None, at);
        };
        let is_own = produces.at != self.produces.at && is_success;
        if let Some((name, shared)) = self.shared(reference).filter(|_| is_own) {
            let from = pointer::join("/responses", name);
            let now = pointer::join("/components/responses", name);
            let known = self.schema_of_shared(&now, shared);
            let at = At {
                now: at.now,
                from: Trail::from(&from),
            };
            self.moves.stands_for(&at.now.text(), &from);
            return self.response_object(shared, produces, is_success, known, &at);
        }
        self.moves.reference(&at.now);
        Mapping::from_iter([(Value::from("$ref"), reference.clone())]).into()
    }

    /// The name and the response, where an operation refers to one that is defined for several and has a body. What is
    /// large besides its schema is not written out for each.
    fn shared(&self, reference: &'v Value) -> Option<(&'v str, &'v Value)> {
        let place = local_pointer(reference.as_str()?).ok()?;
        let tokens: Vec<_> = pointer::tokens(&place).collect();
        let [kind, name] = tokens.as_slice() else {
            return None;
        };
        let mut responses = self.document.get("responses")?.members();
        let found = responses.find(|(known, _)| kind == "responses" && known == name)?;
        let besides = |(name, value): (&str, &Value)| name == "schema" || is_small(value);
        let has_body = found.1.get("schema").is_some();
        (has_body && found.1.members().all(besides)).then_some(found)
    }

    /// Where the schema of a response that is defined for several is.
    fn schema_of_shared(&self, now: &str, response: &'v Value) -> Option<String> {
        let schema = response.get("schema")?;
        schema_within(now, &self.media_types(schema, &self.produces, true))
    }

    /// `known` is where its schema is already.
    fn response_object(
        &mut self,
        value: &'v Value,
        produces: &MediaTypes<'v>,
        is_success: bool,
        known: Option<String>,
        at: &At<'_>,
    ) -> Value {
        if !value.is_mapping() {
            return value.clone();
        }
        let mut made = Mapping::new();
        let mut content = Mapping::new();
        for (name, value) in self.members(value, Kind::Response) {
            match name {
                "schema" => {
                    let media_types = self.media_types(value, produces, is_success);
                    content = self.content(Some(value), &media_types, known.clone(), at);
                }
                "headers" => {
                    let headers = self.map(value, &at.key(name), Self::header);
                    made.insert(name.into(), headers);
                }
                "examples" => {}
                _ => drop(made.insert(name.into(), value.clone())),
            }
        }
        if let Some(examples) = value.get("examples") {
            self.examples(examples, &mut content, at);
        }
        if !content.is_empty() {
            made.insert("content".into(), content.into());
        }
        made.into()
    }

    /// What a response with the schema is written in. An error that is an object is not written in the text or the bytes
    /// that the operation produces when all is well.
    fn media_types(
        &self,
        schema: &'v Value,
        produces: &MediaTypes<'v>,
        is_success: bool,
    ) -> Vec<&'v str> {
        let ty = schema.get("type").and_then(Value::as_str);
        let is_plain = ty.is_some_and(|ty| !matches!(ty, "object" | "array"));
        let none_is_json = !produces.names.iter().any(|name| is_json(name));
        if ty == Some("file") {
            produces.only(|name| !is_json(name), BYTES)
        } else if !is_success && !is_plain && none_is_json {
            self.produces.or_json()
        } else {
            produces.or_json()
        }
    }

    /// `examples`, by media type.
    fn examples(&mut self, examples: &'v Value, content: &mut Mapping, at: &At<'_>) {
        let (outer, written) = (at.now.key("content"), at.from.key("examples"));
        for (name, example) in examples
            .members()
            .filter(|(name, _)| !name.starts_with("x-"))
        {
            let same = |key: &str| essence(key).eq_ignore_ascii_case(essence(name));
            let mut media = content.iter_mut();
            let media = media.find(|(key, _)| key.as_str().is_some_and(same));
            let from = written.key(name).text();
            let Some((key, Value::Mapping(media))) = media else {
                let message =
                    "an example of a media type that the operation does not produce has no effect";
                self.findings.ignored(message, &from);
                continue;
            };
            let place = pointer::join(&outer.text(), key.as_str().unwrap_or_default());
            self.moves
                .stands_for(&pointer::join(&place, "example"), &from);
            media.insert("example".into(), example.clone());
        }
    }

    fn header(&mut self, value: &'v Value, at: &At<'_>) -> Value {
        if !value.is_mapping() {
            return value.clone();
        }
        let members = self
            .members(value, Kind::Header)
            .filter(|(name, _)| *name == "description" || name.starts_with("x-"));
        let mut made: Mapping = members
            .map(|(name, value)| (Value::from(name), value.clone()))
            .collect();
        let inner = at.made("schema");
        self.moves.stands_for(&inner.now.text(), &at.from.text());
        let schema = self.items(value, Kind::Header, &inner);
        made.insert("schema".into(), schema);
        made.into()
    }
}
