//! What goes wrong on the wire ends in the right error.

use std::time::Duration;

use runtime::runtime::Error;
use serde_json::Value;
use tokio::net::TcpSocket;

use super::support::{Server, Step, TOKEN, builder, head};

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

/// Enough for a request to arrive on a busy machine.
const STALLED: Duration = Duration::from_millis(250);

/// The error of a call that gets such a response, and how often it was sent.
async fn error(step: fn() -> Step) -> (Error, usize) {
    let server = Server::start([step(), step(), step()]).await;
    // Long for a server that responds, and not for one that never will.
    let timeout = match step() {
        Step::Stall(_) => STALLED,
        Step::Send(_) | Step::Reset(_) => Duration::from_secs(60),
    };
    let client = builder(&server).timeout(timeout).build().unwrap();
    let error = client
        .get::<Value>("/x")
        .query("q", TOKEN)
        .await
        .unwrap_err();
    let sent = server.sent().len();
    (error, sent)
}

fn beginning() -> Vec<u8> {
    let mut bytes = head("200 OK", JSON, 100);
    bytes.extend_from_slice(b"{\"a\":");
    bytes
}

#[tokio::test]
async fn a_rejected_connection() {
    let server = Server::start([]).await;
    // Bound, so that no other test gets the port, and not listening.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let closed = socket.local_addr().unwrap();
    let client = builder(&server)
        .base_url(format!("http://{closed}/v1"))
        .build()
        .unwrap();
    let error = client
        .get::<Value>("/x")
        .query("q", TOKEN)
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::Connect(_)) && error.is_retryable(),
        "{error:?}"
    );
    assert_eq!((error.status(), error.request_id()), (None, None));
    assert!(
        error.to_string().contains(&format!(
            "GET /x at {closed}: the server could not be reached: "
        )),
        "{error}"
    );
    let cause = error.to_string();
    assert!(cause.contains("refused"), "{cause}");
    assert!(!format!("{error:?}").contains("s3cr3t"), "{error:?}");
}

#[tokio::test]
async fn a_reset_before_the_response() {
    let (error, sent) = error(|| Step::Reset(Vec::new())).await;
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
    assert_eq!(sent, 3);
}

#[tokio::test]
async fn a_reset_in_the_middle_of_a_body() {
    let (error, sent) = error(|| Step::Reset(beginning())).await;
    assert!(
        matches!(error, Error::Connect(_)) && error.is_retryable(),
        "{error:?}"
    );
    assert!(
        error.to_string().contains(": the connection broke"),
        "{error}"
    );
    assert_eq!(sent, 3);
}

#[tokio::test]
async fn a_body_shorter_than_its_length() {
    let steps: [fn() -> Step; 3] = [
        || Step::Send(beginning()),
        || Step::Send(head("200 OK", JSON, 100)),
        || Step::Reset(head("200 OK", JSON, 100)),
    ];
    for step in steps {
        let (error, sent) = error(step).await;
        assert!(matches!(error, Error::Connect(_)), "{error:?}");
        assert_eq!(sent, 3);
    }
}

#[tokio::test]
async fn bytes_that_are_no_response() {
    let steps: [fn() -> Step; 4] = [
        || Step::Send(b"\r\n".to_vec()),
        || Step::Send(b"220 mail.example.com ESMTP\r\n".to_vec()),
        || Step::Send(b"HTTP/1.1 999999 No\r\n\r\n".to_vec()),
        || Step::Send(b"\x16\x03\x01\0\0".to_vec()),
    ];
    for step in steps {
        let (error, _) = error(step).await;
        assert!(matches!(error, Error::Connect(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_chunked_body_without_its_end() {
    const CHUNK: &[u8] = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n";
    let (error, _) = error(|| Step::Send(CHUNK.to_vec())).await;
    assert!(matches!(error, Error::Connect(_)), "{error:?}");
}

#[tokio::test]
async fn a_response_that_never_comes() {
    let (error, sent) = error(|| Step::Stall(Vec::new())).await;
    assert!(
        matches!(error, Error::Timeout(_)) && error.is_retryable(),
        "{error:?}"
    );
    let text = error.to_string();
    let expected = ": no whole response within 250ms [3 attempts]";
    assert!(text.ends_with(expected), "{text}");
    assert_eq!(sent, 3);
}

#[tokio::test]
async fn a_body_that_never_ends() {
    let (error, sent) = error(|| Step::Stall(beginning())).await;
    assert!(matches!(error, Error::Timeout(_)), "{error:?}");
    assert_eq!(sent, 3);
}

#[tokio::test]
async fn a_slow_response_is_asked_for_again() {
    let server = Server::start([Step::Stall(beginning())]).await;
    let client = builder(&server).timeout(STALLED).build().unwrap();
    let request = client.get::<Value>("/x").max_retries(20);
    let response = request.with_response().await.unwrap();
    assert!(response.attempts() > 1);
}

#[tokio::test]
async fn a_timeout_of_one_call() {
    let server = Server::start([Step::Stall(Vec::new())]).await;
    let client = builder(&server).max_retries(0).build().unwrap();
    let result = client
        .get::<Value>("/x")
        .timeout(Duration::from_millis(10))
        .await;
    let Err(Error::Timeout(error)) = result else {
        panic!("{result:?}")
    };
    assert_eq!(error.limit(), Duration::from_millis(10));
}

#[tokio::test]
async fn a_timeout_of_the_callers_own_http_client() {
    let server = Server::start([Step::Stall(beginning())]).await;
    let http = reqwest::Client::builder()
        .timeout(Duration::from_millis(10))
        .build()
        .unwrap();
    let client = builder(&server)
        .http_client(http)
        .max_retries(0)
        .build()
        .unwrap();
    let result = client.get::<Value>("/x").await;
    assert!(matches!(result, Err(Error::Timeout(_))), "{result:?}");
}
