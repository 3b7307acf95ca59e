//! Tokens of OAuth 2.0: what the token endpoint is sent, and what becomes of its responses.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use runtime::runtime::{Client, Credentials, Error, OAuth2, Placement, Scheme, Service};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::support::{SERVICE, Server, Step, json, of_service, response};

static OAUTH: &[&Scheme] = &[&Scheme {
    name: "oauth",
    placement: Placement::OAuth2 {
        token_url: "/token?a=b",
        refresh_url: "",
    },
    variable: "",
}];

static GUARDED: Service = Service {
    alternatives: &[OAUTH],
    security: &[OAUTH],
    undocumented: &[OAUTH],
    ..SERVICE
};

fn builder(server: &Server, grant: OAuth2) -> runtime::runtime::ClientBuilder {
    let credentials = Credentials::from_secrets(OAUTH, [grant.into()]);
    of_service(&GUARDED, server).credentials(credentials)
}

fn client(server: &Server, grant: OAuth2) -> Client {
    builder(server, grant).build().unwrap()
}

fn grant() -> OAuth2 {
    OAuth2::client_credentials("my app", "s3cr3t&key")
}

fn token(token: &str) -> Step {
    let body = format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":3600}}"#);
    json("200 OK", body)
}

#[tokio::test]
async fn client_credentials_are_exchanged_for_a_token() {
    let server = Server::start([token("t-1")]).await;
    let grant = grant()
        .scopes(["read", "write"])
        .parameter("audience", "x y");
    client(&server, grant).get::<Value>("/x").await.unwrap();
    let sent = server.sent();
    assert_eq!(sent.len(), 2);
    let asked = &sent[0];
    assert_eq!(
        (asked.method.as_str(), asked.target.as_str()),
        ("POST", "/token?a=b")
    );
    // The parts are encoded as in a form: `my+app:s3cr3t%26key`.
    assert_eq!(
        asked.header("authorization"),
        Some("Basic bXkrYXBwOnMzY3IzdCUyNmtleQ==")
    );
    assert_eq!(
        asked.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(asked.header("accept"), Some("application/json"));
    assert_eq!(asked.header("user-agent"), Some("acme/0.1.0"));
    let form = String::from_utf8(asked.body.clone()).unwrap();
    assert_eq!(
        form,
        "grant_type=client_credentials&scope=read+write&audience=x+y"
    );
    assert_eq!(sent[1].header("authorization"), Some("Bearer t-1"));
}

#[tokio::test]
async fn the_secret_is_in_the_body_where_that_is_asked_for() {
    let server = Server::start([token("t-1")]).await;
    client(&server, grant().secret_in_body())
        .get::<Value>("/x")
        .await
        .unwrap();
    let asked = &server.sent()[0];
    assert_eq!(asked.header("authorization"), None);
    let form = String::from_utf8(asked.body.clone()).unwrap();
    let expected = "grant_type=client_credentials&client_id=my+app&client_secret=s3cr3t%26key";
    assert_eq!(form, expected);
}

#[tokio::test]
async fn another_token_endpoint_is_asked_instead() {
    let server = Server::start([]).await;
    let other = Server::start([token("t-1")]).await;
    let grant = grant().token_url(other.url("/elsewhere"));
    client(&server, grant).get::<Value>("/x").await.unwrap();
    assert_eq!(other.only().target, "/elsewhere");
    assert_eq!(server.only().header("authorization"), Some("Bearer t-1"));
}

#[tokio::test]
async fn a_token_is_exchanged_when_it_expires() {
    for expires in ["3600", "\"3600\""] {
        let first =
            format!(r#"{{"access_token":"t-1","token_type":"BEARER","expires_in":{expires}}}"#);
        let other = Server::start([json("200 OK", first), token("t-2")]).await;
        let server = Server::start([]).await;
        let client = client(&server, grant().token_url(other.url("/")));
        for time in [3560, 11] {
            client.get::<Value>("/x").await.unwrap();
            tokio::time::pause();
            tokio::time::advance(Duration::from_secs(time)).await;
            tokio::time::resume();
        }
        client.get::<Value>("/x").await.unwrap();
        let sent = server.sent();
        let tokens = sent.iter().filter_map(|sent| sent.header("authorization"));
        assert_eq!(
            tokens.collect::<Vec<_>>(),
            ["Bearer t-1", "Bearer t-1", "Bearer t-2"]
        );
        assert_eq!(other.sent().len(), 2);
    }
}

#[tokio::test]
async fn of_calls_at_once_one_asks() {
    let other = Server::start([token("t-1")]).await;
    let server = Server::start([]).await;
    let client = client(&server, grant().token_url(other.url("/")));
    let calls = (0..8).map(|_| tokio::spawn(client.get::<Value>("/x").into_future()));
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(other.sent().len(), 1);
    assert_eq!(server.sent().len(), 8);
}

#[tokio::test]
async fn a_refresh_token_is_exchanged_and_the_new_one_kept() {
    let rotated = r#"{"access_token":"t-1","refresh_token":"r-2"}"#;
    let kept = r#"{"access_token":"t-2"}"#;
    let other = Server::start([json("200 OK", rotated), json("200 OK", kept), token("t-3")]).await;
    let unauthorized = || json("401 Unauthorized", "r-1 r-2 t-1");
    let server = Server::start([unauthorized(), json("200 OK", "{}"), unauthorized()]).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let observed = Arc::clone(&seen);
    let grant = OAuth2::refresh_token("app", "r-1").token_url(other.url("/"));
    let grant = grant.on_new_refresh_token(move |token: &SecretString| {
        observed
            .lock()
            .unwrap()
            .push(token.expose_secret().to_owned());
    });
    let client = client(&server, grant);
    client.get::<Value>("/x").await.unwrap();
    client.get::<Value>("/x").await.unwrap();
    let forms = other
        .sent()
        .into_iter()
        .map(|sent| String::from_utf8(sent.body).unwrap());
    let form =
        |token: &str| format!("grant_type=refresh_token&refresh_token={token}&client_id=app");
    assert_eq!(
        forms.collect::<Vec<_>>(),
        [form("r-1"), form("r-2"), form("r-2")]
    );
    assert_eq!(*seen.lock().unwrap(), ["r-2"]);
}

/// What a call says where the token endpoint does this.
async fn failed(step: Step) -> (String, usize) {
    let other = Server::start([step]).await;
    let server = Server::start([]).await;
    let grant = grant().token_url(other.url("/token?key=s3cr3t-key"));
    let error = client(&server, grant).get::<Value>("/x").await.unwrap_err();
    assert!(matches!(error, Error::Credentials(_)), "{error:?}");
    assert_eq!(server.sent().len(), 0);
    let said = format!("{error} {error:?} {error:#?}");
    assert!(!said.contains("s3cr3t"), "{said}");
    (error.to_string(), other.sent().len())
}

#[tokio::test]
async fn an_error_of_the_token_endpoint_is_said() {
    let rejected = r#"{"error":"invalid_client","error_description":"no s3cr3t&key\n here"}"#;
    let other_type = r#"{"access_token":"s3cr3t-token","token_type":"mac"}"#;
    let location = [("location", "/elsewhere")];
    for (step, expected) in [
        (
            json("401 A", rejected),
            "responded 401 `invalid_client`: no [redacted] here",
        ),
        (json("400 A", "nothing"), "responded 400"),
        (json("200 A", "s3cr3t"), "responded with no JSON object"),
        (json("200 A", "{}"), "responded without `access_token`"),
        (
            json("200 A", other_type),
            "responded with a token of another type than `bearer`",
        ),
        (response("307 A", &location, ""), "responded 307"),
    ] {
        let (said, asked) = failed(step).await;
        assert!(
            said.contains("no secret for `oauth`: the token endpoint http://127.0.0.1:"),
            "{said}"
        );
        assert!(said.ends_with(&format!("/token {expected}")), "{said}");
        assert_eq!(asked, 1);
    }
}

#[tokio::test]
async fn a_token_endpoint_that_is_busy_is_asked_again() {
    let other = Server::start([
        response("503 A", &[], ""),
        Step::Reset(Vec::new()),
        token("t-1"),
    ])
    .await;
    let server = Server::start([]).await;
    let client = client(&server, grant().token_url(other.url("/")));
    client.get::<Value>("/x").await.unwrap();
    assert_eq!(other.sent().len(), 3);
    assert_eq!(server.only().header("authorization"), Some("Bearer t-1"));
}

#[tokio::test]
async fn without_a_token_endpoint_there_is_no_client() {
    let server = Server::start([]).await;
    for (grant, reason) in [
        (
            OAuth2::refresh_token("app", "r-1"),
            "there is no token endpoint for `oauth`: call `OAuth2::token_url`",
        ),
        (
            grant().token_url("mailto:s3cr3t"),
            "the token endpoint for `oauth` isn't a URL of HTTP",
        ),
    ] {
        let Err(Error::Configuration(error)) = builder(&server, grant).build() else {
            panic!("built")
        };
        assert_eq!(error.to_string(), reason);
    }
}

#[test]
fn what_is_secret_is_not_shown() {
    let grants = [
        grant().parameter("assertion", "s3cr3t-assertion"),
        OAuth2::refresh_token("s3cr3t-app", "s3cr3t-refresh"),
    ];
    let shown = format!("{grants:?}");
    assert!(!shown.contains("s3cr3t"), "{shown}");
    assert!(shown.contains("refresh_token"), "{shown}");
}
