//! What an application puts around calls: a service of its own, metrics, and limits on retries.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::io;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::{Duration, UNIX_EPOCH};

use reqwest::Proxy;
use reqwest::redirect::Policy;
use runtime::runtime::{ClientBuilder, Error};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use super::support::{SERVICE, Server, TOKEN, builder, client, credentials, json, response};

/// A service that answers from memory, and remembers what it was asked.
#[derive(Clone, Default)]
struct Memory {
    asked: Arc<Mutex<Vec<String>>>,
    fails: bool,
}

impl tower_service::Service<http::Request<reqwest::Body>> for Memory {
    type Response = http::Response<String>;
    type Error = io::Error;
    type Future = Ready<Result<Self::Response, io::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), io::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<reqwest::Body>) -> Self::Future {
        let authorization = request.headers()["authorization"].to_str().unwrap();
        let asked = format!("{} {} {authorization}", request.method(), request.uri());
        self.asked.lock().unwrap().push(asked);
        ready(if self.fails {
            Err(io::Error::other("no network"))
        } else {
            Ok(http::Response::new(
                r#"{"success":true,"result":{"a":1}}"#.to_owned(),
            ))
        })
    }
}

fn of(service: Memory) -> ClientBuilder {
    ClientBuilder::for_service(&SERVICE)
        .credentials(credentials())
        .base_url("https://api.example.com/v1")
        .retry_backoff(Duration::from_micros(1), Duration::from_micros(1))
        .service(service)
}

#[tokio::test]
async fn a_service_stands_in_for_the_http_client() {
    let memory = Memory::default();
    let client = of(memory.clone()).build().unwrap();
    let response = client.get::<Value>("/pets").query("a", 1).await.unwrap();
    assert_eq!(response, json!({"success": true, "result": {"a": 1}}));
    assert_eq!(
        *memory.asked.lock().unwrap(),
        [format!(
            "GET https://api.example.com/v1/pets?a=1 Bearer {TOKEN}"
        )]
    );
}

#[tokio::test]
async fn a_proxy_of_the_callers_own_client_gets_the_requests() {
    let proxy = Server::start([json("200 OK", "1")]).await;
    let http = reqwest::Client::builder().redirect(Policy::none());
    let http = http.proxy(Proxy::http(proxy.url("")).unwrap());
    let client = ClientBuilder::for_service(&SERVICE)
        .credentials(credentials())
        .base_url("http://api.example.test/v1")
        .http_client(http.build().unwrap());
    let client = client.build().unwrap();
    assert_eq!(client.get::<Value>("/x").await.unwrap(), 1);
    assert_eq!(proxy.sent()[0].target, "http://api.example.test/v1/x");
}

#[tokio::test]
async fn http_2_is_spoken_where_the_callers_own_client_does() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let http = reqwest::Client::builder().http2_prior_knowledge();
    let client = ClientBuilder::for_service(&SERVICE)
        .credentials(credentials())
        .base_url(format!("http://{address}/v1"))
        .http_client(http.build().unwrap())
        .max_retries(0);
    let client = client.build().unwrap();
    let call = tokio::spawn(async move { client.get::<Value>("/x").await });
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut preface = [0; 24];
    stream.read_exact(&mut preface).await.unwrap();
    assert_eq!(&preface, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    drop(stream);
    assert!(call.await.unwrap().is_err());
}

#[tokio::test]
async fn what_a_service_fails_of_is_tried_again_and_shown() {
    let memory = Memory {
        fails: true,
        ..Memory::default()
    };
    let client = of(memory.clone()).build().unwrap();
    let error = client.get::<Value>("/pets").await.unwrap_err();
    assert!(matches!(error, Error::Connect(_)));
    assert_eq!(
        error.to_string(),
        "GET /pets at api.example.com: the server could not be reached: no network [3 attempts]"
    );
    assert_eq!(memory.asked.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn a_request_for_what_changed_has_no_data_where_nothing_did() {
    let tagged = [("etag", "\"v1\""), ("content-type", "application/json")];
    let unchanged = || response("304 A", &[("etag", "\"v1\"")], "");
    let first = response("200 OK", &tagged, "[1]");
    let server = Server::start([first, unchanged(), unchanged(), json("200 OK", "[2]")]).await;
    let client = client(&server);
    let list = || client.get::<Vec<u8>>("/x");
    let first = list().with_response().await.unwrap();
    let etag = first.etag().unwrap().to_owned();
    assert_eq!((first.not_modified(), first.data()), (false, &vec![1]));

    let second = list().if_none_match(&etag).with_response().await.unwrap();
    assert_eq!((second.not_modified(), second.data()), (true, &None));
    assert_eq!(server.sent()[1].header("if-none-match"), Some("\"v1\""));
    // Whoever did not ask for it gets an error.
    assert!(list().await.unwrap_err().status().unwrap() == 304);
    assert_eq!(list().if_none_match(etag).await.unwrap(), Some(vec![2]));
}

#[tokio::test]
async fn every_attempt_is_told_of() {
    let server = Server::start([response("503 A", &[], ""), json("200 OK", "{}")]).await;
    let seen: Arc<Mutex<Vec<String>>> = Arc::default();
    let told = Arc::clone(&seen);
    let client = builder(&server).on_attempt(move |attempt| {
        let (method, path) = (attempt.method(), attempt.path());
        let status = attempt.status().map(|status| status.as_u16());
        let failed = attempt.error().is_some();
        let number = attempt.number();
        let seen = format!("{number} {method} {path} {status:?} failed: {failed}");
        told.lock().unwrap().push(seen);
    });
    client.build().unwrap().get::<Value>("/x").await.unwrap();
    assert_eq!(
        *seen.lock().unwrap(),
        [
            "1 GET /x Some(503) failed: true",
            "2 GET /x Some(200) failed: false"
        ]
    );
}

#[tokio::test]
async fn retries_of_all_calls_have_one_allowance() {
    let fails = || response("503 A", &[], "");
    let server = Server::start((0..8).map(|_| fails()).chain([json("200 OK", "{}")])).await;
    let client = builder(&server).retry_allowance(5).build().unwrap();
    let call = || async { client.get::<Value>("/x").await.map(drop).is_ok() };
    // Of two retries the allowance has enough for one, and then for none.
    assert!(!call().await);
    assert_eq!(server.sent().len(), 2);
    assert!(!call().await);
    assert_eq!(server.sent().len(), 3);
    // An outage of many calls is as many requests, and not three times as many.
    for _ in 0..5 {
        assert!(!call().await);
    }
    assert_eq!(server.sent().len(), 8);
    assert!(call().await);
}

#[tokio::test]
async fn what_a_retry_took_is_given_back_by_its_success() {
    let steps = (0..4).map(|n| match n % 2 {
        0 => response("503 A", &[], ""),
        _ => json("200 OK", "{}"),
    });
    let server = Server::start(steps).await;
    let client = builder(&server).retry_allowance(5).build().unwrap();
    client.get::<Value>("/x").await.unwrap();
    client.get::<Value>("/x").await.unwrap();
    assert_eq!(server.sent().len(), 4);
}

#[tokio::test]
async fn a_403_of_an_exhausted_limit_is_tried_again_when_that_is_reset() {
    let limited = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "0")];
    let server = Server::start([response("403 A", &limited, ""), json("200 OK", "{}")]).await;
    client(&server).get::<Value>("/x").await.unwrap();
    assert_eq!(server.sent().len(), 2);

    let left = [("x-ratelimit-remaining", "3"), ("x-ratelimit-reset", "0")];
    let server = Server::start([response("403 A", &left, "")]).await;
    let error = client(&server).get::<Value>("/x").await.unwrap_err();
    assert!(!error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn requests_are_held_back_until_a_limit_is_reset() {
    let limited = [("ratelimit-remaining", "0"), ("ratelimit-reset", "90")];
    let limited = Limited(limited.map(|(name, value)| (name, value.to_owned())));
    let client = |waits: bool| {
        let builder = of(Memory::default()).service(limited.clone());
        if waits {
            builder.wait_for_rate_limits().build().unwrap()
        } else {
            builder.build().unwrap()
        }
    };
    for (waits, seconds) in [(true, 90), (false, 0)] {
        let client = client(waits);
        let begun = tokio::time::Instant::now();
        client.get::<Value>("/x").await.unwrap();
        client.get::<Value>("/x").await.unwrap();
        assert_eq!(begun.elapsed().as_secs(), seconds, "waits: {waits}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_limit_is_stated_in_several_ways() {
    let in_a_minute = UNIX_EPOCH.elapsed().unwrap() + Duration::from_secs(60);
    let milliseconds = in_a_minute.as_millis().to_string();
    let left = ("x-ratelimit-remaining", "0");
    for (headers, least, most) in [
        ([left, ("x-ratelimit-reset", milliseconds.as_str())], 55, 60),
        ([left, ("x-ratelimit-reset", "soon")], 0, 0),
        ([left, ("x-ratelimit-reset", "-5")], 0, 0),
        ([left, ("x-ratelimit-reset", "1e300")], 0, 0),
        ([left, ("x-ratelimit-reset", "NaN")], 0, 0),
        (
            [
                ("x-ratelimit-remaining", "none"),
                ("x-ratelimit-reset", "9"),
            ],
            0,
            0,
        ),
        (
            [
                ("x-a", ""),
                ("ratelimit", r#""a";r=0;t=30, "b";r=7;t=90, "c";r=0;t=40"#),
            ],
            40,
            40,
        ),
        ([("x-a", ""), ("ratelimit", r#""a";r=1;t=30"#)], 0, 0),
        ([("x-a", ""), ("ratelimit", r#""a";r=0"#)], 0, 0),
        ([("x-a", ""), ("ratelimit", ";=,r=;t")], 0, 0),
    ] {
        let limited = Limited(headers.map(|(name, value)| (name, value.to_owned())));
        let builder = of(Memory::default()).service(limited);
        let client = builder.wait_for_rate_limits().build().unwrap();
        let begun = tokio::time::Instant::now();
        client.get::<Value>("/x").await.unwrap();
        client.get::<Value>("/x").await.unwrap();
        let seconds = begun.elapsed().as_secs();
        assert!((least..=most).contains(&seconds), "{headers:?}: {seconds}");
    }
}

/// A service whose limit is exhausted with each response.
#[derive(Clone)]
struct Limited([(&'static str, String); 2]);

impl tower_service::Service<http::Request<reqwest::Body>> for Limited {
    type Response = http::Response<String>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: http::Request<reqwest::Body>) -> Self::Future {
        let mut response = http::Response::builder();
        for (name, value) in &self.0 {
            response = response.header(*name, value);
        }
        ready(Ok(response.body("{}".to_owned()).unwrap()))
    }
}
