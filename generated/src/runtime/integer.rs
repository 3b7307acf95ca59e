//! Integers that may arrive with a fraction of zero, as in `12.0`.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serialize, Serializer};

use super::deviations::bent_integer;
use super::exact::Exact;
use super::json_text;
use super::number::Number;

/// What is said of JSON that can't be read as the integer.
pub(super) const NOT_AN_INTEGER: &str =
    "expected a number without a fraction, in the range of its type";

/// How integers are read on this thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// By their text, which is exact however they are written.
    ByText,
    /// As digits.
    AsDigits,
    /// As digits, which one of them was not.
    Missed,
}

thread_local! {
    static READING: Cell<Reading> = const { Cell::new(Reading::ByText) };
}

/// Reads JSON in which integers are likely digits and nothing else, which is cheaper than by their text. If one is not, all is read
/// once more, whatever came of it: within a union it may have been taken for something else.
pub(super) fn likely_digits<T, E>(read: impl Fn() -> Result<T, E>) -> Result<T, E> {
    let outer = Outer(READING.replace(Reading::AsDigits));
    let result = read();
    let is_missed = READING.get() == Reading::Missed;
    drop(outer);
    if is_missed { read() } else { result }
}

/// What is put back at the end, also if a type panics while it is read.
struct Outer(Reading);

impl Drop for Outer {
    fn drop(&mut self) {
        READING.set(self.0);
    }
}

macro_rules! exact {
    ($($name:ty $(: $digits:ident)?),*) => {$(
        impl Exact for $name {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $(if READING.get() != Reading::ByText {
                    return deserializer.$digits(Digits(PhantomData));
                })?
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

exact! {
    i32: deserialize_i32, i64: deserialize_i64, u32: deserialize_u32, u64: deserialize_u64,
    // Of these, not all deserializers know the digits.
    i128, u128
}

/// An integer that is digits and nothing else.
struct Digits<T>(PhantomData<T>);

impl<T: TryFrom<i64> + TryFrom<u64>> Visitor<'_> for Digits<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an integer")
    }

    fn visit_i64<E: Error>(self, digits: i64) -> Result<T, E> {
        T::try_from(digits).map_err(|_| E::custom(NOT_AN_INTEGER))
    }

    fn visit_u64<E: Error>(self, digits: u64) -> Result<T, E> {
        T::try_from(digits).map_err(|_| E::custom(NOT_AN_INTEGER))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<T, E> {
        READING.set(Reading::Missed);
        Err(E::custom(NOT_AN_INTEGER))
    }
}

fn parse<T: FromStr>(json: &str) -> Result<T, &'static str> {
    // Nearly all are plain digits.
    if let Ok(integer) = json.parse() {
        return Ok(integer);
    }
    let number = Number::parse(json).ok_or(NOT_AN_INTEGER)?;
    let digits = number.whole().ok_or(NOT_AN_INTEGER)?;
    digits.parse().map_err(|_| NOT_AN_INTEGER)
}
