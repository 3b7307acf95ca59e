//! What takes long: where its state is asked for, and how waiting ends.

use std::time::Duration;

use runtime::runtime::{Client, Error, LongRunning, Method, Request, WaitError, Waiting, decode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::support::{Sent, Server, Step, TOKEN, builder, http, json as responds, response};

const DONE: &[&str] = &["done"];
const FAILED: &[&str] = &["failed", "gone"];

fn client(server: &Server) -> Client {
    builder(server).http_client(http()).build().unwrap()
}

fn start(server: &Server, how: LongRunning) -> Waiting<Value> {
    request::<Job>(server).wait_for(how.seconds(0), decode::json)
}

#[derive(serde::Deserialize)]
struct Job {}

fn request<T: DeserializeOwned + 'static>(server: &Server) -> Request<T> {
    let client = client(server);
    let request = Request::new(&client, Method::POST, "/things/{thing}/jobs", decode::json);
    let request = request.path("thing", "a b").idempotency_key("k");
    request.set_query("quick", "yes")
}

fn by_id() -> LongRunning {
    LongRunning::path("/things/{thing}/jobs/{job}", "/job/id").field("/status", DONE, FAILED)
}

fn by_header() -> LongRunning {
    LongRunning::header("operation-location").field("/status", DONE, FAILED)
}

fn state(status: &str) -> Step {
    responds("200 OK", json!({"status": status}).to_string())
}

fn started() -> Step {
    responds("202 Accepted", json!({"job": {"id": "j/1"}}).to_string())
}

fn accepted(url: &str) -> Step {
    response("202 Accepted", &[("operation-location", url)], "{}")
}

fn targets(server: &Server) -> Vec<String> {
    let sent = server.sent();
    let line = |sent: &Sent| format!("{} {}", sent.method, sent.target);
    sent.iter().map(line).collect()
}

#[tokio::test]
async fn the_state_is_at_a_path_with_what_the_response_names() {
    let server = Server::start([started(), state("queued"), state("done")]).await;
    let last = start(&server, by_id()).await.unwrap();
    assert_eq!(last, json!({"status": "done"}));
    let job = "GET /v1/things/a%20b/jobs/j%2F1";
    let expected = ["POST /v1/things/a%20b/jobs?quick=yes", job, job];
    assert_eq!(targets(&server), expected);
    for sent in &server.sent()[1..] {
        assert_eq!(
            sent.header("authorization"),
            Some(&*format!("Bearer {TOKEN}"))
        );
        assert_eq!(sent.header("idempotency-key"), None);
        assert!(sent.body.is_empty());
    }
}

#[tokio::test]
async fn the_state_is_at_the_url_that_a_header_names_until_another_is() {
    let server = Server::start([
        accepted("states/1?v=2"),
        response(
            "200 OK",
            &[("operation-location", "/v1/states/2")],
            r#"{"status":"queued"}"#,
        ),
        state("done"),
    ])
    .await;
    start(&server, by_header()).await.unwrap();
    let expected = [
        "POST /v1/things/a%20b/jobs?quick=yes",
        "GET /v1/things/a%20b/states/1?v=2",
        "GET /v1/states/2",
    ];
    assert_eq!(targets(&server), expected);
}

#[tokio::test]
async fn another_origin_gets_no_credentials_nor_does_what_it_names() {
    let server = Server::start([]).await;
    let foreign = Server::start([response(
        "200 OK",
        &[("operation-location", &server.url("/v1/back"))],
        r#"{"status":"queued"}"#,
    )])
    .await;
    server.then(accepted(&foreign.url("/state")));
    server.then(state("done"));
    start(&server, by_header()).await.unwrap();
    let (own, others) = (server.sent(), foreign.sent());
    assert!(own[0].header("authorization").is_some());
    for sent in [&others[0], &own[1]] {
        assert_eq!(sent.header("authorization"), None);
        assert_eq!(sent.header("idempotency-key"), None);
    }
}

#[tokio::test]
async fn without_a_field_the_status_says_whether_it_is_done() {
    let how = LongRunning::header("location");
    let server = Server::start([
        response("202 Accepted", &[("location", "/v1/state")], ""),
        response("202 Accepted", &[], ""),
        responds("200 OK", "[7]"),
    ])
    .await;
    assert_eq!(start(&server, how).await.unwrap(), json!([7]));
    assert_eq!(server.sent().len(), 3);
}

#[tokio::test]
async fn what_is_done_at_once_names_no_place() {
    let server = Server::start([responds("200 OK", r#"{"status":"done"}"#)]).await;
    assert_eq!(start(&server, by_header()).await.unwrap()["status"], "done");
}

#[tokio::test]
async fn the_same_call_can_give_the_state() {
    let server = Server::start([state("queued"), state("queued"), state("done")]).await;
    let client = client(&server);
    let request: Request<Value> = Request::new(&client, Method::GET, "/job", decode::json);
    let how = LongRunning::itself().field("/status", DONE, FAILED);
    let request = request.set_query("quick", "yes");
    let last = request
        .wait_for(how.seconds(0), decode::json::<Value>)
        .await;
    assert_eq!(last.unwrap()["status"], "done");
    assert_eq!(targets(&server), ["GET /v1/job?quick=yes"; 3]);
}

#[tokio::test]
async fn a_state_that_failed_is_an_error_with_it() {
    let server = Server::start([started(), state("queued"), state("gone")]).await;
    let error = start(&server, by_id()).await.unwrap_err();
    assert!(matches!(error, WaitError::Failed { .. }), "{error:?}");
    assert_eq!(error.last(), Some(&json!({"status": "gone"})));
    let said = error.to_string();
    assert!(
        said.starts_with("POST /things/{thing}/jobs at 127.0.0.1:"),
        "{said}"
    );
    assert!(
        said.ends_with(": the service says that it failed"),
        "{said}"
    );
}

#[tokio::test]
async fn a_deadline_may_be_beyond_the_clock() {
    let server = Server::start([started(), state("done")]).await;
    let waiting = start(&server, by_id()).deadline(Duration::MAX);
    waiting.await.unwrap();
}

#[tokio::test]
async fn the_deadline_keeps_the_last_state() {
    let later = response("200 OK", &[("retry-after", "30")], r#"{"status":"queued"}"#);
    let server = Server::start([started(), later]).await;
    let waiting = start(&server, by_id()).deadline(Duration::from_secs(20));
    let error = waiting.await.unwrap_err();
    assert!(matches!(error, WaitError::Deadline { .. }), "{error:?}");
    assert_eq!(error.last(), Some(&json!({"status": "queued"})));
    let said = error.to_string();
    assert!(
        said.starts_with("POST /things/{thing}/jobs at 127.0.0.1:"),
        "{said}"
    );
    assert!(
        said.ends_with(": it was not done by the deadline"),
        "{said}"
    );
    let call = error.call().expect("a call was made");
    assert_eq!(call.method(), Method::POST);
    // Before it began, and while the service is silent.
    let server = Server::start([started()]).await;
    let waiting = start(&server, by_id()).interval(Duration::from_secs(600));
    let error = waiting.await.unwrap_err();
    assert!(
        matches!(error, WaitError::Deadline { last: None, .. }),
        "{error:?}"
    );
    let server = Server::start([started(), Step::Stall(Vec::new())]).await;
    let waiting = start(&server, by_id()).deadline(Duration::from_millis(200));
    let error = waiting.await.unwrap_err();
    assert!(
        matches!(error, WaitError::Deadline { last: None, .. }),
        "{error:?}"
    );
}

#[tokio::test]
async fn what_starts_it_is_a_state_where_that_is_its_type() {
    let first = json!({"job": {"id": "j/1"}});
    let server = Server::start([started()]).await;
    let waiting = request::<Value>(&server).wait_for(by_id().seconds(600), decode::json::<Value>);
    let error = waiting.await.unwrap_err();
    assert!(matches!(error, WaitError::Deadline { .. }), "{error:?}");
    assert_eq!(error.last(), Some(&first));
    let server = Server::start([started(), responds("404 Not Found", "{}")]).await;
    let waiting = request::<Value>(&server).wait_for(by_id().seconds(0), decode::json::<Value>);
    let error = waiting.await.unwrap_err();
    assert!(matches!(error, WaitError::Call { .. }), "{error:?}");
    assert_eq!(error.last(), Some(&first));
}

#[tokio::test]
async fn a_call_that_fails_keeps_the_state_before_it() {
    let gone = responds("404 Not Found", "{}");
    let server = Server::start([started(), state("queued"), gone]).await;
    let error = start(&server, by_id()).await.unwrap_err();
    assert_eq!(error.last(), Some(&json!({"status": "queued"})));
    let WaitError::Call {
        error: Error::Api(error),
        ..
    } = error
    else {
        panic!("{error:?}");
    };
    assert_eq!(error.status(), 404);
    assert!(error.to_string().contains("/things/{thing}/jobs/{job}"));
}

#[tokio::test]
async fn a_state_that_is_nowhere_is_an_error() {
    for (how, first, place) in [
        (by_id(), responds("202 Accepted", "{}"), "job/id"),
        (
            by_header(),
            response("202 Accepted", &[], ""),
            "operation-location",
        ),
        (
            by_header(),
            accepted("ftp://elsewhere/"),
            "operation-location",
        ),
    ] {
        let server = Server::start([first]).await;
        let error = start(&server, how).await.unwrap_err();
        let WaitError::Call {
            error: Error::Decode(error),
            ..
        } = error
        else {
            panic!("{error:?}");
        };
        assert_eq!(error.path(), place);
    }
}
