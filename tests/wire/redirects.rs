//! Redirects: followed, and credentials stay at home.

use crate::billing::{ACCOUNT, EMAIL, KEY, TOKEN, build, builder, client, success};
use crate::server::{Answer, Sent, Server};
use cloudflare_billing::{Client, Credentials, Error, reqwest};
use serde_json::json;

const CONFIDENTIAL: [&str; 6] = [
    "authorization",
    "cookie",
    "x-auth-email",
    "x-auth-key",
    "x-team",
    "x-trace",
];

#[tokio::test]
async fn within_the_origin_credentials_go_along() {
    for status in [301, 302, 303, 307, 308] {
        let server = Server::start([redirect(status, "/elsewhere"), success(&json!({}))]).await;
        for client in clients(&server) {
            server.answer([redirect(status, "/elsewhere"), success(&json!({}))]);
            client.billing().profiles().get(ACCOUNT).await.unwrap();
            let [first, second] = two(&server);
            assert_eq!(second.method, "GET");
            assert_eq!(second.target, "/elsewhere");
            for name in ["authorization", "x-auth-email", "x-auth-key", "x-team"] {
                assert_eq!(first.header(name), second.header(name), "{status}: {name}");
            }
        }
    }
}

#[tokio::test]
async fn another_origin_sees_no_credentials() {
    let stranger = Server::start([success(&json!({"id": "a"}))]).await;
    let server = Server::start([]).await;
    for status in [301, 302, 303, 307, 308] {
        for client in clients(&server) {
            server.answer([redirect(status, &stranger.url("/elsewhere"))]);
            let request = client.billing().profiles().get(ACCOUNT);
            let profile = request.header("x-trace", "1").header("cookie", "a=b").await;
            assert_eq!(profile.unwrap().id.as_deref(), Some("a"));
            assert!(server.only().header("x-trace").is_some());
            let strange = stranger.only();
            for name in CONFIDENTIAL {
                assert_eq!(strange.header(name), None, "{status}: {name}");
            }
            let text = format!("{strange:?}");
            for secret in [TOKEN, EMAIL, KEY] {
                assert!(!text.contains(secret), "{text}");
            }
        }
    }
}

#[tokio::test]
async fn another_name_of_the_same_machine_is_another_origin() {
    let server = Server::start([]).await;
    let elsewhere = server.url("/elsewhere").replace("127.0.0.1", "localhost");
    server.answer([redirect(302, &elsewhere), success(&json!({}))]);
    let client = client(&server);
    client.billing().profiles().get(ACCOUNT).await.unwrap();
    let [first, second] = two(&server);
    assert!(first.header("authorization").is_some());
    assert_eq!(second.header("authorization"), None);
}

#[tokio::test]
async fn the_way_back_home_does_not_bring_them_back() {
    let stranger = Server::start([]).await;
    let server = Server::start([redirect(307, &stranger.url("/away"))]).await;
    let client = client(&server);
    stranger.answer([redirect(307, &server.url("/home"))]);
    server.answer([
        redirect(307, &stranger.url("/away")),
        success(&json!({"id": "a"})),
    ]);
    client.billing().profiles().get(ACCOUNT).await.unwrap();
    let [first, second] = two(&server);
    assert!(first.header("authorization").is_some());
    assert_eq!(second.target, "/home");
    assert_eq!(second.header("authorization"), None);
}

#[tokio::test]
async fn a_location_is_never_a_way_to_add_credentials() {
    let stranger = Server::start([success(&json!({}))]).await;
    let location = stranger
        .url("/")
        .replace("127.0.0.1", "user:word@127.0.0.1");
    let server = Server::start([redirect(302, &location)]).await;
    let request = client(&server).billing().profiles().get(ACCOUNT);
    request.await.unwrap();
    assert_eq!(stranger.only().header("authorization"), None);
}

#[tokio::test]
async fn redirects_without_end_are_given_up() {
    let server = Server::start([redirect(302, "/again")]).await;
    let request = client(&server).billing().profiles().get(ACCOUNT);
    let error = request.await.unwrap_err();
    assert_eq!(error.status().unwrap(), 302);
    assert!(
        error.to_string().contains("more than 10 redirects"),
        "{error}"
    );
    assert_eq!(server.take().len(), 11);
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_a_refusal() {
    let answers = [
        Answer::new(302, ""),
        redirect(302, "file:///etc/passwd"),
        redirect(302, "ftp://example.com/"),
        redirect(302, "http://"),
        redirect(302, "http://[::1"),
    ];
    let server = Server::start([]).await;
    for answer in answers {
        server.answer([answer.clone()]);
        let request = client(&server).billing().profiles().get(ACCOUNT);
        let error = request.await.unwrap_err();
        assert!(matches!(error, Error::Api(_)), "{answer:?}: {error:?}");
        assert_eq!(server.take().len(), 1, "{answer:?}");
    }
}

#[tokio::test]
async fn a_client_that_strays_by_itself_is_found_out() {
    let stranger = Server::start([success(&json!({}))]).await;
    let server = Server::start([redirect(302, &stranger.url("/elsewhere"))]).await;
    let client = build(builder(&server).http_client(reqwest::Client::new()));
    let error = client.billing().profiles().get(ACCOUNT).await.unwrap_err();
    assert!(matches!(error, Error::Configuration(_)), "{error:?}");
    assert!(error.to_string().contains("Policy::none()"), "{error}");
}

/// A client for each kind of credentials.
fn clients(server: &Server) -> [Client; 2] {
    let credentials = [
        Credentials::api_token(TOKEN),
        Credentials::api_key(EMAIL, KEY),
    ];
    credentials.map(|credentials| {
        let builder = builder(server).credentials(credentials);
        build(builder.default_header("x-team", "billing"))
    })
}

fn redirect(status: u16, location: &str) -> Answer {
    Answer::new(status, "").header("location", location)
}

fn two(server: &Server) -> [Sent; 2] {
    server.take().try_into().expect("two requests")
}
