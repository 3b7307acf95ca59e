//! Numbers keep every digit, or are rejected.

use proptest::prelude::*;
use runtime::runtime::{Failure, RawVariant, decode, exact};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};

#[derive(Debug, Serialize, Deserialize, PartialEq, Default)]
struct Money {
    #[serde(with = "exact")]
    exact: Decimal,
    #[serde(with = "exact", default, skip_serializing_if = "Option::is_none")]
    maybe: Option<Decimal>,
    #[serde(with = "exact", default, skip_serializing_if = "Vec::is_empty")]
    many: Vec<Decimal>,
}

fn money(json: &str) -> Result<String, String> {
    let money: Result<Money, _> = serde_json::from_str(&format!(r#"{{"exact":{json}}}"#));
    money
        .map(|money| money.exact.to_string())
        .map_err(|error| error.to_string())
}

#[test]
fn decimals_are_exact() {
    for (json, expected) in [
        ("0.10", "0.10"),
        ("1234567890123456789012345", "1234567890123456789012345"),
        ("123456789012345.6789012345", "123456789012345.6789012345"),
        (
            "-0.0000000000000000000000000001",
            "-0.0000000000000000000000000001",
        ),
        (
            "79228162514264337593543950335",
            "79228162514264337593543950335",
        ),
        (
            "7.9228162514264337593543950335",
            "7.9228162514264337593543950335",
        ),
        ("\"12.50\"", "12.50"),
        ("\"1\\u0032\"", "12"),
        ("1e3", "1000"),
        ("1.5E-7", "0.00000015"),
        ("1.5e+1", "15"),
        ("12.50e1", "125.0"),
        ("0e999", "0"),
        ("-0", "0"),
        (
            "0.00000000000000000000000000000000000",
            "0.0000000000000000000000000000",
        ),
        (
            "1.00000000000000000000000000000000000",
            "1.0000000000000000000000000000",
        ),
        (
            "7.92281625142643375935439503350",
            "7.9228162514264337593543950335",
        ),
        ("10e-29", "0.0000000000000000000000000001"),
    ] {
        assert_eq!(money(json).as_deref(), Ok(expected), "{json}");
    }
}

#[test]
fn decimals_that_would_be_rounded_are_rejected() {
    for json in [
        "79228162514264337593543950336",
        "1e29",
        "1e-29",
        "1e999999999999",
        "1e-9223372036854775807",
        "1.00000000000000000000000000001",
        "123456789012345678901234567890123456789012345678901234567890",
    ] {
        assert!(
            money(json)
                .unwrap_err()
                .contains("more digits than a decimal"),
            "{json}"
        );
    }
    for json in [
        "null",
        "true",
        "\"\"",
        "\"x\"",
        "\"1,5\"",
        "\" 1\"",
        "\"+1\"",
        "\"1.\"",
        "\".5\"",
        "\"0x1\"",
        "\"NaN\"",
        "[1]",
        "{}",
        "1e99999999999999999999",
        "\"1e\"",
        "\"--1\"",
        "\"-\"",
        "\"\\ud800\"",
    ] {
        assert!(money(json).is_err(), "{json}");
    }
}

#[test]
fn decimals_add_up() {
    let text = r#"{"exact":0.1,"maybe":0.2,"many":[0.3,"4"]}"#;
    let money: Money = serde_json::from_str(text).unwrap();
    assert_eq!(money.exact + money.maybe.unwrap(), money.many[0]);
    assert_eq!(
        serde_json::to_string(&money).unwrap(),
        r#"{"exact":0.1,"maybe":0.2,"many":[0.3,4]}"#
    );
}

#[test]
fn decimals_may_be_null_or_missing_where_they_are_optional() {
    let null: Money = serde_json::from_str(r#"{"exact":1,"maybe":null}"#).unwrap();
    let missing: Money = serde_json::from_str(r#"{"exact":1}"#).unwrap();
    assert_eq!(null, missing);
    assert_eq!(serde_json::to_string(&missing).unwrap(), r#"{"exact":1}"#);
}

#[derive(Debug, Serialize, Deserialize, PartialEq)]
struct Count {
    #[serde(with = "exact")]
    count: i32,
    #[serde(with = "exact", default, skip_serializing_if = "Option::is_none")]
    maybe: Option<u64>,
}

fn count(json: &str) -> Result<i32, String> {
    let count: Result<Count, _> = serde_json::from_str(&format!(r#"{{"count":{json}}}"#));
    count
        .map(|count| count.count)
        .map_err(|error| error.to_string())
}

#[test]
fn integers_may_be_written_with_a_fraction_of_zero() {
    for (json, expected) in [
        ("12", 12),
        ("12.0", 12),
        ("1.2e1", 12),
        ("-12.000", -12),
        ("0.0", 0),
        ("-0", 0),
        ("1200e-2", 12),
        ("2147483647", i32::MAX),
        ("-2147483648.0", i32::MIN),
        ("0e-999", 0),
    ] {
        assert_eq!(count(json), Ok(expected), "{json}");
    }
}

#[test]
fn other_numbers_are_rejected() {
    for json in [
        "12.5",
        "1e-1",
        "2147483648",
        "-2147483649",
        "1e99",
        "1e-9999999999",
        "\"12\"",
        "null",
        "true",
        "[]",
        "99999999999999999999999999999999999999999999999",
    ] {
        let error = count(json).unwrap_err();
        assert!(
            error.contains("expected a number without a fraction, in the range"),
            "{json} {error}"
        );
    }
    let maybe: Count =
        serde_json::from_str(r#"{"count":1,"maybe":18446744073709551615.0}"#).unwrap();
    assert_eq!(maybe.maybe, Some(u64::MAX));
    let null: Count = serde_json::from_str(r#"{"count":1,"maybe":null}"#).unwrap();
    assert_eq!(serde_json::to_string(&null).unwrap(), r#"{"count":1}"#);
}

/// An integer, or else a number with a fraction, as a generated union reads itself.
#[derive(Debug, PartialEq)]
enum Either {
    Whole(i64),
    Broken(f64),
}

impl<'de> Deserialize<'de> for Either {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawVariant::deserialize(deserializer)?;
        match raw.try_read_exact() {
            Some(whole) => Ok(Self::Whole(whole)),
            None => raw.read("").map(Self::Broken),
        }
    }
}

#[derive(Debug, Deserialize, PartialEq)]
struct Counts {
    either: Either,
    #[serde(with = "exact")]
    count: u64,
}

/// Both members as one response has them, for a client that is strict.
fn response(either: &str, count: &str) -> Result<Counts, String> {
    let json = format!(r#"{{"either":{either},"count":{count}}}"#);
    match decode::value(&json, None, &[], true) {
        Ok((counts, _)) => Ok(counts),
        Err(Failure::Unreadable { path, reason }) => Err(format!("{path}: {reason}")),
        Err(Failure::Rejected) => panic!("a value has no envelope"),
    }
}

// Those of a response are read as digits first, and by their text only where one is something else.
#[test]
fn integers_of_responses_are_exact_however_one_of_them_is_written() {
    let max = u64::MAX;
    for (either, count) in [
        ("12", max.to_string()),
        ("12.0", "1.2e1".to_owned()),
        ("12", format!("{max}.0")),
        ("12.0", "3".to_owned()),
    ] {
        let read = response(either, &count).unwrap();
        assert_eq!(read.either, Either::Whole(12), "{either} {count}");
        let digits = count.replace("1.2e1", "12").replace(".0", "");
        assert_eq!(read.count.to_string(), digits, "{either} {count}");
    }
    assert_eq!(response("1.5", "0.0").unwrap().either, Either::Broken(1.5));
    for count in [
        "1e-9999999999",
        "-1",
        "1.5",
        "18446744073709551616",
        "\"1\"",
    ] {
        let error = response("1", count).unwrap_err();
        let expected = "count: expected a number without a fraction, in the range of its type";
        assert_eq!(error, expected, "{count}");
    }
    // What failed leaves nothing behind: without a response, they are read by their text.
    assert_eq!(count("12.0"), Ok(12));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_decimal_survives_a_round_trip(
        coefficient in -79228162514264337593543950335_i128..=79228162514264337593543950335,
        scale in 0_u32..=28,
    ) {
        let exact = Decimal::from_i128_with_scale(coefficient, scale);
        let before = Money { exact, maybe: Some(exact), many: vec![exact] };
        let text = serde_json::to_string(&before).unwrap();
        let after: Money = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(after.exact.to_string(), exact.to_string());
        prop_assert_eq!(after, before);
    }

    #[test]
    fn every_integer_survives_a_round_trip(value in any::<i32>(), zeros in 0_usize..40) {
        prop_assert_eq!(count(&format!("{value}.0{}", "0".repeat(zeros))), Ok(value));
    }

    #[test]
    fn no_text_panics(text in "\"?-?[0-9]{0,40}\\.?[0-9]{0,40}([eE][+-]?[0-9]{0,25})?\"?") {
        let _ = (money(&text), count(&text));
    }
}

#[derive(Debug, Serialize, Deserialize, PartialEq)]
struct Wide {
    #[serde(with = "exact")]
    signed: i128,
    #[serde(with = "exact")]
    unsigned: u128,
    #[serde(with = "exact")]
    pair: (String, i64, Option<Decimal>),
}

#[test]
fn integers_of_128_bits_and_tuples_are_exact() {
    let text = concat!(
        r#"{"signed":-170141183460469231731687303715884105728,"#,
        r#""unsigned":340282366920938463463374607431768211455,"#,
        r#""pair":["a",12,12345678901234567.89]}"#
    );
    let wide: Wide = serde_json::from_str(text).unwrap();
    assert_eq!((wide.signed, wide.unsigned), (i128::MIN, u128::MAX));
    assert_eq!(serde_json::to_string(&wide).unwrap(), text);
    let text = r#"{"signed":1e3,"unsigned":12.0,"pair":["a",12.0,null]}"#;
    let wide: Wide = serde_json::from_str(text).unwrap();
    assert_eq!((wide.signed, wide.unsigned, wide.pair.1), (1000, 12, 12));
    for unsigned in ["-1", "340282366920938463463374607431768211456", "1e39"] {
        let text = format!(r#"{{"signed":1,"unsigned":{unsigned},"pair":["a",1,1]}}"#);
        let error = serde_json::from_str::<Wide>(&text).unwrap_err().to_string();
        assert!(error.contains("in the range of its type"), "{error}");
    }
}
