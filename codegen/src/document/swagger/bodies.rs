//! Parameters `in: body`, and what is by media type in 3.0.

use serde_yaml::{Mapping, Value};

use super::Conversion;
use super::media_types::{MOST, MediaTypes};
use super::moves::{At, reference_to};
use super::parameters::{Part, shared_name};
use crate::document::copies::is_small;
use crate::document::keywords::Kind;
use crate::document::pointer;
use crate::location::Trail;

impl<'v> Conversion<'v> {
    /// The request body of an operation. What is defined for several is referred to.
    pub(super) fn body(
        &mut self,
        part: &Part<'v>,
        consumes: &MediaTypes<'v>,
        at: &At<'_>,
    ) -> Value {
        let inner = At {
            now: at.now.key("requestBody"),
            from: Trail::from(&part.from),
        };
        let Some(name) = shared_name(&part.from) else {
            return self.request_body(part, consumes, None, &inner);
        };
        let shared = pointer::join("/components/requestBodies", name);
        if consumes.at == self.consumes.at {
            let referred = part.referred.as_ref().unwrap_or(&part.from);
            self.moves.stands_for(&inner.now.text(), referred);
            return reference(&shared);
        }
        let schema = schema_within(&shared, &self.consumes.or_json());
        self.request_body(part, consumes, schema, &inner)
    }

    pub(super) fn shared_body(&mut self, part: &Part<'v>, at: &At<'_>) -> Value {
        let consumes = self.consumes.clone();
        self.request_body(part, &consumes, None, at)
    }

    /// `known` is where its schema is already.
    fn request_body(
        &mut self,
        part: &Part<'v>,
        consumes: &MediaTypes<'v>,
        known: Option<String>,
        at: &At<'_>,
    ) -> Value {
        self.moves.moved(at);
        let mut made = Mapping::new();
        for (name, value) in self.members(part.value, Kind::Parameter) {
            let stays = matches!(name, "description" | "required") || is_extension(name);
            if stays && (known.is_none() || is_small(value)) {
                made.insert(name.into(), value.clone());
            }
        }
        if part.value.get("name").is_some() {
            let message = "the `name` of a parameter `in: body` has no effect on the crate";
            self.findings.ignored(message, &at.from.key("name").text());
        }
        let schema = part.value.get("schema");
        let example = part.value.get("x-example");
        let example = example.filter(|example| known.is_none() || is_small(example));
        let mut content = self.content(schema, &consumes.or_json(), known, at);
        if let Some(example) = example {
            let written = at.from.key("x-example").text();
            for (name, media) in &mut content {
                let place = at.now.key("content");
                let place = pointer::join(&place.text(), name.as_str().unwrap_or_default());
                self.moves
                    .stands_for(&pointer::join(&place, "example"), &written);
                if let Some(media) = media.as_mapping_mut() {
                    media.insert("example".into(), example.clone());
                }
            }
        }
        made.insert("content".into(), content.into());
        made.into()
    }

    /// A schema by media type. `known` is where it is written out already.
    pub(super) fn content(
        &mut self,
        schema: Option<&'v Value>,
        media_types: &[&'v str],
        mut known: Option<String>,
        at: &At<'_>,
    ) -> Mapping {
        let outer = at.made("content");
        let owner = at.from.text();
        self.moves.stands_for(&outer.now.text(), &owner);
        let mut content = Mapping::new();
        if media_types.len() > MOST {
            let message = format!("of more than {MOST} media types the first are read");
            self.findings.ignored(&message, &owner);
        }
        for name in media_types.iter().take(MOST) {
            let media = outer.made(name);
            self.moves.stands_for(&media.now.text(), &owner);
            let inner = media.key("schema");
            let schema = schema.map(|schema| match &known {
                Some(known) if !is_small(schema) => {
                    let (now, from) = (inner.now.text(), inner.from.text());
                    self.moves.stands_for(&now, &from);
                    reference(known)
                }
                _ => {
                    self.moves.moved(&inner);
                    self.schema(schema, &inner)
                }
            });
            known.get_or_insert_with(|| inner.now.text());
            let schema = schema.map(|schema| (Value::from("schema"), schema));
            content.insert((*name).into(), Mapping::from_iter(schema).into());
        }
        content
    }
}

/// Where the schema of a shared body or response is.
pub fn schema_within(now: &str, media_types: &[&str]) -> Option<String> {
    let content = pointer::join(now, "content");
    let name = media_types.first()?;
    Some(pointer::join(&pointer::join(&content, name), "schema"))
}

pub fn reference(pointer: &str) -> Value {
    let reference = Value::from(reference_to(pointer));
    Mapping::from_iter([(Value::from("$ref"), reference)]).into()
}

/// What 3.0 has a word for is no longer an extension.
fn is_extension(name: &str) -> bool {
    name.starts_with("x-") && name != "x-example"
}
