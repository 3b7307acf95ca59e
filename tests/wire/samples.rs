//! The sample responses of the reference pages.

use crate::billing::{ACCOUNT, Sdk, client, decimal, success};
use crate::schema;
use crate::server::{Response, Server};
use cloudflare_billing::Written;
use serde_json::{Value, json};

#[tokio::test]
async fn the_profile_of_the_reference_page() {
    let example = schema::profile_example();
    let server = Server::start([Response::json(200, &example)]).await;
    let request = client(&server).billing().profiles().get(ACCOUNT);
    let response = request.with_response().await.unwrap();

    let message = &response.messages()[0];
    assert_eq!(message.code, Some(1000));
    assert_eq!(message.message, "message");
    assert_eq!(
        message.documentation_url.as_deref(),
        Some("documentation_url")
    );
    assert_eq!(message.pointer.as_deref(), Some("pointer"));

    let profile = response.into_data();
    assert_eq!(profile.card_number.as_deref(), Some("4242424242424242"));
    assert_eq!(profile.card_expiry_month, Some(12));
    assert_eq!(profile.card_expiry_year, Some(2099));
    assert_eq!(profile.is_partner, Some(false));
    let created_on = profile.created_on.as_ref().map(Written::as_str);
    assert_eq!(created_on, Some("2014-03-01T12:21:59.3456Z"));
    assert!(profile.extra.is_empty(), "{:?}", profile.extra);
    assert_eq!(serde_json::to_value(&profile).unwrap(), example["result"]);
}

#[tokio::test]
async fn the_profiles_sample_holds_every_field() {
    let example = schema::profile_example();
    let known = schema::properties("Profile");
    assert_eq!(known.len(), 39);
    for property in known {
        assert!(
            example["result"].get(&property.name).is_some(),
            "{property:?}"
        );
    }
}

#[tokio::test]
async fn the_usage_of_the_reference_pages() {
    for (example, unit) in schema::usage_examples()
        .into_iter()
        .zip(["Requests", "GB-months"])
    {
        let server = Server::start([Response::json(200, &example)]).await;
        let request = client(&server).billing().usage().paygo(ACCOUNT);
        let response = request.with_response().await.unwrap();
        assert_eq!(response.messages()[0].code, Some(0));

        let records = response.into_data();
        let [record] = records.as_slice() else {
            panic!("{records:?}");
        };
        assert_eq!(record.billing_currency, "USD");
        assert_eq!(record.billing_period_start, timestamp("2025-02-01"));
        assert_eq!(record.charge_period_start, timestamp("2025-02-01"));
        assert_eq!(record.charge_period_end, timestamp("2025-02-02"));
        assert_eq!(record.consumed_quantity, decimal("150000"));
        assert_eq!(record.consumed_unit, unit);
        assert_eq!(record.contracted_cost, decimal("0.75"));
        assert_eq!(record.cumulated_contracted_cost, decimal("2.25"));
        assert_eq!(record.cumulated_pricing_quantity, decimal("4500000"));
        assert_eq!(record.pricing_quantity, decimal("150000"));
        assert_eq!(record.service_name, "Workers Standard");
        assert!(record.extra.is_empty(), "{:?}", record.extra);
        assert_eq!(
            serde_json::to_value(&records).unwrap(),
            example["result"],
            "what is written is what was read"
        );
    }
}

#[tokio::test]
async fn an_account_without_usage_has_no_records() {
    let sdk = Sdk::start().await;
    let records = sdk.usage(success(&json!([]))).await;
    assert_eq!(records.unwrap(), []);
}

#[tokio::test]
async fn every_field_of_a_profile_may_be_missing_or_null() {
    let names = schema::properties("Profile")
        .into_iter()
        .map(|one| one.name);
    let nulls: Value = names.map(|name| (name, Value::Null)).collect();
    let sdk = Sdk::start().await;
    for result in [json!({}), nulls] {
        let profile = sdk.profile(success(&result)).await;
        assert_eq!(profile.unwrap(), Default::default());
    }
}

fn timestamp(day: &str) -> jiff::Timestamp {
    format!("{day}T00:00:00Z").parse().expect("a time")
}
