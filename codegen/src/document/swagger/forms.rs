//! Parameters `in: formData`: the properties of one body.

use serde_yaml::{Mapping, Value};

use super::Conversion;
use super::media_types::{MediaTypes, essence};
use super::moves::At;
use super::parameters::{Lists, Part, lists};
use crate::document::copies::is_small;
use crate::document::keywords::Kind;
use crate::location::Trail;

const MULTIPART: &str = "multipart/form-data";
const URL_ENCODED: &str = "application/x-www-form-urlencoded";

impl<'v> Conversion<'v> {
    /// The request body of an operation that sends a form.
    pub(super) fn form(
        &mut self,
        parts: &[Part<'v>],
        consumes: &MediaTypes<'v>,
        at: &At<'_>,
    ) -> Value {
        let media_types = self.form_types(parts, consumes);
        let first = parts.first().map_or("", |part| &part.from);
        let body = At {
            now: at.now.key("requestBody"),
            from: Trail::from(first),
        };
        let content = body.made("content");
        self.moves.stands_for(&body.now.text(), first);
        self.moves.stands_for(&content.now.text(), first);
        let mut made = Mapping::new();
        for name in media_types {
            let media = content.made(name);
            let schema = media.made("schema");
            self.moves.stands_for(&media.now.text(), first);
            self.moves.stands_for(&schema.now.text(), first);
            let fields = self.fields(parts, &schema);
            let mut described = Mapping::from_iter([(Value::from("schema"), fields)]);
            let encoding = self.encoding(parts, &media.made("encoding"));
            if !encoding.is_empty() {
                described.insert("encoding".into(), encoding.into());
            }
            made.insert(name.into(), described.into());
        }
        let mut body = Mapping::from_iter([(Value::from("content"), Value::from(made))]);
        if parts.iter().any(is_required) {
            body.insert("required".into(), true.into());
        }
        body.into()
    }

    /// A file is sent in parts; without one the form is as the operation consumes it.
    fn form_types(&mut self, parts: &[Part<'v>], consumes: &MediaTypes<'v>) -> Vec<&'v str> {
        let is_form = |name: &str| [MULTIPART, URL_ENCODED].contains(&name);
        if consumes.at != self.consumes.at {
            let at = consumes.at.as_deref().unwrap_or_default();
            for name in consumes.names.iter().filter(|name| !is_form(essence(name))) {
                let message = format!("a form is not sent as `{name}`");
                self.findings.ignored(&message, at);
            }
        }
        let has_file =
            |part: &Part<'_>| part.value.get("type").and_then(Value::as_str) == Some("file");
        if parts.iter().any(has_file) {
            consumes.only(|name| name == MULTIPART, MULTIPART)
        } else {
            consumes.only(is_form, URL_ENCODED)
        }
    }

    /// The schema of the whole form.
    fn fields(&mut self, parts: &[Part<'v>], at: &At<'_>) -> Value {
        let outer = at.made("properties");
        let mut properties = Mapping::new();
        let mut required: Vec<Value> = Vec::new();
        let listed = at.now.key("required");
        for made in [&outer.now, &listed] {
            self.moves.stands_for(&made.text(), &at.from.text());
        }
        for part in parts {
            let Some(name) = part.value.get("name").and_then(Value::as_str) else {
                continue;
            };
            let inner = At {
                now: outer.now.key(name),
                from: Trail::from(&part.from),
            };
            self.moves.moved(&inner);
            let is_known = part.referred.is_none() || is_small(part.value);
            let field = if is_known {
                self.field(part.value, &inner)
            } else {
                self.large_field(part.value, &inner)
            };
            properties.insert(name.into(), field);
            if is_required(part) && !required.iter().any(|known| known == name) {
                let now = listed.index(required.len()).text();
                self.moves
                    .stands_for(&now, &inner.from.key("required").text());
                required.push(name.into());
            }
        }
        let mut schema = Mapping::from_iter([(Value::from("type"), Value::from("object"))]);
        if !required.is_empty() {
            schema.insert("required".into(), required.into());
        }
        schema.insert("properties".into(), properties.into());
        schema.into()
    }

    /// What is defined for several operations would be written out for each.
    fn large_field(&mut self, value: &'v Value, at: &At<'_>) -> Value {
        let message = "a form parameter that is large and defined for several operations is read by its type alone";
        let help = "define it in the operations";
        self.findings.missed(message, help, &at.from.text());
        let ty = value.get("type").and_then(Value::as_str);
        let ty = ty.filter(|ty| !matches!(*ty, "array" | "file"));
        let ty = ty.map(|ty| (Value::from("type"), Value::from(ty)));
        Mapping::from_iter(ty).into()
    }

    fn field(&mut self, value: &'v Value, at: &At<'_>) -> Value {
        let mut schema = self.items(value, Kind::Parameter, at);
        let stated = value.get("collectionFormat").and_then(Value::as_str);
        if let Lists::Separated(_, separator) = lists(stated, "formData") {
            self.separated(separator, &at.from.key("collectionFormat").text());
            schema = Mapping::from_iter([(Value::from("type"), Value::from("string"))]).into();
        }
        let Some(made) = schema.as_mapping_mut() else {
            return schema;
        };
        if let Some(description) = value.get("description") {
            made.insert("description".into(), description.clone());
        }
        if let Some(example) = value.get("x-example") {
            let (now, from) = (
                at.now.key("example").text(),
                at.from.key("x-example").text(),
            );
            self.moves.stands_for(&now, &from);
            made.insert("example".into(), example.clone());
        }
        if value.get("allowEmptyValue").is_some() {
            let message = "`allowEmptyValue` has no effect on the crate";
            let from = at.from.key("allowEmptyValue").text();
            self.findings.ignored(message, &from);
        }
        schema
    }

    /// How lists are written that are not one value each.
    fn encoding(&mut self, parts: &[Part<'v>], at: &At<'_>) -> Mapping {
        let mut encoding = Mapping::new();
        for part in parts {
            let text = |key: &str| part.value.get(key).and_then(Value::as_str);
            let (Some(name), Some("array")) = (text("name"), text("type")) else {
                continue;
            };
            let Lists::Style(style, false) = lists(text("collectionFormat"), "formData") else {
                continue;
            };
            let inner = At {
                now: at.now.key(name),
                from: Trail::from(&part.from),
            };
            let from = match text("collectionFormat") {
                Some(_) => inner.from.key("collectionFormat").text(),
                None => part.from.clone(),
            };
            self.moves.stands_for(&at.now.text(), &from);
            self.moves.stands_for(&inner.now.text(), &from);
            for key in ["style", "explode"] {
                self.moves.stands_for(&inner.now.key(key).text(), &from);
            }
            let written = Mapping::from_iter([
                (Value::from("style"), Value::from(style)),
                ("explode".into(), false.into()),
            ]);
            encoding.insert(name.into(), written.into());
        }
        encoding
    }
}

fn is_required(part: &Part<'_>) -> bool {
    part.value.get("required").and_then(Value::as_bool) == Some(true)
}
