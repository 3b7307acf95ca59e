//! How parameters are written, as data.

pub use crate::api::{Place, Style};

/// A parameter that is not written as most are: the runtime's `Parameter`.
#[derive(Debug, Clone, PartialEq)]
pub struct Styled {
    pub name: String,
    pub place: Place,
    pub style: Style,
    pub explode: bool,
    /// `allowReserved`
    pub reserved: bool,
    /// What stands between the items of a list, where the style does not say so.
    pub separator: Option<String>,
    pub form: Form,
}

/// What is written of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Its text.
    Text,
    /// The texts of its items.
    List,
    /// What it is as JSON: a text, a list or an object.
    Value,
    /// JSON text.
    Json,
}

/// How the values of a list are written in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListStyle {
    Exploded,
    Comma,
    Space,
    Pipe,
    Brackets,
}

/// How the members of an object are written in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectStyle {
    DeepObject,
    Exploded,
    Comma,
    Space,
    Pipe,
}
