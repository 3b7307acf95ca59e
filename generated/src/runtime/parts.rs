//! The parts of a request while it is being put together: those of a property are set together.

use serde::Serialize;

use super::body::Body;
use super::encoding::Encoding;
use super::error::InvalidArgumentError;
use super::file::File;
use super::finite;
use super::form::{self, Items, Tree};
use super::multipart::{self, Part};
use super::query::{ListStyle, ObjectStyle};

/// Parts, and the property that each was made of.
pub(super) struct Parts {
    pub(super) media_type: &'static str,
    /// Whether they are the body, though there may be none.
    pub(super) sent: bool,
    parts: Vec<(Option<&'static str>, Part)>,
}

impl Default for Parts {
    fn default() -> Self {
        Self {
            media_type: multipart::FORM_DATA,
            sent: false,
            parts: Vec::new(),
        }
    }
}

impl Parts {
    /// Adds a part of the caller's.
    pub(super) fn push(&mut self, part: Part) {
        self.parts.push((None, part));
    }

    /// Puts parts in place of those that the property has.
    pub(super) fn set(&mut self, encoding: &Encoding, parts: impl IntoIterator<Item = Part>) {
        self.sent = true;
        let property = Some(encoding.name);
        self.parts.retain(|(known, _)| *known != property);
        let parts = parts.into_iter().map(|part| (property, part));
        self.parts.extend(parts);
    }

    /// Whether the caller gave any.
    pub(super) fn are_given(&self) -> bool {
        !self.parts.is_empty()
    }

    /// Looks for the files that are named by their paths.
    pub(super) async fn measure(&mut self) -> Result<(), InvalidArgumentError> {
        for (_, part) in &mut self.parts {
            part.measure().await?;
        }
        Ok(())
    }

    /// The body, if they are it.
    pub(super) fn into_body(self) -> Result<Body, InvalidArgumentError> {
        let parts = self.parts.into_iter().map(|(_, part)| part);
        Body::parts(self.media_type, parts)
    }
}

/// A text.
pub(super) fn text(encoding: &Encoding, value: String) -> Part {
    encoded(encoding, Part::new(encoding.name, value))
}

/// A file, whose media type is the caller's to say.
pub(super) fn file(encoding: &Encoding, file: File) -> Part {
    let stated = file.content_type.is_some();
    let part = Part::file(encoding.name, file);
    if stated {
        headers(encoding, part)
    } else {
        encoded(encoding, part)
    }
}

/// A value as JSON.
pub(super) fn json(encoding: &Encoding, value: &impl Serialize) -> serde_json::Result<Part> {
    let part = Part::new(encoding.name, finite::to_vec(value)?);
    Ok(encoded(encoding, part.content_type("application/json")))
}

/// The texts of a list in a style of the query's, without its escapes: parts have none.
pub(super) fn list(encoding: &Encoding, style: ListStyle, values: &[String]) -> Vec<Part> {
    let one = |name: String, value: &String| encoded(encoding, Part::new(name, value.clone()));
    let separator = match style {
        ListStyle::Exploded => {
            let texts = values
                .iter()
                .map(|value| one(encoding.name.to_owned(), value));
            return texts.collect();
        }
        ListStyle::Brackets => {
            let name = || format!("{}[]", encoding.name);
            return values.iter().map(|value| one(name(), value)).collect();
        }
        ListStyle::Comma => ",",
        ListStyle::Space => " ",
        ListStyle::Pipe => "|",
    };
    let joined = (!values.is_empty()).then(|| values.join(separator));
    let part = joined.map(|value| one(encoding.name.to_owned(), &value));
    part.into_iter().collect()
}

/// The members of an object in a style of the query's.
pub(super) fn object(
    encoding: &Encoding,
    style: ObjectStyle,
    value: &impl Serialize,
) -> serde_json::Result<Vec<Part>> {
    let tree = form::tree(value)?;
    // What turns out to be no object has no names of members, and is written under its own.
    let is_object = matches!(tree, Tree::Object(_));
    let pairs = match style {
        ObjectStyle::DeepObject => form::pairs(encoding.name, &tree, Items::Bracketed),
        _ if is_object => form::pairs("", &tree, Items::Repeated),
        _ => form::pairs(encoding.name, &tree, Items::Repeated),
    };
    let joined = match style {
        ObjectStyle::Comma => Some(ListStyle::Comma),
        ObjectStyle::Space => Some(ListStyle::Space),
        ObjectStyle::Pipe => Some(ListStyle::Pipe),
        ObjectStyle::DeepObject | ObjectStyle::Exploded => None,
    };
    if let Some(joined) = joined.filter(|_| is_object) {
        let flat = pairs.into_iter().flat_map(|(name, value)| [name, value]);
        return Ok(list(encoding, joined, &flat.collect::<Vec<_>>()));
    }
    let parts = pairs.into_iter();
    let parts = parts.map(|(name, value)| encoded(encoding, Part::new(name, value)));
    Ok(parts.collect())
}

/// With the media type and the headers that the document states.
fn encoded(encoding: &Encoding, part: Part) -> Part {
    let part = match encoding.content_type {
        Some(content_type) => part.content_type(content_type),
        None => part,
    };
    headers(encoding, part)
}

fn headers(encoding: &Encoding, part: Part) -> Part {
    let headers = encoding.headers.iter();
    headers.fold(part, |part, (name, value)| part.header(*name, *value))
}
