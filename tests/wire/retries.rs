//! When a call is tried again, and how often.

use std::time::Duration;

use crate::billing::{ACCOUNT, Sdk, build, builder, client, success};
use crate::server::{Response, Server};
use cloudflare_billing::Error;
use serde_json::{Value, json};

#[tokio::test]
async fn a_limited_rate_is_waited_for() {
    let waits = [
        ("retry-after", "0"),
        ("retry-after", "0.001"),
        ("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT"),
        ("retry-after-ms", "1"),
        ("retry-after", "in a while"),
    ];
    for (name, value) in waits {
        let limited = Response::new(429, "").header(name, value);
        let server = Server::start([limited, success(&json!({"id": "a"}))]).await;
        let request = client(&server).billing().profiles().get(ACCOUNT);
        let response = request.with_response().await.unwrap();
        assert_eq!(response.data().id.as_deref(), Some("a"), "{name}: {value}");
        assert_eq!(response.attempts(), 2);
        assert_eq!(server.take().len(), 2);
    }
}

#[tokio::test]
async fn a_failure_that_stays_is_given_up() {
    let Sdk { server, client } = Sdk::start().await;
    for status in [408, 409, 429, 500, 502, 503, 504, 599] {
        server.respond([Response::new(status, "")]);
        for (retries, attempts) in [(None, 3), (Some(0), 1), (Some(1), 2), (Some(5), 6)] {
            let mut request = client.billing().profiles().get(ACCOUNT);
            if let Some(retries) = retries {
                request = request.max_retries(retries);
            }
            let error = request.await.unwrap_err();
            assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
            assert_eq!(server.take().len(), attempts, "{status}, {retries:?}");
        }
    }
}

#[tokio::test]
async fn the_clients_limit_holds_unless_the_call_has_its_own() {
    let server = Server::start([Response::new(500, "")]).await;
    let client = build(builder(&server).max_retries(4));
    let usage = || client.billing().usage().paygo(ACCOUNT);
    usage().await.unwrap_err();
    assert_eq!(server.take().len(), 5);
    usage().max_retries(1).await.unwrap_err();
    assert_eq!(server.take().len(), 2);
}

#[tokio::test]
async fn what_cannot_get_better_is_not_tried_again() {
    let responses = [
        Response::json(400, json!({"success": false})),
        Response::new(401, ""),
        Response::new(403, ""),
        Response::new(404, ""),
        Response::new(422, ""),
        Response::new(304, "").without_length(),
        Response::json(200, json!({"success": false})),
        Response::json(200, "not JSON"),
    ];
    let sdk = Sdk::start().await;
    for response in responses {
        let error = sdk.profile(response.clone()).await.unwrap_err();
        assert!(!error.is_retryable(), "{response:?}");
        assert_eq!(sdk.server.take().len(), 1, "{response:?}");
    }
}

#[tokio::test]
async fn the_service_knows_best() {
    let sdk = Sdk::start().await;
    for (status, should_retry, attempts) in [(500, "false", 1), (400, "true", 3), (500, "?", 3)] {
        let response = Response::new(status, "").header("x-should-retry", should_retry);
        let error = sdk.profile(response).await.unwrap_err();
        assert_eq!(error.is_retryable(), attempts > 1);
        assert_eq!(
            sdk.server.take().len(),
            attempts,
            "{status}, {should_retry}"
        );
    }
}

/// A wait of more than a minute is not begun, so that the test doesn't wait either.
#[tokio::test]
async fn a_wait_that_is_too_long_is_not_begun() {
    for (name, value) in [
        ("retry-after", "604800"),
        ("retry-after-ms", "604800000"),
        ("retry-after", "Thu, 31 Dec 2099 23:59:59 GMT"),
    ] {
        let server = Server::start([Response::new(429, "").header(name, value)]).await;
        let client = client(&server);
        let error = client.billing().profiles().get(ACCOUNT).await.unwrap_err();
        let Error::Api(error) = error else {
            panic!("{error:?}");
        };
        assert!(error.is_rate_limited());
        assert!(error.retry_after().unwrap() >= Duration::from_secs(604_800));
        assert_eq!(server.take().len(), 1, "{name}: {value}");
    }
}

#[tokio::test]
async fn a_change_is_sent_once_unless_it_has_a_key() {
    let server = Server::start([Response::new(500, "")]).await;
    let client = client(&server);
    let cases = [
        ("POST", client.post::<Value>("/x"), 1),
        ("PATCH", client.patch("/x"), 1),
        ("PUT", client.put("/x"), 3),
        ("DELETE", client.delete("/x"), 3),
        ("POST with a key", client.post("/x").idempotency_key("k"), 3),
    ];
    for (name, request, attempts) in cases {
        request.await.unwrap_err();
        let sent = server.take();
        assert_eq!(sent.len(), attempts, "{name}");
        let keys = sent.iter().map(|one| one.header("idempotency-key"));
        let expected = name.ends_with("key").then_some("k");
        assert!(keys.into_iter().all(|key| key == expected), "{name}");
    }
}
