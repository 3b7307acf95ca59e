//! The JSON text of a value, for types that look at it before they read it.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// By what a deserializer of the runtime knows that the text is asked for; others ignore it.
pub(super) const NAME: &str = "JSON text";

/// By what `serde_json` knows it.
const TOKEN: &str = "$serde_json::private::RawValue";

/// The text of JSON that is read where it is, and a copy of what comes from elsewhere.
pub(super) type Text<'de> = Cow<'de, str>;

pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Text<'de>, D::Error> {
    deserializer.deserialize_newtype_struct(NAME, JsonText)
}

struct JsonText;

impl<'de> Visitor<'de> for JsonText {
    type Value = Text<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Text<'de>, D::Error> {
        if *IS_HANDED_OVER {
            deserializer.deserialize_newtype_struct(TOKEN, Raw)
        } else {
            copied(deserializer)
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
        let raw = RawValue::from_string(text.to_owned()).map_err(E::custom)?;
        Ok(Cow::Owned(Box::<str>::from(raw).into()))
    }
}

/// `RawValue` is either borrowed, which fails for what is no text in memory, or copied, which takes memory for each number of a
/// response. So it is asked for what `serde_json` hands to that type, which no documentation has: if it is ever something else,
/// text is copied.
static IS_HANDED_OVER: LazyLock<bool> = LazyLock::new(|| {
    let mut text = serde_json::Deserializer::from_str("[1.50]");
    let borrowed = (&mut text).deserialize_newtype_struct(TOKEN, Raw);
    let owned = serde_json::json!(["a"]).deserialize_newtype_struct(TOKEN, Raw);
    matches!(borrowed, Ok(Cow::Borrowed("[1.50]")))
        && owned.is_ok_and(|owned| owned == r#"["a"]"#)
        && text.end().is_ok()
});

fn copied<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Text<'de>, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    Ok(Cow::Owned(Box::<str>::from(raw).into()))
}

/// A map of the text, under the name by which it was asked for.
struct Raw;

impl<'de> Visitor<'de> for Raw {
    type Value = Text<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any valid JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Text<'de>, A::Error> {
        match from.next_key_seed(Str)? {
            Some(name) if name == TOKEN => from.next_value_seed(Str),
            _ => Err(A::Error::custom("expected JSON")),
        }
    }
}

/// A text, which is copied only where it has to be.
struct Str;

impl<'de> DeserializeSeed<'de> for Str {
    type Value = Text<'de>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Text<'de>, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Str {
    type Value = Text<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Text<'de>, E> {
        Ok(Cow::Owned(text))
    }
}
