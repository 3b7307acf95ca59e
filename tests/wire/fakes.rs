//! An application's tests with a fake of the API: what it responds, and what it was called with.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use cloudflare_billing::models::{Profile, UsageRecord};
use cloudflare_billing::testing::Fake;
use cloudflare_billing::{Client, Credentials, Error};
use jiff::civil::date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// What is tested: an application's own function.
async fn total(client: &Client, account: &str) -> Result<Decimal, Error> {
    let records = client.billing().usage().paygo(account);
    let records = records.from(date(2025, 2, 1)).await?;
    Ok(records.iter().map(|record| record.contracted_cost).sum())
}

#[test]
fn the_docs_show_tests_that_pass() {
    let docs = include_str!("../../docs/testing.md");
    assert!(
        docs.contains(include_str!("documented.rs")),
        "copy documented.rs into docs/testing.md"
    );
}

fn record(cost: &str) -> UsageRecord {
    let mut record: Value = serde_json::from_str(include_str!("record.json")).expect("JSON");
    record["ContractedCost"] = serde_json::from_str(cost).expect("a number");
    serde_json::from_value(record).expect("a record")
}

/// What a failed assertion says.
fn panic_of<T>(assertion: impl FnOnce() -> T) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| drop(assertion())));
    let panic = panic.expect_err("it fails");
    let text = panic.downcast_ref::<String>().expect("it says something");
    text.clone()
}

#[tokio::test]
async fn what_is_stated_is_returned_and_what_was_sent_is_known() {
    for fake in [Fake::start().await, Fake::in_memory()] {
        let paygo = fake.billing().usage().paygo();
        paygo.clone().returns(vec![record("1.25"), record("0.5")]);
        let total = total(&fake.client(), "acc/1").await.expect("it responds");
        assert_eq!(total, Decimal::new(175, 2));
        let call = paygo.assert_called_once();
        call.assert_query("from", "2025-02-01")
            .assert_path_parameter("account_id", "acc/1");
        assert_eq!(call.method(), "GET");
        assert_eq!(call.path(), "/accounts/acc%2F1/billing/usage/paygo");
        assert_eq!(call.query_value("to"), None);
        assert_eq!(call.header("authorization"), Some("[redacted]"));
        assert_eq!(call.json(), None);
        fake.billing().profiles().get().assert_not_called();
    }
}

#[tokio::test]
async fn responses_follow_each_other_and_the_last_one_stays() {
    let fake = Fake::start().await;
    let get = fake.billing().profiles().get();
    get.clone()
        .fails(
            500,
            json!({"success": false, "errors": [{"code": 1, "message": "later"}]}),
        )
        .header("retry-after", "30")
        .disconnects()
        .returns(Profile::default())
        .status(203)
        .returns_status(403);
    let client = fake.client();
    // Nothing waits between the attempts.
    let response = client.billing().profiles().get("a").with_response().await;
    let response = response.expect("the third attempt succeeds");
    assert_eq!((response.status().as_u16(), response.attempts()), (203, 3));
    for _ in 0..2 {
        let error = client.billing().profiles().get("a").await;
        let status = error.expect_err("it is forbidden").status();
        assert_eq!(status.map(|status| status.as_u16()), Some(403));
    }
    assert_eq!(get.assert_called(5).len(), fake.calls().len());
}

#[tokio::test]
async fn a_response_that_comes_late_is_a_timeout() {
    let fake = Fake::in_memory();
    let get = fake.billing().profiles().get();
    let hour = Duration::from_secs(3600);
    get.clone().returns(Profile::default()).after(hour);
    let client = fake.builder().max_retries(0).build().expect("a client");
    let request = client.billing().profiles().get("a");
    let error = request.timeout(Duration::from_millis(1)).await;
    assert!(matches!(error, Err(Error::Timeout(_))), "{error:?}");
    get.assert_called_once();
}

#[tokio::test]
async fn what_is_not_stated_is_an_error_that_names_the_operation() {
    let fake = Fake::in_memory();
    let client = fake.client();
    let error = client.billing().profiles().get("a").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /accounts/{account_id}/billing/profile at fake.test: 501 Not Implemented: nothing is stubbed for \
         `client.billing().profiles().get()`: state a response first, as by \
         `fake.billing().profiles().get().returns(..)` (GET /accounts/{account_id}/billing/profile) \
         [1 attempt]"
    );
    let error = client.get::<Value>("/zones").await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the API has no operation `GET /zones`"),
        "{error}"
    );
    assert_eq!(fake.calls().len(), 2);
}

#[test]
fn a_program_that_is_not_async_has_a_fake_too() {
    let fake = Fake::in_memory();
    fake.billing()
        .profiles()
        .get()
        .returns_json(json!({"id": "7"}));
    let profile = fake.client().billing().profiles().get("a").blocking();
    assert_eq!(profile.expect("it responds").id.as_deref(), Some("7"));
}

#[tokio::test]
async fn a_failed_assertion_says_what_was_sent() {
    let fake = Fake::in_memory();
    let paygo = fake.billing().usage().paygo().returns(Vec::new());
    let never = panic_of(|| paygo.assert_called_once());
    assert_eq!(
        never,
        "`client.billing().usage().paygo()` (GET /accounts/{account_id}/billing/usage/paygo) was called never, and \
         should have been once; no request came at all"
    );
    total(&fake.client(), "acc").await.expect("it responds");
    let call = paygo.assert_called_once();
    assert_eq!(
        panic_of(|| call.assert_query("from", "2025-03-01")),
        "query parameter `from`: expected \"2025-03-01\", sent \"2025-02-01\"\n  of GET \
         /accounts/acc/billing/usage/paygo?from=2025-02-01 (client.billing().usage().paygo())"
    );
    assert_eq!(
        panic_of(|| paygo.assert_called_with(|call| call.query_value("to").is_some())),
        "`client.billing().usage().paygo()` (GET /accounts/{account_id}/billing/usage/paygo) was not called as it \
         should have been; its requests:\n  GET /accounts/acc/billing/usage/paygo?from=2025-02-01 \
         (client.billing().usage().paygo())"
    );
}

#[tokio::test]
async fn no_credential_is_in_what_is_recorded_and_shown() {
    const KEY: &str = "0123456789abcdef-the-key";
    let fake = Fake::start().await;
    fake.billing().profiles().get().returns_status(403);
    let given = fake
        .builder()
        .credentials(Credentials::api_key("me@example.com", KEY));
    let own = given
        .default_header("x-session-token", KEY)
        .build()
        .expect("a client");
    let request = own.billing().profiles().get("a").header("x-auth-key", KEY);
    request.await.expect_err("it is forbidden");
    own.billing()
        .profiles()
        .get("a")
        .await
        .expect_err("it is forbidden");
    let get = fake.billing().profiles().get();
    let mut shown = format!("{fake:?} {get:?} {:?}", fake.calls());
    for call in get.calls() {
        shown += &format!("{call} {:?} {:?}", call.headers(), call.body());
        shown += &panic_of(|| call.assert_header("x-auth-key", "other"));
    }
    assert!(!shown.contains(KEY), "{shown}");
}
