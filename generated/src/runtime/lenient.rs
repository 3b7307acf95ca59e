//! Lenient parsing of dates, times and decimals that follow no standard to the letter.

use std::borrow::Cow;
use std::fmt::Display;

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::rfc2822;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{Span, Timestamp};
use rust_decimal::Decimal;

use super::decimal;

/// What a text can mean.
pub trait Lenient: Copy + Ord + Display {
    /// The value that a text means, if it means one.
    fn read(text: &str) -> Option<Self>;
}

impl Lenient for Timestamp {
    fn read(text: &str) -> Option<Self> {
        // Nearly all are as RFC 3339 has them.
        if let Some(time) = standard(text) {
            return Some(time);
        }
        let text = text.trim();
        Moment::read(text)
            .map(|moment| moment.timestamp())
            .or_else(|| rfc2822::DateTimeParser::new().parse_timestamp(text).ok())
    }
}

impl Lenient for Date {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        text.parse()
            .ok()
            .or_else(|| Some(Moment::read(text)?.time.date()))
    }
}

impl Lenient for Decimal {
    fn read(text: &str) -> Option<Self> {
        decimal::parse_text(text.trim())
    }
}

/// The time that is written in UTC with all its parts, which is read the same by any rule.
fn standard(text: &str) -> Option<Timestamp> {
    let is_utc = text.ends_with('Z') && text.get(10..11) == Some("T");
    let is_hour = text.get(11..13).is_some_and(|hour| hour < "24");
    (is_utc && is_hour && text.len() <= 30).then(|| text.parse().ok())?
}

/// The offset of a time, if it is written.
pub(super) fn offset(text: &str) -> Option<Offset> {
    Moment::read(text.trim())?.offset
}

/// A time of any year from 0 to 9999.
struct Moment {
    time: DateTime,
    offset: Option<Offset>,
}

impl Moment {
    fn read(text: &str) -> Option<Self> {
        // Digits alone are as likely seconds since 1970 as a day.
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let (text, is_midnight) = normal(text)?;
        let pieces = Pieces::parse(text.as_ref()).ok()?;
        let time = pieces.time().unwrap_or(Time::midnight());
        let mut time = pieces.date().to_datetime(time);
        if is_midnight {
            time = time.checked_add(Span::new().days(1)).ok()?;
        }
        Some(Self {
            time,
            offset: pieces.to_numeric_offset(),
        })
    }

    /// The nearest that there is.
    fn timestamp(&self) -> Timestamp {
        let offset = self.offset.unwrap_or(Offset::UTC);
        let nearest = match self.time.year() {
            1.. => Timestamp::MAX,
            _ => Timestamp::MIN,
        };
        offset.to_timestamp(self.time).unwrap_or(nearest)
    }
}

/// The text as the parser has it, and whether it names the end of its day, `24:00`.
fn normal(text: &str) -> Option<(Cow<'_, str>, bool)> {
    let mut text = Cow::Borrowed(text);
    for name in [" UTC", " GMT", " Z"] {
        if let Some(time) = text.strip_suffix(name) {
            text = format!("{time}Z").into();
        }
    }
    // RFC 3339 has as many digits of a second as one likes, the parser nine.
    if let Some((before, after)) = text.split_once(['.', ',']) {
        let end = after.bytes().take_while(u8::is_ascii_digit).count();
        if end > 9 {
            text = format!("{before}.{}{}", &after[..9], &after[end..]).into();
        }
    }
    // `... +01:00`
    let apart = text.rsplit_once(' ');
    if let Some((time, offset)) = apart.filter(|(_, offset)| offset.starts_with(['+', '-'])) {
        text = format!("{time}{offset}").into();
    }
    let is_midnight = text.get(11..16) == Some("24:00");
    if is_midnight {
        let seconds = text.get(16..19).unwrap_or_default();
        if seconds.starts_with(':') && seconds != ":00" {
            return None;
        }
        text = format!("{}00{}", &text[..11], &text[13..]).into();
    }
    Some((text, is_midnight))
}
