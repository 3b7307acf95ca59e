//! An account's identifier is one segment of the path, whatever it holds.

use crate::billing::{client, success};
use crate::server::Server;
use cloudflare_billing::Error;
use serde_json::{Value, json};

#[tokio::test]
async fn odd_characters_stay_within_the_segment() {
    let server = Server::start([success(&json!({}))]).await;
    let client = client(&server);
    let cases = [
        ("a/b", "a%2Fb"),
        ("a\\b", "a%5Cb"),
        ("a?b=c", "a%3Fb%3Dc"),
        ("a#b", "a%23b"),
        ("a%2Fb", "a%252Fb"),
        ("a b+c", "a%20b%2Bc"),
        ("a;b,c:d@e&f", "a%3Bb%2Cc%3Ad%40e%26f"),
        ("{account_id}", "%7Baccount_id%7D"),
        ("../other", "..%2Fother"),
        ("..\\other", "..%5Cother"),
        ("a\r\nb\0\t", "a%0D%0Ab%00%09"),
        ("å🦀", "%C3%A5%F0%9F%A6%80"),
        ("\u{feff}\u{202e}", "%EF%BB%BF%E2%80%AE"),
        ("...", "..."),
        (".a", ".a"),
        ("%2e%2e%2e", "%252e%252e%252e"),
        ("-._~", "-._~"),
        (" ", "%20"),
    ];
    for (account, segment) in cases {
        client.billing().profiles().get(account).await.unwrap();
        let expected = format!("/client/v4/accounts/{segment}/billing/profile");
        assert_eq!(server.only().target, expected, "{account:?}");
    }
}

#[tokio::test]
async fn an_account_may_be_anything_that_can_be_displayed() {
    let server = Server::start([success(&json!([]))]).await;
    let usage = client(&server).billing().usage();
    for request in [
        usage.paygo(7),
        usage.paygo('7'),
        usage.paygo(String::from("7")),
    ] {
        request.await.unwrap();
        assert_eq!(
            server.only().path(),
            "/client/v4/accounts/7/billing/usage/paygo"
        );
    }
}

#[tokio::test]
async fn what_would_leave_the_segment_never_reaches_the_server() {
    let server = Server::start([success(&json!({}))]).await;
    let billing = client(&server).billing();
    let cases = [
        "", ".", "..", "%2e", "%2E", "%2e%2e", "%2E%2E", "%2e%2E", ".%2e", "%2e.", "%2E.", ".%2E",
    ];
    for account in cases {
        let profile = billing.profiles().get(account).await.unwrap_err();
        let usage = billing.usage().paygo(account).await.unwrap_err();
        for error in [profile, usage] {
            let Error::InvalidArgument(argument) = &error else {
                panic!("{account:?}: {error:?}");
            };
            assert_eq!(argument.name(), "account_id");
            assert!(!error.is_retryable());
            assert!(error.to_string().contains("account_id"), "{error}");
        }
    }
    assert!(server.take().is_empty());
}

#[tokio::test]
async fn a_path_that_could_lead_elsewhere_never_reaches_the_server() {
    let server = Server::start([success(&json!({}))]).await;
    let client = client(&server);
    let cases = [
        "",
        "accounts",
        "//example.com/../x",
        "/a/../b",
        "/a/%2E%2e/b",
        "/a/..",
        "/a\\..\\b",
        "/a#b",
        "/a\nb",
        "/a/{unknown}",
        "https://example.com/",
    ];
    for path in cases {
        let error = client.get::<Value>(path).await.unwrap_err();
        assert!(
            matches!(error, Error::InvalidArgument(_)),
            "{path:?}: {error:?}"
        );
    }
    let error = client
        .get::<Value>("/a/{id}/b")
        .path("id", "..")
        .await
        .unwrap_err();
    assert!(matches!(&error, Error::InvalidArgument(e) if e.name() == "id"));
    assert!(server.take().is_empty());
}
