//! The text of a value of an open enumeration.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

/// By what a deserializer of the runtime knows that any text will do; others ignore it.
pub(super) const NAME: &str = "open text";

/// Reads the text. Read leniently, an item of a list that is no scalar is its own JSON text.
///
/// # Errors
///
/// If it is no text.
pub fn open_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    deserializer.deserialize_newtype_struct(NAME, OpenText)
}

struct OpenText;

impl<'de> Visitor<'de> for OpenText {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<String, D::Error> {
        String::deserialize(deserializer)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }
}
