//! When a call is tried again.

use std::collections::BTreeSet;
use std::time::Duration;

use runtime::runtime::{ClientBuilder, Error, Method, Service};
use serde_json::Value;

use super::support::{SERVICE, Server, Step, builder, client, credentials, http, json, response};

fn ok() -> Step {
    json("200 OK", "{}")
}

fn failure(status: &str, headers: &[(&str, &str)]) -> Step {
    response(status, headers, "")
}

/// How often a request is sent when the first response is this one.
async fn attempts(method: Method, first: Step) -> usize {
    let server = Server::start([first, ok()]).await;
    let _ = client(&server).request::<Value>(method, "/x").await;
    server.sent().len()
}

#[tokio::test]
async fn failures_that_may_pass_are_tried_again() {
    for status in [
        "408 A", "409 A", "429 A", "500 A", "502 A", "503 A", "504 A", "599 A",
    ] {
        assert_eq!(
            attempts(Method::GET, failure(status, &[])).await,
            2,
            "{status}"
        );
    }
    for status in [
        "304 A", "400 A", "401 A", "403 A", "404 A", "410 A", "422 A",
    ] {
        assert_eq!(
            attempts(Method::GET, failure(status, &[])).await,
            1,
            "{status}"
        );
    }
}

#[tokio::test]
async fn broken_connections_are_tried_again() {
    for step in [
        Step::Reset(Vec::new()),
        Step::Send(Vec::new()),
        Step::Send(b"nonsense".to_vec()),
    ] {
        assert_eq!(attempts(Method::GET, step).await, 2);
    }
}

#[tokio::test]
async fn the_service_knows_best_whether_to_try_again() {
    let no = [("x-should-retry", "false")];
    assert_eq!(attempts(Method::GET, failure("503 A", &no)).await, 1);
    let yes = [("x-should-retry", "true")];
    assert_eq!(attempts(Method::GET, failure("400 A", &yes)).await, 2);
    assert_eq!(attempts(Method::POST, failure("400 A", &yes)).await, 1);
    let perhaps = [("x-should-retry", "?")];
    assert_eq!(attempts(Method::GET, failure("500 A", &perhaps)).await, 2);
    assert_eq!(attempts(Method::GET, failure("400 A", &perhaps)).await, 1);
}

#[tokio::test]
async fn a_success_that_is_none_is_not_tried_again() {
    for body in [r#"{"success": false}"#, "no JSON"] {
        assert_eq!(attempts(Method::GET, json("200 OK", body)).await, 1);
    }
}

#[tokio::test]
async fn only_idempotent_methods_are_tried_again() {
    let idempotent = [
        Method::GET,
        Method::HEAD,
        Method::PUT,
        Method::DELETE,
        Method::OPTIONS,
        Method::from_bytes(b"QUERY").expect("a token"),
    ];
    for method in idempotent {
        assert_eq!(
            attempts(method.clone(), failure("500 A", &[])).await,
            2,
            "{method}"
        );
    }
    for method in [Method::POST, Method::PATCH] {
        assert_eq!(
            attempts(method.clone(), failure("500 A", &[])).await,
            1,
            "{method}"
        );
        assert_eq!(attempts(method, Step::Reset(Vec::new())).await, 1);
    }
}

#[tokio::test]
async fn an_idempotency_key_makes_a_call_repeatable_and_stays_the_same() {
    let server = Server::start([failure("500 A", &[]), Step::Reset(Vec::new()), ok()]).await;
    let body = serde_json::json!({"a": 1});
    client(&server)
        .post::<Value>("/x")
        .json(&body)
        .idempotency_key("k1")
        .await
        .unwrap();
    let sent = server.sent();
    assert_eq!(sent.len(), 3);
    for request in &sent {
        assert_eq!(request.header("idempotency-key"), Some("k1"));
        assert_eq!(request.body, br#"{"a":1}"#);
    }
}

#[tokio::test]
async fn an_idempotency_key_is_the_same_set_as_a_header() {
    for (name, value, attempts) in [
        ("Idempotency-Key", "k1", 2),
        ("IDEMPOTENCY-KEY", "k1", 2),
        ("idempotency-key", "", 1),
        ("x-idempotency-key", "k1", 1),
    ] {
        let server = Server::start([failure("500 A", &[]), ok()]).await;
        let request = client(&server).post::<Value>("/x").header(name, value);
        let _ = request.await;
        let sent = server.sent();
        assert_eq!(sent.len(), attempts, "{name}: {value}");
        let name = name.to_ascii_lowercase();
        assert!(sent.iter().all(|one| one.header(&name) == Some(value)));
    }
}

#[tokio::test]
async fn a_key_in_the_body_makes_a_call_repeatable_too() {
    for (name, value, attempts) in [
        ("idempotency_key", "k1", 2),
        ("idempotencyKey", "k1", 2),
        ("IdempotencyKey", "k1", 2),
        ("idempotency_key", "", 1),
        ("key", "k1", 1),
    ] {
        let server = Server::start([failure("500 A", &[]), ok()]).await;
        let request = client(&server)
            .post::<Value>("/x")
            .set_field::<String, _>(name, value);
        let _ = request.await;
        assert_eq!(server.sent().len(), attempts, "{name}: {value}");
        let server = Server::start([failure("500 A", &[]), ok()]).await;
        let whole = serde_json::json!({ name: value });
        let _ = client(&server).post::<Value>("/x").fields_of(&whole).await;
        assert_eq!(server.sent().len(), attempts, "{name}: {value}, whole");
    }
}

#[tokio::test]
async fn retries_are_counted_in_a_header_only_where_the_service_has_one() {
    static COUNTING: Service = Service {
        retry_count_header: "X-Retry-Count",
        ..SERVICE
    };
    for (service, counts) in [
        (&SERVICE, [None, None, None]),
        (&COUNTING, [Some("0"), Some("1"), Some("2")]),
    ] {
        let server = Server::start([failure("500 A", &[]), failure("500 A", &[]), ok()]).await;
        let client = ClientBuilder::for_service(service)
            .credentials(credentials())
            .base_url(server.url(""))
            .retry_backoff(Duration::ZERO, Duration::ZERO);
        client.build().unwrap().get::<Value>("/x").await.unwrap();
        let sent = server.sent();
        let counted = sent.iter().map(|request| request.header("x-retry-count"));
        assert_eq!(counted.collect::<Vec<_>>(), counts);
        let others = sent.iter().flat_map(|request| &request.headers);
        let names = others.map(|(name, _)| name.as_str());
        let names: BTreeSet<&str> = names.filter(|name| *name != "x-retry-count").collect();
        let expected = [
            "accept",
            "accept-encoding",
            "authorization",
            "host",
            "user-agent",
        ];
        assert_eq!(names, BTreeSet::from(expected));
    }
}

#[tokio::test]
async fn a_call_is_tried_three_times_unless_told_otherwise() {
    let server = Server::start((0..9).map(|_| failure("500 A", &[]))).await;
    let client = client(&server);
    client.get::<Value>("/x").await.unwrap_err();
    assert_eq!(server.sent().len(), 3);
    client.get::<Value>("/x").max_retries(0).await.unwrap_err();
    assert_eq!(server.sent().len(), 4);
    client.get::<Value>("/x").max_retries(4).await.unwrap_err();
    assert_eq!(server.sent().len(), 9);
}

#[tokio::test]
async fn the_limit_of_the_client_holds_unless_the_call_has_its_own() {
    let server = Server::start((0..9).map(|_| failure("500 A", &[]))).await;
    let client = builder(&server).max_retries(4).build().unwrap();
    client.get::<Value>("/x").await.unwrap_err();
    assert_eq!(server.sent().len(), 5);
    client.get::<Value>("/x").max_retries(1).await.unwrap_err();
    assert_eq!(server.sent().len(), 7);
}

#[tokio::test]
async fn the_response_counts_its_attempts() {
    let server = Server::start([failure("500 A", &[]), ok()]).await;
    let response = client(&server)
        .get::<Value>("/x")
        .with_response()
        .await
        .unwrap();
    assert_eq!(response.attempts(), 2);
}

/// Whether a wait that the service asks for is at most some seconds.
async fn is_short(headers: &[(&str, &str)]) -> bool {
    let server = Server::start([failure("429 A", headers), ok()]).await;
    let client = builder(&server)
        .retry_budget(Duration::from_secs(20))
        .build()
        .unwrap();
    client.get::<Value>("/x").await.is_ok()
}

#[tokio::test]
async fn the_requested_wait_is_kept() {
    for headers in [
        [("retry-after", "0")],
        [("retry-after", "0.001")],
        [("retry-after-ms", "1")],
        [("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")],
        [("retry-after", "soon")],
        [("retry-after", "-5")],
        [("retry-after", "NaN")],
    ] {
        assert!(is_short(&headers).await, "{headers:?}");
    }
    for headers in [
        [("retry-after", "30")],
        [("retry-after", "604800")],
        [("retry-after-ms", "30000")],
        [("retry-after", "Fri, 31 Dec 2285 23:59:59 GMT")],
    ] {
        assert!(!is_short(&headers).await, "{headers:?}");
    }
    assert!(is_short(&[("retry-after", "30"), ("retry-after-ms", "1")]).await);
}

#[tokio::test]
async fn the_error_tells_the_requested_wait() {
    for (headers, seconds) in [
        ([("retry-after", "604800")], Some(604_800.0)),
        ([("retry-after-ms", "1500")], Some(1.5)),
        (
            [("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT")],
            Some(0.0),
        ),
        ([("retry-after", "1e300")], None),
        ([("retry-after", "")], None),
    ] {
        let server = Server::start([failure("429 A", &headers)]).await;
        let result = client(&server).get::<Value>("/x").max_retries(0).await;
        let Err(Error::Api(error)) = result else {
            panic!("{result:?}")
        };
        assert_eq!(error.retry_after().map(|wait| wait.as_secs_f64()), seconds);
        assert!(error.is_rate_limited() && error.is_retryable());
    }
}

#[tokio::test]
async fn a_wait_that_would_outlast_the_budget_is_not_begun() {
    let steps = (0..9).map(|_| failure("429 A", &[("retry-after", "30")]));
    let server = Server::start(steps).await;
    let client = builder(&server)
        .max_retries(9)
        .retry_budget(Duration::from_secs(29))
        .build();
    let result = client.unwrap().get::<Value>("/x").await;
    assert!(matches!(result, Err(Error::Api(_))), "{result:?}");
    assert_eq!(server.sent().len(), 1);
}

#[tokio::test]
async fn an_attempt_ends_with_the_budget() {
    let server = Server::start([Step::Stall(Vec::new())]).await;
    let client = builder(&server)
        .retry_budget(Duration::from_millis(250))
        .build()
        .unwrap();
    let result = client.get::<Value>("/x").await;
    assert!(matches!(result, Err(Error::Timeout(_))), "{result:?}");
    assert_eq!(server.sent().len(), 1);
}

/// The clock stands still but for the waits of the client, so that none of them takes time.
#[tokio::test(start_paused = true)]
async fn a_requested_wait_of_a_minute_is_kept_to_and_a_longer_one_ends_the_call() {
    for (status, wait, attempts, seconds) in [
        ("429 A", "60", 2, 60),
        ("429 A", "61", 1, 0),
        ("429 A", "604800", 1, 0),
        ("503 A", "60.001", 1, 0),
    ] {
        let server = Server::start([failure(status, &[("retry-after", wait)]), ok()]).await;
        let forever = Duration::from_secs(u64::from(u32::MAX));
        let client = builder(&server)
            .http_client(http())
            .timeout(forever)
            .retry_budget(forever);
        let client = client.build().unwrap();
        let started = tokio::time::Instant::now();
        let result = client.get::<Value>("/x").await;
        assert_eq!(started.elapsed().as_secs(), seconds, "{wait}");
        assert_eq!(server.sent().len(), attempts, "{wait}");
        match result {
            Ok(_) => assert_eq!(attempts, 2),
            Err(Error::Api(error)) => {
                let asked = error.retry_after().unwrap().as_secs_f64();
                assert_eq!(asked, wait.parse::<f64>().unwrap());
            }
            Err(error) => panic!("{error:?}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn waits_double_up_to_the_longest() {
    let server = Server::start((0..6).map(|_| failure("500 A", &[]))).await;
    let forever = Duration::from_secs(u64::from(u32::MAX));
    let client = builder(&server)
        .http_client(http())
        .timeout(forever)
        .retry_budget(forever);
    let client = client.retry_backoff(Duration::from_millis(500), Duration::from_secs(8));
    let client = client.max_retries(6).build().unwrap();
    let started = tokio::time::Instant::now();
    client.get::<Value>("/x").await.unwrap();
    // 0.5 + 1 + 2 + 4 + 8 + 8, and up to a quarter less.
    let waited = started.elapsed().as_secs_f64();
    assert!((17.6..23.6).contains(&waited), "{waited}");
}
