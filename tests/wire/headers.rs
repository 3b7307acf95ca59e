//! What is sent with each call, and nothing else.

use crate::billing::{ACCOUNT, EMAIL, KEY, build, builder, client, success};
use crate::server::{Response, Sent, Server};
use cloudflare_billing::{Client, Credentials, Error};
use jiff::civil::date;
use serde_json::{Value, json};

/// What every request has, beside its credentials.
const ALWAYS: [&str; 5] = [
    "accept",
    "accept-encoding",
    "host",
    "user-agent",
    "x-stainless-retry-count",
];

#[tokio::test]
async fn a_call_with_a_token_is_sent_like_this() {
    let (server, client) = server_and_client().await;
    client.billing().profiles().get(ACCOUNT).await.unwrap();

    let sent = server.only();
    assert_eq!(sent.method, "GET");
    assert_eq!(
        sent.target,
        "/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353/billing/profile"
    );
    assert_eq!(sent.body, b"");
    assert_headers(&sent, &["authorization"]);
    let values = [
        ("accept", "application/json"),
        ("accept-encoding", "gzip"),
        ("authorization", "Bearer t0ken-of-the-tests"),
        ("user-agent", "cloudflare-billing/0.1.0"),
        ("x-stainless-retry-count", "0"),
    ];
    for (name, value) in values {
        assert_eq!(sent.header(name), Some(value), "{name}");
    }
}

#[tokio::test]
async fn a_call_with_an_email_and_a_key_is_sent_like_this() {
    let server = Server::start([success(&json!([]))]).await;
    let builder = Client::builder().base_url(server.url("/client/v4"));
    let client = build(builder.credentials(Credentials::api_key(EMAIL, KEY)));
    client.billing().usage().paygo(ACCOUNT).await.unwrap();

    let sent = server.only();
    assert_eq!(sent.method, "GET");
    assert_eq!(
        sent.target,
        "/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353/billing/usage/paygo"
    );
    assert_headers(&sent, &["x-auth-email", "x-auth-key"]);
    assert_eq!(sent.header("x-auth-email"), Some(EMAIL));
    assert_eq!(sent.header("x-auth-key"), Some(KEY));
}

/// The API lists the token first.
#[tokio::test]
async fn of_a_token_and_a_key_the_token_alone_is_sent() {
    let server = Server::start([success(&json!([]))]).await;
    let client = build(builder(&server).credentials(Credentials::api_key(EMAIL, KEY)));
    client.billing().usage().paygo(ACCOUNT).await.unwrap();
    assert_headers(&server.only(), &["authorization"]);
}

#[tokio::test]
async fn days_are_sent_only_if_they_are_set() {
    let server = Server::start([success(&json!([]))]).await;
    let client = client(&server);
    let usage = || client.billing().usage().paygo(ACCOUNT);
    let (from, to) = (date(2025, 2, 1), date(2025, 12, 31));
    let cases = [
        (usage(), None),
        (usage().from(from), Some("from=2025-02-01")),
        (usage().to(to), Some("to=2025-12-31")),
        (
            usage().from(from).to(to),
            Some("from=2025-02-01&to=2025-12-31"),
        ),
        // The last one counts.
        (usage().from(to).from(from), Some("from=2025-02-01")),
        (
            usage().query("page", 2).from(from).query("page", 3),
            Some("page=2&from=2025-02-01&page=3"),
        ),
    ];
    for (request, query) in cases {
        request.await.unwrap();
        assert_eq!(server.only().query(), query);
    }
}

#[tokio::test]
async fn each_attempt_tells_its_number() {
    let (server, client) = server_and_client().await;
    let busy = Response::new(503, "");
    server.respond([busy.clone(), busy, success(&json!({}))]);
    client.billing().profiles().get(ACCOUNT).await.unwrap();

    let sent = server.take();
    let numbers: Vec<_> = sent
        .iter()
        .map(|one| one.header("x-stainless-retry-count"))
        .collect();
    assert_eq!(numbers, [Some("0"), Some("1"), Some("2")]);
    let bare = |one: &Sent| {
        let mut one = one.clone();
        one.headers
            .retain(|(name, _)| name != "x-stainless-retry-count");
        (one.method, one.target, one.headers, one.body)
    };
    assert!(sent.iter().all(|one| bare(one) == bare(&sent[0])));
}

#[tokio::test]
async fn a_header_of_the_call_replaces_the_clients() {
    let server = Server::start([success(&json!({}))]).await;
    let builder = builder(&server).default_header("X-Team", "billing");
    let client = build(builder.default_header("x-region", "eu"));
    let profile = || client.billing().profiles().get(ACCOUNT);

    profile().await.unwrap();
    let sent = server.only();
    assert_headers(&sent, &["authorization", "x-region", "x-team"]);
    assert_eq!(sent.header("x-team"), Some("billing"));

    profile()
        .header("x-team", "finance")
        .header("User-Agent", "mine")
        .await
        .unwrap();
    let sent = server.only();
    assert_headers(&sent, &["authorization", "x-region", "x-team"]);
    assert_eq!(sent.header("x-team"), Some("finance"));
    assert_eq!(sent.header("user-agent"), Some("mine"));

    // The next call knows nothing of it.
    profile().await.unwrap();
    assert_eq!(server.only().header("x-team"), Some("billing"));
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_rejected() {
    let (server, client) = server_and_client().await;
    let profile = || client.billing().profiles().get(ACCOUNT);
    for (name, value) in [
        ("x-a", "1\r\nx-b: 2"),
        ("x a", "1"),
        ("", "1"),
        ("x-a", "\0"),
    ] {
        let error = profile().header(name, value).await.unwrap_err();
        assert!(
            matches!(&error, Error::InvalidArgument(e) if e.name() == name),
            "{name:?}: {error:?}"
        );
    }
    assert!(server.take().is_empty());
}

#[tokio::test]
async fn every_method_is_sent_as_named() {
    let (server, client) = server_and_client().await;
    server.respond([Response::json(200, json!(null))]);
    let calls = [
        ("GET", client.get::<Value>("/x")),
        ("POST", client.post("/x").json(&json!({"a": 1}))),
        ("PUT", client.put("/x").json(&json!({"a": 1}))),
        ("PATCH", client.patch("/x").json(&json!({"a": 1}))),
        ("DELETE", client.delete("/x")),
    ];
    for (method, call) in calls {
        call.await.unwrap();
        let sent = server.only();
        assert_eq!(sent.method, method);
        let body = sent.header("content-type").map(|_| sent.body.as_slice());
        let expected = matches!(method, "POST" | "PUT" | "PATCH");
        assert_eq!(body, expected.then_some(&br#"{"a":1}"#[..]), "{method}");
    }
}

#[tokio::test]
async fn the_base_url_may_end_with_a_slash() {
    let (server, _) = server_and_client().await;
    for path in ["/client/v4", "/client/v4/", "/client/v4//"] {
        let client = build(builder(&server).base_url(server.url(path)));
        client.billing().profiles().get("a").await.unwrap();
        assert_eq!(
            server.only().target,
            "/client/v4/accounts/a/billing/profile"
        );
    }
}

async fn server_and_client() -> (Server, Client) {
    let server = Server::start([success(&json!({}))]).await;
    let client = client(&server);
    (server, client)
}

#[track_caller]
fn assert_headers(sent: &Sent, more: &[&str]) {
    let mut expected = [&ALWAYS, more].concat();
    expected.sort_unstable();
    assert_eq!(sent.header_names(), expected);
}
