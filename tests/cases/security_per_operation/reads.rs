//! What each operation sends of the credentials that a client holds.

use api::{Client, Credentials, Error};

use crate::server::{Received, Response, Server, outcome};

const NONE: [&str; 0] = [];

pub fn reads() {
    let server = Server::start(|_| Response::empty(204));
    outcome(calls(&server.url));
    let expected: [(&str, &[&str]); 13] = [
        ("/cards?key=app-key&token=app-token", &NONE),
        ("/public", &NONE),
        ("/maybe", &["authorization: Bearer bearer"]),
        ("/either", &["authorization: Bearer bearer"]),
        ("/scoped", &["authorization: Bearer oauth"]),
        (
            "/both",
            &["authorization: Basic dXNlcjpwYXNz", "cookie: SID=session"],
        ),
        ("/token", &["authorization: Token token"]),
        ("/digest", &["cookie: SID=session"]),
        ("/only-digest", &NONE),
        ("/certificate", &["authorization: Basic dXNlcjpwYXNz"]),
        ("/undocumented?key=app-key&token=app-token", &NONE),
        ("/maybe", &NONE),
        ("/either", &["cookie: SID=other"]),
    ];
    let sent = server.received();
    assert_eq!(sent.len(), expected.len(), "{sent:?}");
    for (request, (target, credentials)) in sent.iter().zip(expected) {
        assert_eq!(request.target, target);
        assert_eq!(authenticating(request), credentials, "{target}");
    }
}

async fn calls(url: &str) {
    let builder = Client::builder().base_url(url);
    let builder = builder.credentials(Credentials::app_key_and_app_token("app-key", "app-token"));
    let builder = builder
        .credentials(Credentials::bearer_token("bearer"))
        .credentials(Credentials::session("session"));
    let builder = builder
        .credentials(Credentials::basic("user:pass"))
        .credentials(Credentials::oauth("oauth"));
    let client = builder
        .credentials(Credentials::token("token"))
        .build()
        .unwrap();
    client.cards().list().await.unwrap();
    client.public().get().await.unwrap();
    client.maybe().get().await.unwrap();
    client.either().get().await.unwrap();
    client.scoped().get().await.unwrap();
    client.both().get().await.unwrap();
    client.token().get().await.unwrap();
    client.digest().get().await.unwrap();
    client.only_digest().get().await.unwrap();
    client.certificate().get().await.unwrap();
    client
        .get::<Option<serde_json::Value>>("/undocumented")
        .await
        .unwrap_or_default();
    let client = Client::builder()
        .base_url(url)
        .credentials(Credentials::session("other"))
        .build()
        .unwrap();
    client.maybe().get().await.unwrap();
    client.either().get().await.unwrap();
    let Err(Error::Configuration(error)) = client.cards().list().await else {
        panic!("sent")
    };
    assert!(
        error
            .to_string()
            .ends_with("the call needs credentials that the client lacks: `appKey` and `appToken`"),
        "{error}"
    );
}

/// The headers that authenticate.
fn authenticating(request: &Received) -> Vec<String> {
    let headers = request.headers.iter();
    let headers = headers.filter(|(name, _)| ["authorization", "cookie"].contains(&name.as_str()));
    let mut lines: Vec<String> = headers
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    lines.sort();
    lines
}
