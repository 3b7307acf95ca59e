//! The JSON text of a value, for types that look at it before they read it.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// By what a deserializer of the runtime knows that the text is asked for; others ignore it.
pub(super) const NAME: &str = "JSON text";

pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<RawValue>, D::Error> {
    deserializer.deserialize_newtype_struct(NAME, JsonText)
}

struct JsonText;

impl<'de> Visitor<'de> for JsonText {
    type Value = Box<RawValue>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Box<RawValue>, D::Error> {
        Box::deserialize(deserializer)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Box<RawValue>, E> {
        RawValue::from_string(text.to_owned()).map_err(E::custom)
    }
}
