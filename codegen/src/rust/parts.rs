//! How bodies of several parts are written, as data.

use super::parameters::{ListStyle, ObjectStyle};
use crate::location::Location;

/// How a property of a body becomes parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The name of the property.
    pub wire: String,
    pub content: PartContent,
    /// Other than the one that such a part has by itself.
    pub content_type: Option<String>,
    pub headers: Vec<(String, String)>,
}

/// What is in the parts of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartContent {
    Text,
    File,
    /// A part for each file.
    Files,
    Json,
    /// A part of JSON for each item.
    JsonItems,
    /// Texts in the style of a list: a part for each, as a rule.
    List(ListStyle),
    /// The members of an object in a style; what is no object is one text.
    Object(ObjectStyle),
}

/// What a method sends besides its arguments that says that the body has several parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Multipart {
    pub media_type: String,
    /// A body is sent though it has no part.
    pub required: bool,
    pub location: Location,
}

impl Part {
    /// Whether its name is all that is said of how it is written.
    pub fn is_plain(&self) -> bool {
        self.content_type.is_none() && self.headers.is_empty()
    }
}
