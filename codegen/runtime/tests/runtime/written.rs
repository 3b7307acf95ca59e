//! Dates, times and decimals are read as they are written in practice, and sent back as they came.

use jiff::civil::{Date, date};
use jiff::tz::{self, TimeZone};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use runtime::runtime::{OptionalInto, Written};
use rust_decimal::Decimal;

fn time(text: &str) -> Option<String> {
    let time = Written::<Timestamp>::from_text(text).get();
    time.map(|time| time.to_string())
}

#[test]
fn what_rfc_3339_allows_is_read() {
    for (text, expected) in [
        ("2025-02-01T08:09:10Z", "2025-02-01T08:09:10Z"),
        ("2025-02-01t08:09:10.25z", "2025-02-01T08:09:10.25Z"),
        ("2025-02-01T08:09:10+05:30", "2025-02-01T02:39:10Z"),
        ("2025-02-01T08:09:10-00:00", "2025-02-01T08:09:10Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        (
            "2025-02-01T08:09:10.1234567891234Z",
            "2025-02-01T08:09:10.123456789Z",
        ),
        ("9999-12-30T22:00:00Z", "9999-12-30T22:00:00Z"),
    ] {
        assert_eq!(time(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_is_written_in_practice_is_read() {
    for (text, expected) in [
        ("2025-02-01 08:09:10", "2025-02-01T08:09:10Z"),
        ("2025-02-01T08:09:10", "2025-02-01T08:09:10Z"),
        ("2025-02-01T08:09", "2025-02-01T08:09:00Z"),
        ("2025-02-01T08:09:10+0100", "2025-02-01T07:09:10Z"),
        ("2025-02-01 08:09:10 +0100", "2025-02-01T07:09:10Z"),
        ("2025-02-01 08:09:10 UTC", "2025-02-01T08:09:10Z"),
        ("2025-02-01", "2025-02-01T00:00:00Z"),
        ("2025-02-28T24:00:00Z", "2025-03-01T00:00:00Z"),
        ("Sat, 01 Feb 2025 08:09:10 GMT", "2025-02-01T08:09:10Z"),
        (" 2025-02-01T08:09:10Z\n", "2025-02-01T08:09:10Z"),
    ] {
        assert_eq!(time(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_means_nothing_is_kept() {
    for text in [
        "",
        "soon",
        "0000-00-00 00:00:00",
        "2025-13-01T00:00:00Z",
        "1738397350",
        "2025-02-01T24:00:01Z",
        "2025-02-01T24:00",
        "€€€€€24:00",
        "2025-02-0€24:00",
    ] {
        let written = Written::<Timestamp>::from_text(text);
        let expected =
            (text == "2025-02-01T24:00").then(|| "2025-02-02T00:00:00Z".parse().unwrap());
        assert_eq!(written.get(), expected, "{text}");
        assert_eq!(written.as_str(), text);
    }
}

#[test]
fn what_is_out_of_range_is_the_nearest_time() {
    let never = Written::<Timestamp>::from_text("9999-12-31T23:59:59.9999999Z");
    assert_eq!(never.get(), Some(Timestamp::MAX));
    assert!(never > Timestamp::now());
    let one = Written::<Timestamp>::from_text("9999-12-31T23:59:59-23:59");
    assert_eq!(one.get(), Some(Timestamp::MAX));
}

#[test]
fn what_was_read_is_sent_as_it_came() {
    for text in [
        "9999-12-31T23:59:59.9999999Z",
        "2025-02-01T08:00:00+01:00",
        "2025-02-01 08:00:00",
        "",
    ] {
        let json = serde_json::to_string(text).unwrap();
        let read: Written<Timestamp> = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
        assert_eq!(read.to_string(), text);
        assert_eq!(read.into_text(), text);
    }
    assert!(serde_json::from_str::<Written<Timestamp>>("1738397350").is_err());
}

#[test]
fn a_time_is_compared_by_what_it_means() {
    let one = Written::<Timestamp>::from_text("2025-02-01T08:00:00+01:00");
    let same = Written::<Timestamp>::from_text("2025-02-01T07:00:00Z");
    let later = Written::<Timestamp>::from_text("2025-02-01 07:00:01");
    let (nothing, other) = (
        Written::<Timestamp>::from_text("soon"),
        Written::from_text("never"),
    );
    assert_eq!(one, same);
    assert_eq!(one, same.get().unwrap());
    assert!(one < later && nothing < one && other < nothing);
    assert_ne!(nothing, other);
    assert_eq!(nothing.partial_cmp(&Timestamp::now()), None);
}

#[test]
fn the_offset_is_kept() {
    let one = Written::<Timestamp>::from_text("2025-02-01T08:00:00+01:00");
    assert_eq!(one.offset(), Some(tz::offset(1)));
    let none = Written::<Timestamp>::from_text("2025-02-01T08:00:00");
    assert_eq!(none.offset(), None);
    let zoned = one
        .to_zoned_datetime(TimeZone::fixed(tz::offset(1)))
        .unwrap();
    assert_eq!(zoned.date(), date(2025, 2, 1));
    assert_eq!(
        Written::<Timestamp>::from(zoned).as_str(),
        "2025-02-01T08:00:00+01:00"
    );
}

#[test]
fn a_date_is_read_out_of_a_time_as_well() {
    for (text, expected) in [
        ("2025-02-01", Some(date(2025, 2, 1))),
        ("2025-02-01T23:00:00-05:00", Some(date(2025, 2, 1))),
        ("2015-07-01T00:00:00", Some(date(2015, 7, 1))),
        ("9999-12-31", Some(date(9999, 12, 31))),
        ("0000-00-00", None),
        ("", None),
    ] {
        let written = Written::<Date>::from_text(text);
        assert_eq!(written.get(), expected, "{text}");
        assert_eq!(written.as_str(), text);
    }
    assert_eq!(Written::from(date(2025, 2, 1)).as_str(), "2025-02-01");
}

#[test]
fn a_decimal_in_a_text_is_exact() {
    let money = Written::<Decimal>::from_text("12345678901234567.89");
    assert_eq!(money.get().unwrap().to_string(), "12345678901234567.89");
    let long = "1".repeat(60);
    assert_eq!(Written::<Decimal>::from_text(&*long).get(), None);
    assert_eq!(Written::<Decimal>::from_text(&*long).as_str(), long);
}

#[test]
fn a_decimal_that_is_sent_is_made_of_a_text() {
    let price: Written<Decimal> = "1.50".into();
    assert_eq!(price.as_str(), "1.50");
    let price: Option<Written<Decimal>> = String::from("1.50").given();
    assert_eq!(price.unwrap().as_str(), "1.50");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_time_survives(seconds in -60_000_000_000_i64..=250_000_000_000, nanoseconds in 0..1_000_000_000_i64) {
        let time = Timestamp::from_second(seconds).unwrap() + nanoseconds.nanoseconds();
        let written = Written::from(time);
        prop_assert_eq!(Written::<Timestamp>::from_text(written.as_str()).get(), Some(time));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,40}", digits in "[0-9T:. Z+€-]{0,40}") {
        for text in [text, digits] {
            Written::<Timestamp>::from_text(&*text);
            Written::<Date>::from_text(&*text);
            Written::<Decimal>::from_text(text);
        }
    }
}
