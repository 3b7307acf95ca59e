//! A parameter in any of OpenAPI's styles, which are those of RFC 6570.

use serde::Serialize;

use super::encode;
use super::finite;
use super::flat::{self, Flat};
use super::optional::{OptionalText, OptionalTexts};

/// A parameter that is not written as most are: a list or an object outside of the query, JSON as text, a style of
/// its own.
///
/// An empty list and an object without members are not sent; in a path, which cannot be without them, they are
/// rejected.
pub struct Parameter {
    pub(super) name: &'static str,
    pub(super) place: Place,
    style: Style,
    exploded: bool,
    reserved: bool,
    // Between the items of a list that is not exploded.
    separator: &'static str,
    // None if it isn't given.
    value: Option<serde_json::Result<Flat>>,
}

/// Where a parameter goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Simple,
    Label,
    Matrix,
    Form,
}

/// What is written: text, or pairs of a query or of cookies.
pub(super) enum Expansion {
    Text(String),
    Pairs(Vec<(String, String)>),
}

impl Parameter {
    /// A placeholder of the path; `simple` unless another style is set.
    pub fn path(name: &'static str) -> Self {
        Self::new(name, Place::Path, Style::Simple)
    }

    /// A parameter of the query, of style `form`.
    pub fn query(name: &'static str) -> Self {
        Self::new(name, Place::Query, Style::Form)
    }

    /// A header, of style `simple`.
    pub fn header(name: &'static str) -> Self {
        Self::new(name, Place::Header, Style::Simple)
    }

    /// A cookie, of style `form`; each pair of it is a cookie.
    pub fn cookie(name: &'static str) -> Self {
        Self::new(name, Place::Cookie, Style::Form)
    }

    fn new(name: &'static str, place: Place, style: Style) -> Self {
        Self {
            name,
            place,
            style,
            exploded: false,
            reserved: false,
            separator: ",",
            value: None,
        }
    }

    /// `.a`
    pub fn label(mut self) -> Self {
        self.style = Style::Label;
        self
    }

    /// `;name=a`
    pub fn matrix(mut self) -> Self {
        self.style = Style::Matrix;
        self
    }

    /// Each item by itself, each member as `name=value`.
    pub fn exploded(mut self) -> Self {
        self.exploded = true;
        self
    }

    /// Reserved characters stay as they are (`allowReserved`), but those that would end the value.
    pub fn reserved(mut self) -> Self {
        self.reserved = true;
        self
    }

    /// What stands between the items of a list, in place of a comma (`collectionFormat` of Swagger 2.0).
    pub fn separated(mut self, separator: &'static str) -> Self {
        self.separator = separator;
        self
    }

    /// A value that is one text.
    pub fn text<T>(mut self, value: impl OptionalText<T>) -> Self {
        self.value = value.text().map(|text| Ok(Flat::Text(text)));
        self
    }

    /// A list of texts.
    pub fn list<K>(mut self, values: impl OptionalTexts<K>) -> Self {
        self.value = values.given().map(|texts| Ok(Flat::List(texts)));
        self
    }

    /// Whatever the value is as JSON: what is nested deeper than items and members is JSON text.
    pub fn value<'a, T>(mut self, value: impl Into<Option<&'a T>>) -> Self
    where
        T: Serialize + ?Sized + 'a,
    {
        self.value = value.into().map(flat::of);
        self
    }

    /// The value as JSON text.
    pub fn json<'a, T>(mut self, value: impl Into<Option<&'a T>>) -> Self
    where
        T: Serialize + ?Sized + 'a,
    {
        let written = value.into().map(finite::to_string);
        // Nothing encodes what is in a header.
        let is_header = matches!(self.place, Place::Header);
        self.value = written.map(|text| {
            let text = text?;
            Ok(Flat::Text(if is_header { ascii(&text) } else { text }))
        });
        self
    }

    /// What is sent of it, encoded for its place; none if it isn't given.
    pub(super) fn expansion(&self) -> Option<Result<Expansion, &serde_json::Error>> {
        let value = match self.value.as_ref()? {
            Ok(value) => value,
            Err(error) => return Some(Err(error)),
        };
        Some(Ok(match self.style {
            Style::Simple => Expansion::Text(self.simple(value)),
            Style::Label => Expansion::Text(self.label_of(value)),
            Style::Matrix => Expansion::Text(self.matrix_of(value)),
            Style::Form => Expansion::Pairs(self.pairs(value)),
        }))
    }

    fn simple(&self, value: &Flat) -> String {
        match value {
            Flat::Text(text) => self.encode(text),
            Flat::List(items) => self.joined(items, &self.between()),
            Flat::Object(members) => self.members(members, ","),
        }
    }

    fn label_of(&self, value: &Flat) -> String {
        let separator = if self.exploded { "." } else { "," };
        match value {
            Flat::Text(text) => format!(".{}", self.encode(text)),
            Flat::List(items) => prefixed(".", self.joined(items, separator)),
            Flat::Object(members) => prefixed(".", self.members(members, separator)),
        }
    }

    fn matrix_of(&self, value: &Flat) -> String {
        let pairs = self.pairs(value).into_iter();
        let pairs = pairs.map(|(name, value)| match value.as_str() {
            "" => format!(";{}", encode::component(&name)),
            value => format!(";{}={value}", encode::component(&name)),
        });
        pairs.collect()
    }

    fn pairs(&self, value: &Flat) -> Vec<(String, String)> {
        let one = |text: String| (self.name.to_owned(), text);
        match value {
            Flat::Text(text) => vec![one(self.encode(text))],
            Flat::List(items) if self.exploded => {
                items.iter().map(|item| one(self.encode(item))).collect()
            }
            Flat::Object(members) if self.exploded => {
                let members = members.iter();
                members
                    .map(|(name, value)| (name.clone(), self.encode(value)))
                    .collect()
            }
            Flat::List(items) if items.is_empty() => Vec::new(),
            Flat::Object(members) if members.is_empty() => Vec::new(),
            Flat::List(items) => vec![one(self.joined(items, &self.between()))],
            Flat::Object(members) => vec![one(self.members(members, ","))],
        }
    }

    /// A comma is a delimiter wherever it is, and never encoded.
    fn between(&self) -> String {
        match self.separator {
            "," => ",".to_owned(),
            separator => self.encode(separator),
        }
    }

    fn joined(&self, items: &[String], separator: &str) -> String {
        let items: Vec<String> = items.iter().map(|item| self.encode(item)).collect();
        items.join(separator)
    }

    fn members(&self, members: &[(String, String)], separator: &str) -> String {
        let between = if self.exploded { "=" } else { "," };
        let members = members.iter();
        let members = members
            .map(|(name, value)| format!("{}{between}{}", self.encode(name), self.encode(value)));
        members.collect::<Vec<_>>().join(separator)
    }

    fn encode(&self, text: &str) -> String {
        match self.place {
            Place::Path => encode::component(text),
            Place::Query if self.reserved => encode::reserved(text),
            Place::Query => encode::component(text),
            // Nothing decodes a header.
            Place::Header => text.to_owned(),
            Place::Cookie => encode::cookie_value(text),
        }
    }
}

fn prefixed(prefix: &str, text: String) -> String {
    if text.is_empty() {
        text
    } else {
        format!("{prefix}{text}")
    }
}

/// The same JSON in characters that a header may hold.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() && c != '\u{7f}' {
            text.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}
