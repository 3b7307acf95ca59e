//! Connections that fail, and answers that don't arrive whole.

use std::time::Duration;

use crate::billing::{ACCOUNT, at, build, builder, client, success};
use crate::schema;
use crate::server::{Answer, Nobody, Server};
use cloudflare_billing::{Error, reqwest};
use serde_json::json;

#[tokio::test]
async fn a_refused_connection() {
    let nobody = Nobody::new().unwrap();
    let client = build(at(&nobody.url()));
    let error = client.billing().profiles().get(ACCOUNT).await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    assert!(error.is_retryable());
    assert_eq!((error.status(), error.request_id()), (None, None));
    assert!(
        error.to_string().contains("could not be reached"),
        "{error}"
    );
}

#[tokio::test]
async fn a_body_that_breaks_off() {
    let whole = || Answer::json(200, schema::profile_example());
    let broken = [
        ("reset", whole().reset_after(100)),
        ("reset before the body", whole().reset_after(0)),
        ("truncated", whole().cut_after(100)),
        ("no body at all", whole().cut_after(0)),
    ];
    for (name, answer) in broken {
        let server = Server::start([answer.clone()]).await;
        let error = client(&server)
            .billing()
            .profiles()
            .get(ACCOUNT)
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Connect(_)), "{name}: {error:?}");
        assert!(error.is_retryable(), "{name}");
        assert_eq!(server.take().len(), 3, "{name}: each attempt breaks off");

        server.answer([answer, whole()]);
        let profile = client(&server).billing().profiles().get(ACCOUNT).await;
        assert!(profile.is_ok(), "{name}: the second attempt is whole");
        assert_eq!(server.take().len(), 2, "{name}");
    }
}

#[tokio::test]
async fn bytes_that_are_no_answer() {
    for bytes in [
        &b""[..],
        b"\r\n",
        b"220 mail.example.com ESMTP\r\n",
        b"HTTP/1.1 999999 No\r\n\r\n",
        b"\x16\x03\x01\0\0",
    ] {
        let server = Server::start([Answer::raw(bytes)]).await;
        let request = client(&server).billing().profiles().get(ACCOUNT);
        let error = request.await.unwrap_err();
        assert!(matches!(error, Error::Connect(_)), "{bytes:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_body_that_never_ends_is_given_up() {
    let limit = Duration::from_millis(50);
    let whole = || Answer::json(200, schema::profile_example());
    for (name, answer) in [
        ("no answer", Answer::raw(b"").stall_after(0)),
        ("half a body", whole().stall_after(100)),
    ] {
        let server = Server::start([answer]).await;
        let by_client = build(builder(&server).timeout(limit).max_retries(0));
        let by_call = client(&server);
        let requests = [
            by_client.billing().profiles().get(ACCOUNT),
            by_call
                .billing()
                .profiles()
                .get(ACCOUNT)
                .timeout(limit)
                .max_retries(0),
        ];
        for request in requests {
            let error = request.await.unwrap_err();
            let Error::Timeout(timeout) = &error else {
                panic!("{name}: {error:?}");
            };
            assert_eq!(timeout.limit(), limit);
            assert!(error.is_retryable());
        }
    }
}

#[tokio::test]
async fn a_slow_answer_is_asked_for_again() {
    let slow = Answer::json(200, schema::profile_example()).stall_after(100);
    let server = Server::start([slow, success(&json!({"id": "a"}))]).await;
    let request = client(&server).billing().profiles().get(ACCOUNT);
    let response = request
        .timeout(Duration::from_millis(200))
        .max_retries(20)
        .with_response()
        .await
        .unwrap();
    assert!(response.attempts() > 1);
    assert_eq!(response.data().id.as_deref(), Some("a"));
}

#[tokio::test]
async fn a_client_of_the_callers_may_have_a_timeout_too() {
    let server = Server::start([Answer::raw(b"").stall_after(0)]).await;
    let http = reqwest::Client::builder()
        .timeout(Duration::from_millis(50))
        .build()
        .unwrap();
    let client = build(builder(&server).http_client(http).max_retries(0));
    let error = client.billing().profiles().get(ACCOUNT).await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
}
