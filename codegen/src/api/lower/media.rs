//! Media types of bodies.

use indexmap::IndexMap;
use openapiv3::{Encoding as Typed, Header, MediaType, QueryStyle, ReferenceOr};
use serde_json::Value;

use super::parameters::is_token;
use super::{Lowering, UNSUPPORTED};
use crate::api::{Encoding, Media, Origin, Style};
use crate::diagnostic::Diagnostic;
use crate::location::Trail;

impl Lowering<'_> {
    pub(super) fn content(
        &mut self,
        content: &IndexMap<String, MediaType>,
        origin: Origin,
        at: &Trail<'_>,
    ) -> Vec<Media> {
        let at = at.key("content");
        let mut list: Vec<Media> = Vec::with_capacity(content.len());
        for (name, media) in content {
            let at = at.key(name);
            let media_type = self.media_type(name, &at);
            let schema_at = at.key("schema");
            let schema = media.schema.as_ref();
            // What is written out again for another media type is one schema.
            let mut known = content.values().zip(&list);
            let known = known.find(|(one, _)| one.schema == media.schema);
            let known = known.and_then(|(_, lowered)| lowered.ty);
            let ty = || schema.map(|schema| self.schema(schema, &schema_at, origin.clone()));
            list.push(Media {
                media_type,
                ty: known.or_else(ty),
                examples: self.examples(media, &at),
                encoding: self.encoding(media, &at.key("encoding")),
                location: self.location(&at),
            });
        }
        list
    }

    /// The name of a media type; one that is none says nothing.
    fn media_type(&mut self, name: &str, at: &Trail<'_>) -> String {
        let media_type = lower(name.trim());
        if is_media_type(&media_type) {
            return media_type;
        }
        let message = format!("`{}` is no media type: it is read as `*/*`", name.trim());
        let help = "a media type is written as `application/json` (RFC 9110, section 8.3.1)";
        let location = self.location(at);
        self.warn(UNSUPPORTED, message, help, &location);
        "*/*".to_owned()
    }

    /// The media types of a part, if they are some.
    fn part_types(&mut self, encoding: &Typed, at: &Trail<'_>) -> Option<String> {
        let stated = lower(encoding.content_type.as_deref()?.trim());
        if stated.split(',').all(|name| is_media_type(name.trim())) {
            return Some(stated);
        }
        let message = "this is no list of media types: it is ignored";
        let help = "it is written as `image/png, image/*` (4.7.15)";
        let location = self.location(&at.key("contentType"));
        self.warn(UNSUPPORTED, message, help, &location);
        None
    }

    /// What is said of properties. That `explode` is stated is nowhere but in the text.
    fn encoding(&mut self, media: &MediaType, at: &Trail<'_>) -> Vec<Encoding> {
        let encoding = media.encoding.iter().map(|(property, encoding)| {
            let stated = self.document.lookup(&at.key(property).text());
            let explode = stated.and_then(|stated| stated.get("explode")?.as_bool());
            let style = encoding.style.as_ref().map(|style| match style {
                QueryStyle::Form => Style::Form,
                QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                QueryStyle::PipeDelimited => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
            });
            let styled = style.is_some() || explode.is_some();
            let style = style.unwrap_or(Style::Form);
            Encoding {
                property: property.clone(),
                content_type: self.part_types(encoding, &at.key(property)),
                style: styled.then(|| (style, explode.unwrap_or(style == Style::Form))),
                headers: self.part_headers(encoding, &at.key(property).key("headers")),
            }
        });
        encoding.collect()
    }

    /// The headers of a part that have one value. Others are for whoever sends the part to say, and its content type
    /// is stated elsewhere (OpenAPI 3.0.3, 4.7.15.1).
    fn part_headers(&mut self, encoding: &Typed, at: &Trail<'_>) -> Vec<(String, String)> {
        let sent = |name: &&String| is_token(name) && !name.eq_ignore_ascii_case("content-type");
        let mut stated = Vec::new();
        for name in encoding.headers.keys().filter(sent) {
            match self.one_value(&encoding.headers[name], &at.key(name)) {
                Some(value) => stated.push((name.clone(), value)),
                None => {
                    let message =
                        format!("a part's header `{name}` is for who sends the part to set");
                    let note = Diagnostic::note(UNSUPPORTED, message);
                    let location = self.location(&at.key(name));
                    self.reporter.at_key(note, &location);
                }
            }
        }
        stated
    }

    fn one_value(&self, header: &ReferenceOr<Header>, at: &Trail<'_>) -> Option<String> {
        let (_, place) = self.document.resolve(header, at).ok()?;
        let schema = self.document.lookup(&format!("{place}/schema"))?;
        let values = schema.get("enum")?.as_sequence()?;
        match values.as_slice() {
            [value] => value.as_str().map(str::to_owned),
            _ => None,
        }
    }

    /// `example`, and the values of `examples`; those in files elsewhere have none.
    fn examples(&self, media: &MediaType, at: &Trail<'_>) -> Vec<Value> {
        let resolved = |object| self.document.resolve(object, at).ok();
        let several = media.examples.values().filter_map(resolved);
        let several = several.filter_map(|(example, _)| example.value.clone());
        media.example.clone().into_iter().chain(several).collect()
    }
}

/// Whether it is a media type or a range of them, whatever its parameters are.
fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let parts = essence.split_once('/');
    parts.is_some_and(|(family, name)| is_token(family) && is_token(name))
}

/// A media type has no case; what follows it may have one.
fn lower(media_type: &str) -> String {
    match media_type.split_once(';') {
        Some((name, parameters)) => format!("{};{parameters}", name.to_lowercase()),
        None => media_type.to_lowercase(),
    }
}
