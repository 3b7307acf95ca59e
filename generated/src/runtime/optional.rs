//! What a setter is given that may be given nothing.

use std::fmt::Display;

/// What has a text, or an `Option` of it: `"a"`, a `String`, a number, `None::<&str>`.
///
/// Setters of optional parameters take it: `None` sets nothing. `Kind` says which of the two a type is, and is never
/// written.
pub trait OptionalText<Kind> {
    /// The text, if there is one.
    fn text(self) -> Option<String>;
}

/// A value that has a text.
#[derive(Debug)]
pub struct Given;

/// A value that may not be there.
#[derive(Debug)]
pub struct Perhaps;

impl<T: Display> OptionalText<Given> for T {
    fn text(self) -> Option<String> {
        Some(self.to_string())
    }
}

impl<T: Display> OptionalText<Perhaps> for Option<T> {
    fn text(self) -> Option<String> {
        self.map(|value| value.to_string())
    }
}
