//! Values that services write as text, and not always as their standard has it: dates, times and decimals.

use std::cmp::Ordering;
use std::convert::Infallible;
use std::fmt::{self, Display};
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::lenient::Lenient;

/// A value as the service wrote it, and what it means.
///
/// The text is kept, so that what was read is sent back as it came: `9999-12-31T23:59:59.9999999Z`
/// keeps its digits and `2025-02-01T08:00:00+01:00` its offset. A text that means nothing (`soon`, or
/// an empty one) is kept as well, and [`get`](Self::get) is `None`; so one such value does not make
/// a whole list unreadable.
///
/// It is compared with a `T`, and with its like, by what it means. What means nothing is equal to
/// the same text only; it is neither before nor after a `T`, and sorts before all that means
/// something.
///
/// ```text
/// if invoice.due < Timestamp::now() { .. }
/// let due = invoice.due.get().ok_or("no time")?.to_zoned_datetime(zone);
/// request.due = Timestamp::now().into();
/// ```
pub struct Written<T> {
    // What it means is found when it is asked for: of a list of many, most are never looked at.
    text: Box<str>,
    meaning: PhantomData<fn() -> T>,
}

impl<T: Lenient> Written<T> {
    /// The value of a text, whatever the text is.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self::new(text.into())
    }

    /// What the text means, if it means anything; the text is read each time.
    ///
    /// A timestamp is read as RFC 3339 has it, and as it is often written besides: with a space
    /// for the `T`, without seconds, or as RFC 2822 has it. Without an offset it is in UTC, and
    /// without a time it is the beginning of the day. One that is outside of the range of
    /// [`Timestamp`] is the nearest that is within: the last second of the year 9999 is
    /// [`Timestamp::MAX`].
    ///
    /// A date is read as RFC 3339 has it, and out of a timestamp, where it is the day that was
    /// written, whatever the offset. A decimal is exact.
    pub fn get(&self) -> Option<T> {
        T::read(&self.text)
    }
}

impl<T> Written<T> {
    fn new(text: String) -> Self {
        Self {
            text: text.into_boxed_str(),
            meaning: PhantomData,
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, as what is sent and not only read.
    pub fn into_text(self) -> String {
        self.text.into_string()
    }
}

impl Written<Timestamp> {
    /// The time in a time zone.
    pub fn to_zoned_datetime(&self, zone: TimeZone) -> Option<ZonedDateTime> {
        Some(self.get()?.to_zoned_datetime(zone))
    }

    /// The offset from UTC that was written, if one was.
    pub fn offset(&self) -> Option<Offset> {
        super::lenient::offset(&self.text)
    }
}

impl<T: Lenient> From<T> for Written<T> {
    fn from(value: T) -> Self {
        Self::new(value.to_string())
    }
}

/// Any text is one of these, so that this never fails.
impl<T: Lenient> FromStr for Written<T> {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::from_text(text))
    }
}

/// Any text, as where it is a parameter: it is sent with its digits.
impl From<&str> for Written<Decimal> {
    fn from(text: &str) -> Self {
        Self::from_text(text)
    }
}

/// The same of a text that is at hand.
impl From<String> for Written<Decimal> {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// The time with its offset, and without the name of its zone, for which RFC 3339 has no place.
impl From<ZonedDateTime> for Written<Timestamp> {
    fn from(time: ZonedDateTime) -> Self {
        let timestamp = time.timestamp();
        Self::new(timestamp.display_with_offset(time.offset()).to_string())
    }
}

impl<T> Display for Written<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl<T> fmt::Debug for Written<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl<T> Clone for Written<T> {
    fn clone(&self) -> Self {
        Self {
            text: self.text.clone(),
            meaning: PhantomData,
        }
    }
}

impl<T: Lenient> Ord for Written<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.get(), other.get()) {
            (None, None) => self.text.cmp(&other.text),
            (one, two) => one.cmp(&two),
        }
    }
}

impl<T: Lenient> PartialOrd for Written<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T: Lenient> PartialEq for Written<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text || self.cmp(other).is_eq()
    }
}

impl<T: Lenient> Eq for Written<T> {}

impl<T: Lenient + Hash> Hash for Written<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.get() {
            Some(value) => value.hash(state),
            None => self.text.hash(state),
        }
    }
}

impl<T: Lenient> PartialEq<T> for Written<T> {
    fn eq(&self, other: &T) -> bool {
        self.get().as_ref() == Some(other)
    }
}

impl<T: Lenient> PartialOrd<T> for Written<T> {
    fn partial_cmp(&self, other: &T) -> Option<Ordering> {
        self.get()?.partial_cmp(other)
    }
}

impl<T> Serialize for Written<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T: Lenient> Deserialize<'de> for Written<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}
