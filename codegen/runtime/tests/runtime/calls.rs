//! Each error says which call failed, and nothing that the call was given.

use std::time::Duration;

use runtime::runtime::{ClientBuilder, Error, Method, Request, decode};
use serde_json::Value;

use super::support::{SERVICE, Server, Step, builder, credentials, http, json, response};

const PERSONAL: &str = "4242-personal";

/// How the server responds to each attempt.
type Each = fn() -> Step;

/// The error of a documented call that gets a response like this twice.
async fn error(step: Each) -> (Error, String) {
    let server = Server::start([step(), step()]).await;
    // Only a server that stalls lets it pass.
    let timeout = match step() {
        Step::Stall(_) => Duration::from_millis(100),
        Step::Send(_) | Step::Reset(_) => Duration::from_secs(60),
    };
    let client = builder(&server)
        .http_client(http())
        .max_retries(1)
        .timeout(timeout)
        .build()
        .unwrap();
    let path = "/pets/{pet_id}?inline=1#variant";
    let request = Request::new(&client, Method::PUT, path, decode::json::<Value>);
    let request = request
        .path("pet_id", PERSONAL)
        .query("q", PERSONAL)
        .header("x", PERSONAL)
        .json(&PERSONAL);
    let host = server.url("").replace("http://", "");
    (request.await.unwrap_err(), host)
}

#[tokio::test]
async fn every_error_of_a_call_says_which_call_it_was() {
    let cases: [(Each, u32, &str); 5] = [
        (
            || response("503 A", &[], ""),
            2,
            "503 Service Unavailable [2 attempts]",
        ),
        (
            || response("400 A", &[("x-ray", "r1")], ""),
            1,
            "400 Bad Request [request r1, 1 attempt]",
        ),
        (
            || json("200 A", "[4242"),
            1,
            "the response (200 OK) can't be read at `.`: \
             EOF while parsing a list at line 1 column 5 [1 attempt]",
        ),
        (
            || Step::Reset(Vec::new()),
            2,
            "the connection broke before the whole response arrived: ",
        ),
        (
            || Step::Stall(Vec::new()),
            2,
            "no whole response within 100ms [2 attempts]",
        ),
    ];
    for (step, attempts, text) in cases {
        let (error, host) = error(step).await;
        let expected = format!("PUT /pets/{{pet_id}} at {host}: {text}");
        assert!(error.to_string().starts_with(&expected), "{error}");
        assert!(error.to_string().ends_with(']'), "{error}");
        let call = error.call().unwrap();
        assert_eq!(call.method(), Method::PUT);
        assert_eq!(call.path(), "/pets/{pet_id}");
        assert_eq!((call.host(), call.attempts()), (host.as_str(), attempts));
        let all = format!("{error} {error:?}");
        assert!(!all.contains(PERSONAL) && !all.contains("inline"), "{all}");
    }
}

#[tokio::test]
async fn a_rejected_argument_says_so_too() {
    let server = Server::start([]).await;
    let client = builder(&server).build().unwrap();
    let error = client.post::<Value>("/a/{b}").path("b", "").await;
    let error = error.unwrap_err();
    let call = error.call().unwrap();
    assert_eq!((call.path(), call.attempts()), ("/a/{b}", 0));
}

#[tokio::test]
async fn a_path_that_was_put_together_at_run_time_is_not_shown() {
    let server = Server::start([response("404 A", &[], ""), response("404 A", &[], "")]).await;
    let client = builder(&server).build().unwrap();
    for path in [
        format!("/users/{PERSONAL}"),
        format!("users/{PERSONAL}"),
        format!("/{PERSONAL}/{{id}}"),
    ] {
        let request = client.get::<Value>(path);
        let debug = format!("{request:?}");
        let error = request.await.unwrap_err();
        assert_eq!(error.call().unwrap().path(), "…");
        let shown = format!("{debug} {error} {error:?}");
        assert!(!shown.contains(PERSONAL), "{shown}");
    }
}

#[tokio::test]
async fn the_host_is_named_with_a_port_of_its_own_only() {
    for (base_url, host) in [
        ("http://localhost:1/v1", "localhost:1"),
        ("http://[::1]:1", "[::1]:1"),
        ("https://api.example.com/v1", "api.example.com"),
        ("https://api.example.com:443", "api.example.com"),
    ] {
        let client = ClientBuilder::for_service(&SERVICE)
            .credentials(credentials())
            .base_url(base_url)
            .build()
            .unwrap();
        let error = client.get::<Value>("/{a}").await.unwrap_err();
        assert_eq!(error.call().unwrap().host(), host);
    }
}

#[test]
fn a_client_that_cannot_be_built_has_made_no_call() {
    let error = ClientBuilder::for_service(&SERVICE).build().unwrap_err();
    assert!(error.call().is_none());
    assert!(error.to_string().starts_with("there are no credentials"));
}
