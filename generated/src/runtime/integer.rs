//! Integers that may arrive with a fraction of zero, as in `12.0`, for `#[serde(with = …)]`.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::number::Number;

/// What is said of JSON that can't be read as the integer.
pub(super) const NOT_AN_INTEGER: &str =
    "expected a number without a fraction, in the range of its type";

/// Reads an integer.
///
/// # Errors
///
/// If it isn't a number, has a fraction, or is out of range.
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i128>,
{
    let json = Box::<RawValue>::deserialize(deserializer)?;
    parse(json.get()).map_err(D::Error::custom)
}

/// Writes an integer.
///
/// # Errors
///
/// If the serializer fails.
pub fn serialize<S: Serializer, T: Serialize>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.serialize(serializer)
}

/// The same for an integer that may be missing or null.
pub mod option {
    use super::*;

    /// Reads an integer that may be null.
    ///
    /// # Errors
    ///
    /// If it is something else than null or an integer in range.
    pub fn deserialize<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        D: Deserializer<'de>,
        T: TryFrom<i128>,
    {
        let json = Option::<Box<RawValue>>::deserialize(deserializer)?;
        json.map(|json| parse(json.get()))
            .transpose()
            .map_err(D::Error::custom)
    }

    /// Writes an integer, or null.
    ///
    /// # Errors
    ///
    /// If the serializer fails.
    pub fn serialize<S: Serializer, T: Serialize>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

fn parse<T: TryFrom<i128>>(json: &str) -> Result<T, &'static str> {
    let number = Number::parse(json).ok_or(NOT_AN_INTEGER)?;
    let value = number
        .fit(0, |value, _| Some(value))
        .ok_or(NOT_AN_INTEGER)?;
    T::try_from(value).map_err(|_| NOT_AN_INTEGER)
}
