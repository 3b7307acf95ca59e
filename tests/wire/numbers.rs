//! Numbers are exact, however they are written.

use crate::billing::{Sdk, decimal};
use crate::schema;
use crate::server::Response;
use cloudflare_billing::Error;
use cloudflare_billing::models::{Profile, UsageRecord};
use rust_decimal::Decimal;
use serde_json::value::RawValue;

#[tokio::test]
async fn digits_survive_the_round_trip() {
    let sdk = Sdk::start().await;
    let cases = [
        "0",
        "0.75",
        "0.10",
        "1.00",
        "-0.05",
        "12345678901234567.89",
        "1234567890123.456789012345",
        "0.1234567890123456789012345",
        "0.0000000000000000000000000001",
        "79228162514264337593543950335",
        "-79228162514264337593543950335",
        "7.9228162514264337593543950335",
    ];
    for digits in cases {
        let record = read_cost(&sdk, digits).await.unwrap();
        assert_eq!(record.contracted_cost.to_string(), digits);
        assert_eq!(written_cost(&record), digits);
    }
}

#[tokio::test]
async fn other_spellings_of_a_number_are_read() {
    let sdk = Sdk::start().await;
    let cases = [
        ("1.5e3", "1500"),
        ("1.5E+3", "1500"),
        ("15e-1", "1.5"),
        ("1e-28", "0.0000000000000000000000000001"),
        ("100e-2", "1.00"),
        ("0e10", "0"),
        ("0.0e-40", "0.0000000000000000000000000000"),
        ("1e28", "10000000000000000000000000000"),
        ("\"0.75\"", "0.75"),
        (
            "0.00000000000000000000000000010000",
            "0.0000000000000000000000000001",
        ),
    ];
    for (sent, digits) in cases {
        let record = read_cost(&sdk, sent).await.unwrap();
        assert_eq!(written_cost(&record), digits, "{sent}");
    }
}

#[tokio::test]
async fn a_tenth_and_two_tenths_are_three_tenths() {
    let sdk = Sdk::start().await;
    let tenth = read_cost(&sdk, "0.1").await.unwrap();
    let two_tenths = read_cost(&sdk, "0.2").await.unwrap();
    let sum: Decimal = [tenth, two_tenths].iter().map(|r| r.contracted_cost).sum();
    assert_eq!(sum, decimal("0.3"));
    assert_eq!(sum.to_string(), "0.3");
}

#[tokio::test]
async fn what_would_be_rounded_is_rejected() {
    let sdk = Sdk::start().await;
    let cases = [
        "0.00000000000000000000000000001",
        "79228162514264337593543950336",
        "7.92281625142643375935439503351",
        "1e29",
        "1e999999999999999999999",
        "\"cheap\"",
        "\"\"",
        "null",
        "true",
        "[1]",
    ];
    for sent in cases {
        let error = read_cost(&sdk, sent).await.unwrap_err();
        let Error::Decode(error) = &error else {
            panic!("{sent}: {error:?}");
        };
        assert_eq!(error.path(), "result[0].ContractedCost", "{sent}");
    }
}

#[tokio::test]
async fn months_may_have_a_fraction_of_zero() {
    let sdk = Sdk::start().await;
    for (sent, month) in [
        ("12", 12),
        ("12.0", 12),
        ("12.00", 12),
        ("1.2e1", 12),
        ("120e-1", 12),
        ("-0.0", 0),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808.0", i64::MIN),
    ] {
        let profile = read_month(&sdk, sent).await.unwrap();
        assert_eq!(profile.card_expiry_month, Some(month), "{sent}");
        let written = serde_json::to_string(&profile).unwrap();
        assert_eq!(written, format!(r#"{{"card_expiry_month":{month}}}"#));
    }
    let strict = Sdk::strict().await;
    for sent in ["12.5", "9223372036854775808", "1e400", "\"June\"", "{}"] {
        let profile = read_month(&sdk, sent).await.unwrap();
        assert_eq!(profile.card_expiry_month, None, "{sent}");
        assert!(profile.extra.contains_key("card_expiry_month"), "{sent}");
        let error = read_month(&strict, sent).await.unwrap_err();
        let Error::Decode(error) = &error else {
            panic!("{sent}: {error:?}");
        };
        assert_eq!(error.path(), "result.card_expiry_month", "{sent}");
        assert!(!error.to_string().contains(sent), "{error}");
    }
}

async fn read_cost(sdk: &Sdk, cost: &str) -> Result<UsageRecord, Error> {
    let example = schema::usage_examples().remove(0).to_string();
    let (known, sent) = (
        r#""ContractedCost":0.75"#,
        format!(r#""ContractedCost":{cost}"#),
    );
    assert!(example.contains(known), "{example}");
    let response = Response::json(200, example.replace(known, &sent));
    let records = sdk.usage(response).await?;
    Ok(records.into_iter().next().expect("a record"))
}

async fn read_month(sdk: &Sdk, month: &str) -> Result<Profile, Error> {
    let body = format!(r#"{{"success": true, "result": {{"card_expiry_month": {month}}}}}"#);
    sdk.profile(Response::json(200, body)).await
}

/// The digits of the cost in the record's JSON.
fn written_cost(record: &UsageRecord) -> String {
    let json = serde_json::to_string(record).expect("JSON");
    let members: std::collections::BTreeMap<String, &RawValue> =
        serde_json::from_str(&json).expect("an object");
    members["ContractedCost"].get().to_owned()
}
