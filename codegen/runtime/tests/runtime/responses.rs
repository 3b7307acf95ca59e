//! How each kind of response is read.

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use runtime::runtime::{Decode, Error, Method, Request, Response, decode};
use serde_json::{Value, json};

use super::support::{self, Server, Step, builder, client, head, http, response};

pub async fn read<T: 'static>(step: Step, decode: Decode<T>) -> Result<Response<T>, Error> {
    let server = Server::start([step]).await;
    let client = builder(&server)
        .http_client(http())
        .max_retries(0)
        .build()
        .unwrap();
    Request::new(&client, Method::GET, "/x", decode)
        .with_response()
        .await
}

/// The path and the text of a decode error.
pub fn unreadable<T>(result: Result<T, Error>) -> (String, String) {
    match result {
        Err(Error::Decode(error)) => (error.path().to_owned(), error.to_string()),
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("it was read"),
    }
}

#[tokio::test]
async fn the_type_of_the_response_is_inferred() {
    let server = Server::start([support::json("200 OK", r#"{"a":1}"#)]).await;
    let client = client(&server);
    let call = async || {
        let value: Value = client.get("/x").query("a", "b").await?;
        Ok::<_, Error>(value)
    };
    assert_eq!(call().await.unwrap(), json!({"a": 1}));
    let sent = server.only();
    assert_eq!(
        (sent.method.as_str(), sent.target.as_str()),
        ("GET", "/v1/x?a=b")
    );
    assert_eq!(sent.header("user-agent"), Some("acme/0.1.0"));
    assert_eq!(sent.header("accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn a_response_has_everything_that_came_along() {
    let body = r#"{"success":true,"result":[1],"messages":[{"code":7,"message":"hello"}]}"#;
    let headers = [
        ("content-type", "application/json"),
        ("X-Ray", "r1"),
        ("set-cookie", "hidden"),
    ];
    let response = read(
        response("203 A", &headers, body),
        decode::enveloped::<Vec<u8>>,
    )
    .await
    .unwrap();
    assert_eq!((response.status().as_u16(), response.attempts()), (203, 1));
    assert_eq!(response.request_id(), Some("r1"));
    assert_eq!(response.headers()["set-cookie"], "hidden");
    assert_eq!(response.messages()[0].code, Some(7));
    assert_eq!(response.messages()[0].message, "hello");
    let debug = format!("{response:?}");
    assert!(
        debug.contains("set-cookie") && !debug.contains("hidden"),
        "{debug}"
    );
    assert_eq!(response.body(), body);
    assert_eq!(response.data(), &[1]);
    assert_eq!(response.into_data(), [1]);
}

#[tokio::test]
async fn content_types_that_are_json() {
    for kind in [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "text/json",
        "application/problem+json",
        "application/vnd.acme.v1+json;q=1",
    ] {
        let step = response("200 OK", &[("content-type", kind)], "1");
        assert_eq!(
            read(step, decode::json::<u8>).await.unwrap().into_data(),
            1,
            "{kind}"
        );
    }
    let step = response("200 OK", &[], "1");
    assert_eq!(read(step, decode::json::<u8>).await.unwrap().into_data(), 1);
}

#[tokio::test]
async fn content_types_that_are_not_json() {
    for kind in [
        "text/html",
        "text/plain; charset=utf-8",
        "application/jsonx",
        "\u{fc}",
        "",
    ] {
        let step = response("200 OK", &[("content-type", kind)], "1");
        let (path, text) = unreadable(read(step, decode::json::<u8>).await);
        assert!(
            path == "." && text.contains("expected JSON, got the content type"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn nothing_where_json_is_expected() {
    for status in ["200 OK", "204 No Content"] {
        let (_, text) = unreadable(read(response(status, &[], ""), decode::json::<Value>).await);
        let reason = "expected JSON, got an empty body [1 attempt]";
        assert!(text.ends_with(reason), "{text}");
        let none = read(response(status, &[], ""), decode::optional_json::<Value>)
            .await
            .unwrap();
        assert_eq!(none.into_data(), None);
        let null = read(response(status, &[], ""), decode::any_json).await;
        assert_eq!(null.unwrap().into_data(), Value::Null);
        read(response(status, &[], ""), decode::empty)
            .await
            .unwrap();
    }
    let some = read(support::json("200 OK", "1"), decode::optional_json::<u8>)
        .await
        .unwrap();
    assert_eq!(some.into_data(), Some(1));
}

#[tokio::test]
async fn text_and_bytes() {
    let text = read(response("200 OK", &[], "ü"), decode::text)
        .await
        .unwrap();
    assert_eq!(text.into_data(), "ü");
    unreadable(read(response("200 OK", &[], b"\xff"), decode::text).await);
    let bytes = read(response("200 OK", &[], b"\xff"), decode::bytes)
        .await
        .unwrap();
    assert_eq!(bytes.into_data(), Bytes::from_static(b"\xff"));
}

#[tokio::test]
async fn json_that_ends_early_or_late() {
    let (path, text) = unreadable(
        read(
            support::json("200 OK", r#"{"a": [1, "#),
            decode::json::<Value>,
        )
        .await,
    );
    assert!(
        path == "a" && text.contains("EOF while parsing"),
        "{path} {text}"
    );
    let (_, text) = unreadable(read(support::json("200 OK", "1 2"), decode::json::<u8>).await);
    assert!(text.contains("trailing characters"), "{text}");
    let deep = "[".repeat(100_000);
    unreadable(read(support::json("200 OK", deep), decode::json::<Value>).await);
}

#[tokio::test]
async fn a_compressed_body() {
    let whole = gzip(br#"{"a":1}"#);
    let value = read(compressed(&whole), decode::json::<Value>).await;
    assert_eq!(value.unwrap().into_data(), json!({"a": 1}));
    // In the head, in the data, in the checksum, and in all of it.
    for at in [0, 12, whole.len() - 8] {
        let mut garbled = whole.clone();
        garbled[at] ^= 0xff;
        let (_, text) = unreadable(read(compressed(&garbled), decode::json::<Value>).await);
        assert!(text.contains("can't be decompressed"), "{at}: {text}");
    }
    let (_, text) = unreadable(read(compressed(b"plain text"), decode::json::<Value>).await);
    assert!(text.contains("can't be decompressed"), "{text}");
}

#[tokio::test]
async fn a_compression_that_breaks_off_is_a_broken_connection() {
    let whole = gzip(br#"{"a":1}"#);
    let half = &whole[..whole.len() / 2];
    let mut begun = head("200 OK", GZIPPED, whole.len());
    begun.extend_from_slice(half);
    let steps = [
        compressed(half),
        Step::Send([UNMEASURED, b"content-encoding: gzip\r\n\r\n", half].concat()),
        Step::Send(begun.clone()),
        Step::Reset(begun),
    ];
    for step in steps {
        let result = read(step, decode::json::<Value>).await;
        assert!(matches!(result, Err(Error::Connect(_))), "{result:?}");
    }
}

#[tokio::test]
async fn a_body_in_chunks() {
    let chunks =
        b"transfer-encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\nx-trailer: 1\r\n\r\n";
    let step = Step::Send([UNMEASURED, chunks].concat());
    let value = read(step, decode::json::<Value>).await.unwrap();
    assert_eq!(value.into_data(), json!({"a": 1}));
}

#[tokio::test]
async fn a_body_that_ends_with_the_connection() {
    let step = Step::Send([UNMEASURED, b"\r\n{\"a\":1}"].concat());
    let value = read(step, decode::json::<Value>).await.unwrap();
    assert_eq!(value.into_data(), json!({"a": 1}));
}

#[tokio::test]
async fn a_body_over_the_limit() {
    let server = Server::start((0..9).map(|_| support::json("200 OK", "[1,2,3,4]"))).await;
    let at = builder(&server).max_response_bytes(9).build().unwrap();
    at.get::<Value>("/x").await.unwrap();
    for limit in [0, 8] {
        let below = builder(&server).max_response_bytes(limit).build().unwrap();
        let (_, text) = unreadable(below.get::<Value>("/x").await);
        assert!(text.contains("`max_response_bytes`"), "{text}");
    }
    assert_eq!(server.sent().len(), 3);
}

#[tokio::test]
async fn the_limit_is_on_the_decompressed_body() {
    let bomb = gzip(&vec![b' '; 10 << 20]);
    for (body, limit) in [(gzip(br#"{"a":1}"#), 6), (bomb, 1 << 20)] {
        let server = Server::start([compressed(&body)]).await;
        let client = builder(&server).max_response_bytes(limit).build().unwrap();
        unreadable(client.get::<Value>("/x").await);
        assert_eq!(server.sent().len(), 1);
    }
}

#[tokio::test]
async fn a_body_without_end_is_not_waited_for_past_the_limit() {
    let server = Server::start([Step::Stall([UNMEASURED, b"\r\n[1,2,3,4]"].concat())]).await;
    let client = builder(&server).max_response_bytes(8).build().unwrap();
    unreadable(client.get::<Value>("/x").await);
}

#[tokio::test]
async fn a_compressed_rejection_and_one_that_is_no_text() {
    for (bytes, expected) in [(gzip(b"no"), "no"), (gzip(b"\xff"), "\u{fffd}")] {
        let step = response("400 A", GZIPPED, bytes);
        let result = read(step, decode::json::<Value>).await;
        let Err(Error::Api(error)) = result else {
            panic!("{result:?}")
        };
        assert_eq!(error.body(), expected);
    }
}

#[tokio::test]
async fn a_long_rejection_is_cut() {
    let server = Server::start([response("400 A", &[], vec![b'x'; 3 << 20])]).await;
    let result = client(&server).get::<Value>("/x").await;
    let Err(Error::Api(error)) = result else {
        panic!("{result:?}")
    };
    assert_eq!(error.body().len(), 1 << 20);
}

/// The head of a response of JSON that states no length, but for its end.
const UNMEASURED: &[u8] =
    b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\n";

const GZIPPED: &[(&str, &str)] = &[
    ("content-type", "application/json"),
    ("content-encoding", "gzip"),
];

fn compressed(body: &[u8]) -> Step {
    response("200 OK", GZIPPED, body)
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).expect("memory");
    encoder.finish().expect("memory")
}
