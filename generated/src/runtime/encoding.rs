//! How a property of a form or of several parts is written, as the document's Encoding Object has it.

use super::query::{ListStyle, ObjectStyle};

/// How a property is written; its name alone is how the specification has it for its type.
#[derive(Debug, Clone)]
pub struct Encoding {
    pub(super) name: &'static str,
    pub(super) content_type: Option<&'static str>,
    pub(super) headers: Vec<(&'static str, &'static str)>,
    pub(super) style: Option<Style>,
}

/// How a property of a form is written that is not written as its type has it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Style {
    Json,
    List(ListStyle),
    Object(ObjectStyle),
}

impl Encoding {
    /// That of the property.
    pub fn of(name: &'static str) -> Self {
        Self {
            name,
            content_type: None,
            headers: Vec::new(),
            style: None,
        }
    }

    /// Its media type.
    pub fn content_type(mut self, content_type: &'static str) -> Self {
        self.content_type = Some(content_type);
        self
    }

    /// A header of its part.
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl Encoding {
    /// In a form: as JSON text.
    pub fn json(self) -> Self {
        self.written(Style::Json)
    }

    /// In a form: a list in a style of the query's.
    pub fn list(self, style: ListStyle) -> Self {
        self.written(Style::List(style))
    }

    /// In a form: an object in a style of the query's.
    pub fn object(self, style: ObjectStyle) -> Self {
        self.written(Style::Object(style))
    }

    fn written(mut self, style: Style) -> Self {
        self.style = Some(style);
        self
    }
}

impl From<&'static str> for Encoding {
    fn from(name: &'static str) -> Self {
        Self::of(name)
    }
}
