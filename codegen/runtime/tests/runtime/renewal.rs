//! Secrets that are fetched: when, how often, and what becomes of a call without one.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use runtime::runtime::{
    AccessToken, ByteStream, Client, Credentials, Error, Method, Request, Secret, decode,
};
use serde_json::Value;

use super::sent::Sent;
use super::support::{Server, TOKEN_ONLY, json, response, without_credentials};

/// A secret whose texts are `secret-1`, `secret-2` and so on, and how many were fetched.
fn numbered(expires_in: Option<Duration>) -> (Secret, Arc<AtomicUsize>) {
    let fetched = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&fetched);
    let secret = Secret::fetched_by(move || {
        let number = counter.fetch_add(1, Ordering::SeqCst) + 1;
        async move {
            // Others have time to ask as well.
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            let token = AccessToken::new(format!("secret-{number}"));
            Ok::<_, Infallible>(match expires_in {
                Some(time) => token.expires_in(time),
                None => token,
            })
        }
    });
    (secret, fetched)
}

fn client(server: &Server, secret: Secret) -> Client {
    let credentials = Credentials::from_secrets(TOKEN_ONLY, [secret]);
    let builder = without_credentials(server).credentials(credentials);
    builder.build().unwrap()
}

fn authorizations(sent: &[Sent]) -> Vec<&str> {
    let header = |sent: &'_ Sent| sent.header("authorization").map(str::len).unwrap_or(0);
    assert!(sent.iter().all(|sent| header(sent) > 0), "{sent:?}");
    sent.iter()
        .filter_map(|sent| sent.header("authorization"))
        .collect()
}

/// Lets so much time pass.
async fn later(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

#[tokio::test]
async fn a_secret_is_fetched_once_and_kept() {
    let server = Server::start([]).await;
    let (secret, fetched) = numbered(None);
    let client = client(&server, secret);
    assert_eq!(fetched.load(Ordering::SeqCst), 0);
    client.get::<Value>("/x").await.unwrap();
    client.clone().get::<Value>("/x").await.unwrap();
    later(Duration::from_secs(1_000_000)).await;
    client.get::<Value>("/x").await.unwrap();
    assert_eq!(authorizations(&server.sent()), ["Bearer secret-1"; 3]);
}

#[tokio::test]
async fn a_secret_is_fetched_anew_before_it_expires() {
    for (time, kept, passed) in [(3600, 3560, 11), (60, 50, 5)] {
        let server = Server::start([]).await;
        let (secret, _) = numbered(Some(Duration::from_secs(time)));
        let client = client(&server, secret);
        client.get::<Value>("/x").await.unwrap();
        later(Duration::from_secs(kept)).await;
        client.get::<Value>("/x").await.unwrap();
        later(Duration::from_secs(passed)).await;
        client.get::<Value>("/x").await.unwrap();
        let expected = ["Bearer secret-1", "Bearer secret-1", "Bearer secret-2"];
        assert_eq!(authorizations(&server.sent()), expected);
    }
}

#[tokio::test]
async fn of_calls_at_once_one_fetches() {
    let server = Server::start([]).await;
    let (secret, fetched) = numbered(None);
    let client = client(&server, secret);
    let calls = (0..8).map(|_| tokio::spawn(client.get::<Value>("/x").into_future()));
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(fetched.load(Ordering::SeqCst), 1);
    assert_eq!(authorizations(&server.sent()), ["Bearer secret-1"; 8]);
}

#[tokio::test]
async fn a_rejected_secret_is_fetched_anew_and_the_call_sent_once_more() {
    let server = Server::start([json("401 Unauthorized", "{}")]).await;
    let (secret, fetched) = numbered(None);
    let client = client(&server, secret);
    let call = Request::new(&client, Method::POST, "/x", decode::empty);
    call.json(&1).await.unwrap();
    assert_eq!(fetched.load(Ordering::SeqCst), 2);
    let sent = server.sent();
    assert_eq!(
        authorizations(&sent),
        ["Bearer secret-1", "Bearer secret-2"]
    );
    assert_eq!(sent[1].body, b"1");
}

#[tokio::test]
async fn it_is_sent_once_more_only() {
    let rejected = || json("401 Unauthorized", "{}");
    let server = Server::start([rejected(), rejected(), rejected()]).await;
    let (secret, _) = numbered(None);
    let error = client(&server, secret)
        .get::<Value>("/x")
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(error.call().unwrap().attempts(), 2);
    assert_eq!(server.sent().len(), 2);
}

#[tokio::test]
async fn another_rejection_is_an_error_at_once() {
    let server = Server::start([json("403 Forbidden", "{}")]).await;
    let (secret, fetched) = numbered(None);
    let client = client(&server, secret);
    client.get::<Value>("/x").await.unwrap_err();
    client.get::<Value>("/x").await.unwrap();
    assert_eq!(fetched.load(Ordering::SeqCst), 1);
    assert_eq!(server.sent().len(), 2);
}

#[tokio::test]
async fn a_secret_that_stays_what_it_is_is_sent_once() {
    let server = Server::start([json("401 Unauthorized", "{}")]).await;
    let client = client(&server, "fixed".into());
    client.get::<Value>("/x").await.unwrap_err();
    assert_eq!(authorizations(&server.sent()), ["Bearer fixed"]);
}

#[tokio::test]
async fn a_stream_is_not_sent_again_and_the_next_call_has_another_secret() {
    let server = Server::start([json("401 Unauthorized", "{}")]).await;
    let (secret, _) = numbered(None);
    let client = client(&server, secret);
    let call = Request::new(&client, Method::PUT, "/x", decode::empty);
    let body = ByteStream::new(&b"once"[..]);
    call.stream("text/plain", body).await.unwrap_err();
    client.get::<Value>("/x").await.unwrap();
    let sent = server.sent();
    assert_eq!(
        authorizations(&sent),
        ["Bearer secret-1", "Bearer secret-2"]
    );
    assert_eq!(
        [sent[0].body.as_slice(), sent[1].body.as_slice()],
        [b"once" as &[u8], b""]
    );
}

#[derive(Debug)]
struct Locked;

impl fmt::Display for Locked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the vault is locked")
    }
}

impl std::error::Error for Locked {}

#[tokio::test]
async fn without_a_secret_nothing_is_sent_and_nobody_who_waited_asks_again() {
    let server = Server::start([]).await;
    let fetched = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&fetched);
    let secret = Secret::fetched_by(move || {
        counter.fetch_add(1, Ordering::SeqCst);
        async {
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            Err::<String, _>(Locked)
        }
    });
    let client = client(&server, secret);
    let calls = (0..8).map(|_| tokio::spawn(client.get::<Value>("/x").into_future()));
    for call in calls.collect::<Vec<_>>() {
        let error = call.await.unwrap().unwrap_err();
        let Error::Credentials(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.scheme(), "api_token");
        assert!(!error.is_retryable());
        let source = std::error::Error::source(&error).unwrap();
        assert!(source.is::<Locked>());
        let said = error.to_string();
        assert!(said.starts_with("GET /x at 127.0.0.1:"), "{said}");
        assert!(said.contains(": no secret for `api_token`: "), "{said}");
    }
    assert_eq!(fetched.load(Ordering::SeqCst), 1);
    client.get::<Value>("/x").await.unwrap_err();
    assert_eq!(fetched.load(Ordering::SeqCst), 2);
    assert_eq!(server.sent().len(), 0);
}

#[tokio::test]
async fn whoever_gives_up_leaves_the_fetching_to_others() {
    let server = Server::start([]).await;
    let fetched = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&fetched);
    let secret = Secret::fetched_by(move || {
        let first = counter.fetch_add(1, Ordering::SeqCst) == 0;
        async move {
            if first {
                std::future::pending::<()>().await;
            }
            Ok::<_, Infallible>("secret")
        }
    });
    let client = client(&server, secret);
    let call = client.get::<Value>("/x").timeout(Duration::from_millis(1));
    let error = call.max_retries(0).await.unwrap_err();
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    client.get::<Value>("/x").await.unwrap();
    assert_eq!(authorizations(&server.sent()), ["Bearer secret"]);
}

#[tokio::test]
async fn a_secret_that_cannot_be_sent_is_not_shown() {
    let server = Server::start([]).await;
    let secret = Secret::fetched_by(|| async { Ok::<_, Infallible>("two\nlines") });
    let error = client(&server, secret)
        .get::<Value>("/x")
        .await
        .unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(
        shown.contains("the secret for `api_token` can't be sent"),
        "{shown}"
    );
    assert!(!shown.contains("lines"), "{shown}");
    assert_eq!(server.sent().len(), 0);
}

#[tokio::test]
async fn what_was_fetched_is_masked() {
    let echo = |status: &str| response(status, &[], "secret-1 and secret-2");
    let server = Server::start([echo("401 Unauthorized"), echo("403 Forbidden")]).await;
    let (secret, _) = numbered(None);
    let shown = format!("{secret:?}");
    let error = client(&server, secret)
        .get::<Value>("/x")
        .await
        .unwrap_err();
    let Error::Api(error) = error else { panic!() };
    assert_eq!(error.body(), "[redacted] and [redacted]");
    let shown = format!(
        "{shown} {error} {error:?} {:?}",
        AccessToken::new("secret-3")
    );
    assert!(!shown.contains("secret-"), "{shown}");
}
