//! Integers that may arrive with a fraction of zero, as in `12.0`.

use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserializer, Serialize, Serializer};

use super::deviations::bent_integer;
use super::exact::Exact;
use super::json_text;
use super::number::Number;

/// What is said of JSON that can't be read as the integer.
pub(super) const NOT_AN_INTEGER: &str =
    "expected a number without a fraction, in the range of its type";

macro_rules! exact {
    ($($name:ty),*) => {$(
        impl Exact for $name {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let json = json_text::read(deserializer)?;
                let read = parse(&json);
                read.or_else(|reason| bent_integer(&json).ok_or_else(|| D::Error::custom(reason)))
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        }
    )*};
}

exact!(i32, i64, i128, u32, u64, u128);

fn parse<T: FromStr>(json: &str) -> Result<T, &'static str> {
    // Nearly all are plain digits.
    if let Ok(integer) = json.parse() {
        return Ok(integer);
    }
    let number = Number::parse(json).ok_or(NOT_AN_INTEGER)?;
    let digits = number.whole().ok_or(NOT_AN_INTEGER)?;
    digits.parse().map_err(|_| NOT_AN_INTEGER)
}
