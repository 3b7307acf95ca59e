//! Decimals that are exact to the last digit, for `#[serde(with = …)]`.
//!
//! A decimal is read from the text of a JSON number, or of a string that holds one, and is never
//! a binary fraction on its way. That needs the text: a type that buffers what it reads, as
//! `#[serde(untagged)]` and `#[serde(flatten)]` do, can't hold decimals.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::number::Number;

/// What is said of JSON that isn't a number.
pub(super) const NOT_A_NUMBER: &str = "expected a number, or a string that holds one";

/// What is said of a number that would have to be rounded.
pub(super) const NOT_EXACT: &str = "the number has more digits than a decimal can hold";

/// Reads a decimal.
///
/// # Errors
///
/// If it isn't a number, or can't be held without rounding.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    Exact::deserialize(deserializer).map(|exact| exact.0)
}

/// Writes a decimal as a JSON number, with the digits that it has.
///
/// # Errors
///
/// If the serializer fails.
pub fn serialize<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    Exact(*value).serialize(serializer)
}

/// A decimal as it stands in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Exact(Decimal);

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        parse(json.get()).map(Self).map_err(D::Error::custom)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = RawValue::from_string(self.0.to_string()).map_err(S::Error::custom)?;
        json.serialize(serializer)
    }
}

fn parse(json: &str) -> Result<Decimal, &'static str> {
    let text: Cow<'_, str> = if json.starts_with('"') {
        serde_json::from_str(json).map_err(|_| NOT_A_NUMBER)?
    } else {
        json.into()
    };
    let number = Number::parse(&text).ok_or(NOT_A_NUMBER)?;
    number
        .fit(i64::from(Decimal::MAX_SCALE), exact)
        .ok_or(NOT_EXACT)
}

fn exact(coefficient: i128, scale: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(coefficient, scale).ok()
}

/// Declares a module for a container of decimals, which reads and writes it item by item.
macro_rules! container {
    ($(#[$docs:meta])* $name:ident, $plain:ty, $exact:ty, $read:expr, $write:expr) => {
        $(#[$docs])*
        pub mod $name {
            use super::*;

            /// Reads the decimals.
            ///
            /// # Errors
            ///
            /// If one of them isn't a number, or can't be held without rounding.
            pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$plain, D::Error> {
                <$exact>::deserialize(deserializer).map($read)
            }

            /// Writes the decimals as JSON numbers.
            ///
            /// # Errors
            ///
            /// If the serializer fails.
            pub fn serialize<S: Serializer>(value: &$plain, serializer: S) -> Result<S::Ok, S::Error> {
                let write: fn(&$plain) -> $exact = $write;
                write(value).serialize(serializer)
            }
        }
    };
}

container!(
    /// The same for a decimal that may be missing or null.
    option, Option<Decimal>, Option<Exact>,
    |value| value.map(|exact| exact.0),
    |value| value.map(Exact)
);

container!(
    /// The same for a list of decimals.
    list, Vec<Decimal>, Vec<Exact>,
    |values| values.into_iter().map(|exact| exact.0).collect(),
    |values| values.iter().copied().map(Exact).collect()
);
