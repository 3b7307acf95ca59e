//! Responses of an API that has grown since this crate was made.

use crate::billing::{Sdk, decimal, success};
use crate::schema;
use crate::server::Response;
use cloudflare_billing::models::{Profile, UsageRecord};
use serde_json::{Value, json};

/// A record with the 29 fields that the API has come to send.
fn later_record() -> Value {
    json!({
        "BilledCost": 0.75,
        "BillingAccountId": "023e105f4ecef8ad9ca31a8372d0c353",
        "BillingAccountName": null,
        "BillingCurrency": "USD",
        "BillingPeriodEnd": "2025-03-01T00:00:00Z",
        "BillingPeriodStart": "2025-02-01T00:00:00Z",
        "ChargeCategory": "Usage",
        "ChargeClass": null,
        "ChargeDescription": "Workers Standard requests",
        "ChargeFrequency": "Usage-Based",
        "ChargePeriodEnd": "2025-02-02T00:00:00Z",
        "ChargePeriodStart": "2025-02-01T00:00:00Z",
        "ConsumedQuantity": 150000,
        "ConsumedUnit": "Requests",
        "ContractedCost": 0.75,
        "CumulatedContractedCost": 2.25,
        "CumulatedPricingQuantity": 4500000,
        "EffectiveCost": 0.75,
        "HostProviderName": "Cloudflare",
        "InvoiceIssuerName": "Cloudflare, Inc.",
        "ListCost": 1.5,
        "PricingQuantity": 150000,
        "PricingUnit": "Requests",
        "ServiceFamilyName": "Workers",
        "ServiceName": "Workers Standard",
        "ServiceProviderName": "Cloudflare",
        "SubscriptionId": "b69a9f3492637782896352daae219e7d",
        "ZoneId": null,
        "ZoneName": null,
    })
}

#[tokio::test]
async fn a_record_of_the_later_api_is_read() {
    let later = later_record();
    assert_eq!(later.as_object().unwrap().len(), 29);
    let record = read_record(&later).await;

    assert_eq!(record.contracted_cost, decimal("0.75"));
    assert_eq!(record.service_name, "Workers Standard");
    assert_eq!(record.extra.len(), 29 - 11);
    assert_eq!(record.extra["ListCost"], json!(1.5));
    assert_eq!(record.extra["ZoneName"], Value::Null);
    assert_eq!(serde_json::to_value(&record).unwrap(), later);
}

#[tokio::test]
async fn unknown_fields_are_written_back_as_they_came() {
    let unknown = json!({
        "extra": {"extra": 1},
        "type": "a keyword",
        "": "no name",
        "a.b[0]": [[], {}, [null, true, -1, 1.5, "text"]],
        "ID": "not id",
        "Größe": "\u{0}\u{1f}\u{2028}\"\\",
        "largest": u64::MAX,
        "smallest": i64::MIN,
    });
    let profile = read_profile(&unknown).await;
    assert_eq!(profile.extra.len(), unknown.as_object().unwrap().len());
    assert_eq!(serde_json::to_value(&profile).unwrap(), unknown);
}

/// Whatever is known of a later field's type, this crate doesn't know it.
#[tokio::test]
async fn an_unknown_field_of_an_odd_type_does_no_harm() {
    let numbers = ["-1e-400", "1e308", "-0", "0.30000000000000004"];
    let odd = numbers.into_iter().map(str::to_owned).chain([
        r#""\ud83e\udd80""#.to_owned(),
        format!("{}{}", "[".repeat(100), "]".repeat(100)),
        format!("1{}", "0".repeat(300)),
        format!("0.{}1", "0".repeat(400)),
    ]);
    let sdk = Sdk::start().await;
    for value in odd {
        let body = format!(r#"{{"success": true, "result": {{"id": "a", "new": {value}}}}}"#);
        let profile = sdk.profile(Response::json(200, body)).await;
        assert_eq!(profile.unwrap().id.as_deref(), Some("a"), "{value}");
    }
}

#[tokio::test]
async fn text_that_the_schema_did_not_expect_is_kept() {
    let profile = read_profile(&json!({
        "id": "longer than the thirty-two characters that the schema speaks of",
        "card_number": "",
        "account_type": "a kind that came later",
        "balance": "-12345678901234567890.10",
    }))
    .await;
    assert_eq!(profile.id.unwrap().len(), 63);
    assert_eq!(profile.card_number.as_deref(), Some(""));
    assert_eq!(profile.balance.as_deref(), Some("-12345678901234567890.10"));
}

#[tokio::test]
async fn times_are_read_at_any_offset() {
    let cases = [
        ("2025-02-01T00:00:00Z", "2025-02-01T00:00:00Z"),
        ("2025-02-01T01:30:00+01:30", "2025-02-01T00:00:00Z"),
        ("2025-01-31T16:00:00.5-08:00", "2025-02-01T00:00:00.5Z"),
        (
            "2014-03-01T12:21:59.123456789Z",
            "2014-03-01T12:21:59.123456789Z",
        ),
    ];
    for (sent, read) in cases {
        let profile = read_profile(&json!({"created_on": sent})).await;
        let time = profile.created_on.unwrap();
        assert_eq!(time.get(), Some(read.parse().unwrap()), "{sent}");
        assert_eq!(time.as_str(), sent);
    }
}

/// One time that no type can hold, or that is none, makes no list unreadable.
#[tokio::test]
async fn times_that_are_odd_are_kept() {
    let sdk = Sdk::start().await;
    let record = schema::usage_examples().remove(0)["result"][0].clone();
    for odd in [
        "9999-12-31T23:59:59.9999999Z",
        "2025-02-01 00:00:00",
        "",
        "never",
    ] {
        let mut other = record.clone();
        other["BillingPeriodStart"] = odd.into();
        let records = sdk.usage(success(&json!([record, other]))).await.unwrap();
        let sent = serde_json::to_value(&records[1]).unwrap();
        assert_eq!(sent["BillingPeriodStart"], odd);
    }
}

#[tokio::test]
async fn unknown_members_of_the_envelope_do_no_harm() {
    let mut response = schema::profile_example();
    response["result_info"] = json!({"page": 1});
    response["new"] = json!([{}]);
    let sdk = Sdk::start().await;
    let profile = sdk.profile(Response::json(200, response)).await;
    assert_eq!(profile.unwrap().city.as_deref(), Some("Anytown"));
}

async fn read_record(record: &Value) -> UsageRecord {
    let sdk = Sdk::start().await;
    let records = sdk.usage(success(&json!([record]))).await;
    records.expect("records").remove(0)
}

async fn read_profile(profile: &Value) -> Profile {
    let sdk = Sdk::start().await;
    sdk.profile(success(profile)).await.expect("a profile")
}
