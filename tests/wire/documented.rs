use cloudflare_billing::models::UsageRecord;
use cloudflare_billing::testing::Fake;
use cloudflare_billing::{Client, Error};
use jiff::civil::date;
use serde_json::json;

// The application's own.
async fn total(client: &Client, account: &str) -> Result<rust_decimal::Decimal, Error> {
    let usage = client.billing().usage().paygo(account);
    let records = usage.from(date(2025, 2, 1)).await?;
    Ok(records.iter().map(|record| record.contracted_cost).sum())
}

fn record() -> UsageRecord {
    serde_json::from_str(include_str!("record.json")).expect("a record")
}

#[tokio::test]
async fn costs_are_added() {
    let fake = Fake::start().await;
    let paygo = fake.billing().usage().paygo();
    paygo.clone().returns(vec![record(), record()]);

    let total = total(&fake.client(), "acc-1").await;

    assert_eq!(total.expect("it responds").to_string(), "4.12");
    paygo
        .assert_called_once()
        .assert_path_parameter("account_id", "acc-1")
        .assert_query("from", "2025-02-01");
}

#[tokio::test]
async fn an_outage_is_tried_again() {
    let fake = Fake::in_memory();
    let paygo = fake.billing().usage().paygo();
    paygo
        .clone()
        .fails(503, json!({"success": false, "errors": []}))
        .disconnects()
        .returns(vec![record()]);

    let total = total(&fake.client(), "acc-1").await;

    assert!(total.is_ok());
    paygo.assert_called(3);
}
