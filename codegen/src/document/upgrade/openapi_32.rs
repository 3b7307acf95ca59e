//! What is new in version 3.2 (<https://spec.openapis.org/oas/v3.2.0>), in the words of earlier ones.

use serde_yaml::{Mapping, Value};

use super::Upgrade;
use crate::document::copies::is_small;
use crate::document::keywords::{
    ADDITIONAL_OPERATIONS, DEFAULT_MAPPING, Kind, MEDIA_TYPES, SERVER_NAME,
};
use crate::document::plain_value::PlainValue;
use crate::document::pointer;
use crate::document::resolve::local_pointer;
use crate::location::Trail;

/// What has no effect on the crate.
const DROPPED: [(Kind, &[&str]); 9] = [
    (Kind::Document, &["$self"]),
    (Kind::Tag, &["parent", "kind", "summary"]),
    (Kind::Response, &["summary"]),
    (
        Kind::MediaType,
        &["itemSchema", "itemEncoding", "prefixEncoding"],
    ),
    (
        Kind::Encoding,
        &["encoding", "itemEncoding", "prefixEncoding"],
    ),
    (Kind::Example, &["serializedValue"]),
    (Kind::SecurityScheme, &["oauth2MetadataUrl", "deprecated"]),
    (Kind::Flows, &["deviceAuthorization"]),
    (Kind::Xml, &["nodeType"]),
];

const OLDER: &str = "/components/mediaTypes";
const FORM: &str = "application/x-www-form-urlencoded";

/// The media types that content refers to, by name.
pub struct MediaTypes(Value);

impl MediaTypes {
    pub fn of(root: &Value) -> Self {
        Self(root.at(OLDER).cloned().unwrap_or_default())
    }

    /// What a reference names, past references to references.
    fn target(&self, object: &Mapping) -> Option<(&str, &Value)> {
        let mut reference = object.get("$ref")?.as_str()?;
        // A chain is no longer than there are media types.
        for _ in 0..=self.0.members().count() {
            let place = local_pointer(reference).ok()?;
            let name = place.strip_prefix(OLDER)?;
            let name = pointer::tokens(name).next()?;
            let (name, value) = self.0.members().find(|(known, _)| *known == name)?;
            match value.get("$ref").and_then(Value::as_str) {
                Some(next) => reference = next,
                None => return Some((name, value)),
            }
        }
        None
    }
}

impl Upgrade<'_> {
    pub(super) fn rewrite_newest(&mut self, object: &mut Mapping, kind: Kind, at: &Trail<'_>) {
        match kind {
            Kind::Components => self.rename("mediaTypes", MEDIA_TYPES, object, at),
            Kind::PathItem => self.additional_operations(object, at),
            Kind::Parameter => self.parameter(object, at),
            Kind::MediaType => {
                self.referred_media_type(object, at);
                self.item_schema(object, at);
            }
            Kind::Discriminator => self.rename("defaultMapping", DEFAULT_MAPPING, object, at),
            Kind::Server => self.rename("name", SERVER_NAME, object, at),
            Kind::Example => self.rename("dataValue", "value", object, at),
            Kind::Response | Kind::Tag => self.rename("summary", "description", object, at),
            _ => {}
        }
        self.drop_unknown(&DROPPED, "3.2", object, kind, at);
    }

    /// Another name for a keyword, unless there is one of that name.
    pub(super) fn rename(&mut self, from: &str, to: &str, object: &mut Mapping, at: &Trail<'_>) {
        if object.contains_key(to) {
            return;
        }
        if let Some(value) = object.shift_remove(from) {
            self.origins
                .renamed(&at.key(from).text(), &at.key(to).text());
            object.insert(to.into(), value);
        }
    }

    /// Operations by `query`, and by methods that no keyword names.
    fn additional_operations(&mut self, object: &mut Mapping, at: &Trail<'_>) {
        self.rename("additionalOperations", ADDITIONAL_OPERATIONS, object, at);
        let Some(query) = object.shift_remove("query") else {
            return;
        };
        let (place, written) = (at.key(ADDITIONAL_OPERATIONS), at.key("query").text());
        let others = object
            .entry(ADDITIONAL_OPERATIONS.into())
            .or_insert_with(|| Mapping::new().into());
        if let Some(others) = others.as_mapping_mut() {
            if others.is_empty() {
                let from = self.location(at);
                self.origins.record(place.text(), from);
            }
            self.origins.renamed(&written, &place.key("QUERY").text());
            others.insert("QUERY".into(), query);
        }
    }

    fn parameter(&mut self, object: &mut Mapping, at: &Trail<'_>) {
        if object.get("style").is_some_and(|style| style == "cookie") {
            let message = "the style `cookie` is read as `form`";
            self.note(message, &at.key("style"));
            object.insert("style".into(), "form".into());
        }
        if object.get("in").is_some_and(|place| place == "querystring") {
            self.query_string(object, at);
        }
    }

    /// A query string that is a form is an object whose properties are parameters.
    fn query_string(&mut self, object: &mut Mapping, at: &Trail<'_>) {
        let form = object.get("content").and_then(|content| content.get(FORM));
        let Some(schema) = form.and_then(|media| media.get("schema")).cloned() else {
            return;
        };
        let content = at.key("content");
        let media = content.key(FORM);
        self.note(
            "a parameter `in: querystring` is read as an object `in: query`",
            &at.key("in"),
        );
        self.origins
            .renamed(&media.key("schema").text(), &at.key("schema").text());
        object.shift_remove("content");
        object.insert("in".into(), "query".into());
        object.insert("style".into(), "form".into());
        object.insert("explode".into(), true.into());
        object.insert("schema".into(), schema);
    }

    /// A schema of each item of a sequence says the same as one of an array of them (section 4.14.2);
    /// parts are none of that kind.
    fn item_schema(&mut self, object: &mut Mapping, at: &Trail<'_>) {
        if object.contains_key("schema") || at.text().contains("/multipart~1") {
            return;
        }
        let Some(item) = object.shift_remove("itemSchema") else {
            return;
        };
        let (written, schema) = (at.key("itemSchema"), at.key("schema"));
        let from = self.location(&written);
        self.origins
            .renamed(&written.text(), &schema.key("items").text());
        self.origins.record(schema.text(), from);
        let array = [("type".into(), "array".into()), ("items".into(), item)];
        object.insert("schema".into(), Mapping::from_iter(array).into());
    }

    /// Only here content may refer to media types.
    fn referred_media_type(&mut self, object: &mut Mapping, at: &Trail<'_>) {
        let target = self.newest.as_ref().and_then(|known| known.target(object));
        let Some((name, Value::Mapping(media))) = target else {
            return;
        };
        let home = format!("/components/{MEDIA_TYPES}");
        let place = pointer::join(&home, name);
        let mut media = media.clone();
        for (key, moved) in [("schema", "schema"), ("itemSchema", "schema/items")] {
            if let Some(schema) = media.get_mut(key).filter(|schema| !is_small(schema)) {
                let reference = format!("#{place}/{moved}").replace('%', "%25");
                *schema = Mapping::from_iter([("$ref".into(), reference.into())]).into();
            }
        }
        let written = pointer::join(OLDER, name);
        let from = self.location(&Trail::from(&written));
        self.origins.record(at.text(), from);
        media.retain(|key, value| key == "schema" || key == "itemSchema" || is_small(value));
        *object = media;
    }
}
