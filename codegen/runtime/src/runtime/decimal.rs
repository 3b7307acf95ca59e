//! Decimals that are exact to the last digit.
//!
//! A decimal is read from the text of a JSON number, or of a string that holds one, and is never
//! a binary fraction on its way. That needs the text: a type that buffers what it reads, as
//! `#[serde(untagged)]` and `#[serde(flatten)]` do, can't hold decimals.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::exact::Exact;
use super::json_text;
use super::number::{self, Number};

/// What is said of JSON that isn't a number.
pub(super) const NOT_A_NUMBER: &str = "expected a number, or a string that holds one";

/// What is said of a number that would have to be rounded.
pub(super) const NOT_EXACT: &str = "the number has more digits than a decimal can hold";

impl Exact for Decimal {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = json_text::read(deserializer)?;
        parse(&json).map_err(D::Error::custom)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = RawValue::from_string(self.to_string()).map_err(S::Error::custom)?;
        json.serialize(serializer)
    }
}

/// The decimal that a text holds, exactly.
pub(super) fn parse_text(text: &str) -> Option<Decimal> {
    Number::parse(text)?.fit(i64::from(Decimal::MAX_SCALE), exact)
}

fn parse(json: &str) -> Result<Decimal, &'static str> {
    let text: Cow<'_, str> = if json.starts_with('"') {
        serde_json::from_str(json).map_err(|_| NOT_A_NUMBER)?
    } else {
        json.into()
    };
    let short = number::short(&text).and_then(|(value, scale)| exact(value, scale));
    if let Some(short) = short {
        return Ok(short);
    }
    let number = Number::parse(&text).ok_or(NOT_A_NUMBER)?;
    number
        .fit(i64::from(Decimal::MAX_SCALE), exact)
        .ok_or(NOT_EXACT)
}

fn exact(coefficient: i128, scale: u32) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(coefficient, scale).ok()
}
