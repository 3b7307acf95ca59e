//! Bodies of several parts and bodies that are streams, and which of them are sent twice.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use proptest::prelude::*;
use runtime::runtime::{ByteStream, Error, Part, Request};
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWriteExt, ReadBuf};

use super::support::{Sent, Server, Step, builder, client, http, json, response};

/// A body of several parts without its boundary, which nobody can foresee.
fn parts(sent: &Sent) -> String {
    let media_type = sent.header("content-type").unwrap();
    let (start, boundary) = media_type.split_once("; boundary=").unwrap();
    assert_eq!((start, boundary.len()), ("multipart/form-data", 32));
    let body = String::from_utf8(sent.body.clone()).unwrap();
    body.replace(boundary, "B")
}

fn stream(text: &'static str) -> ByteStream {
    ByteStream::new(text.as_bytes())
}

#[tokio::test]
async fn parts_are_written_as_browsers_do() {
    let server = Server::start([]).await;
    let request = client(&server).post::<Value>("/x").multipart([
        Part::new("plain", "a value"),
        Part::new("file", vec![b'b'; 3]).file_name("b.bin"),
        Part::new("meta", "{}").content_type("application/json"),
        Part::new("pic", "<svg/>")
            .file_name("c.svg")
            .content_type("image/svg+xml"),
        Part::stream("log", stream("line\r\n")).file_name("d"),
        Part::new("a\"b\r\nc: d", "").file_name("ü\"\n\\.txt"),
    ]);
    request.await.unwrap();
    let sent = server.only();
    assert_eq!(
        parts(&sent),
        "--B\r\ncontent-disposition: form-data; name=\"plain\"\r\n\r\na value\r\n\
         --B\r\ncontent-disposition: form-data; name=\"file\"; filename=\"b.bin\"\r\n\
         content-type: application/octet-stream\r\n\r\nbbb\r\n\
         --B\r\ncontent-disposition: form-data; name=\"meta\"\r\n\
         content-type: application/json\r\n\r\n{}\r\n\
         --B\r\ncontent-disposition: form-data; name=\"pic\"; filename=\"c.svg\"\r\n\
         content-type: image/svg+xml\r\n\r\n<svg/>\r\n\
         --B\r\ncontent-disposition: form-data; name=\"log\"; filename=\"d\"\r\n\
         content-type: application/octet-stream\r\n\r\nline\r\n\r\n\
         --B\r\ncontent-disposition: form-data; name=\"a%22b%0D%0Ac: d\"; filename=\"ü%22%0A\\.txt\"\r\n\
         content-type: text/plain\r\n\r\n\r\n\
         --B--\r\n"
    );
    // A stream of unknown length makes the whole of unknown length.
    assert_eq!(sent.header("content-length"), None);
}

#[tokio::test]
async fn no_parts_are_an_end_only() {
    let server = Server::start([]).await;
    let none: [Part; 0] = [];
    client(&server)
        .post::<Value>("/x")
        .multipart(none)
        .await
        .unwrap();
    assert_eq!(parts(&server.only()), "--B--\r\n");
}

#[tokio::test]
async fn the_content_type_of_parts_is_theirs_whatever_a_header_says() {
    let server = Server::start([]).await;
    let request = client(&server)
        .post::<Value>("/x")
        .header("content-type", "multipart/form-data")
        .multipart([Part::new("a", "b")]);
    request.header("content-type", "text/plain").await.unwrap();
    parts(&server.only());
}

#[tokio::test]
async fn a_part_whose_content_type_cannot_be_sent_is_rejected() {
    let server = Server::start([]).await;
    for content_type in ["image/*", "text/plain\r\nx: y"] {
        let part = Part::new("a", "b").content_type(content_type);
        let result = client(&server).post::<Value>("/x").multipart([part]).await;
        let Err(Error::InvalidArgument(error)) = result else {
            panic!("{result:?}")
        };
        assert_eq!(error.name(), "a");
    }
    assert!(server.sent().is_empty());
}

#[tokio::test]
async fn that_there_is_no_body_is_said_where_one_is_expected() {
    let server = Server::start([]).await;
    let client = client(&server);
    client.post::<Value>("/x").await.unwrap();
    client.get::<Value>("/x").await.unwrap();
    client.delete::<Value>("/x").await.unwrap();
    let lengths: Vec<Option<String>> = server
        .sent()
        .iter()
        .map(|sent| sent.header("content-length").map(str::to_owned))
        .collect();
    assert_eq!(lengths, [Some("0".to_owned()), None, None]);
}

#[tokio::test]
async fn a_stream_is_sent_with_its_length_if_that_is_known() {
    let server = Server::start([]).await;
    let client = client(&server);
    let long = "0123456789".repeat(10_000);
    let length = long.len() as u64;
    for (length, header) in [(None, None), (Some(length), Some("100000"))] {
        let mut stream = ByteStream::new(io::Cursor::new(long.clone()));
        if let Some(length) = length {
            stream = stream.with_length(length);
        }
        let request = client.put::<Value>("/x").stream("text/csv", stream);
        request.await.unwrap();
        let sent = server.sent().pop().unwrap();
        assert_eq!(sent.header("content-length"), header);
        assert_eq!(sent.header("content-type"), Some("text/csv"));
        assert_eq!(sent.body, long.as_bytes());
    }
    let part = Part::stream("a", stream("bcd").with_length(3));
    client.post::<Value>("/x").multipart([part]).await.unwrap();
    let sent = server.sent().pop().unwrap();
    let length = sent.header("content-length").unwrap();
    assert_eq!(length, sent.body.len().to_string());
    assert!(parts(&sent).contains("\r\n\r\nbcd\r\n"));
}

#[tokio::test]
async fn a_stream_is_read_while_it_is_sent() {
    let server = Server::start([]).await;
    let (reader, mut writer) = tokio::io::duplex(16);
    let request = client(&server).put::<Value>("/x");
    let request = request.stream("text/plain", ByteStream::new(reader));
    let write = async move {
        for _ in 0..1000 {
            writer.write_all(b"0123456789").await.unwrap();
        }
    };
    let (result, ()) = tokio::join!(request.into_future(), write);
    result.unwrap();
    assert_eq!(server.only().body.len(), 10_000);
}

/// How often a call is sent whose first response is this one, and what becomes of it.
async fn sent(
    first: Step,
    body: impl FnOnce(Request<Value>) -> Request<Value>,
) -> (Vec<Sent>, Result<Value, Error>) {
    let server = Server::start([first]).await;
    let client = builder(&server).http_client(http()).build().unwrap();
    let request = client.put("/x").idempotency_key("k");
    let result = body(request).await;
    (server.sent(), result)
}

#[tokio::test]
async fn what_can_be_sent_twice_is_tried_again_and_redirected() {
    let bodies: [fn(Request<Value>) -> Request<Value>; 4] = [
        |request| request.json(&1),
        |request| {
            request.form(
                &[("a", "b")]
                    .into_iter()
                    .collect::<std::collections::BTreeMap<_, _>>(),
            )
        },
        |request| request.body("text/plain", "x"),
        |request| request.multipart([Part::new("a", "b"), Part::new("c", "d").file_name("e")]),
    ];
    for body in bodies {
        for step in [
            || response("500 A", &[], ""),
            || Step::Reset(Vec::new()),
            || response("307 A", &[("location", "/y")], ""),
        ] {
            let (sent, result) = sent(step(), body).await;
            result.unwrap();
            assert_eq!(sent.len(), 2);
            assert!(!sent[0].body.is_empty());
            assert_eq!(sent[0].body, sent[1].body);
            assert_eq!(
                sent[0].header("content-type"),
                sent[1].header("content-type")
            );
        }
    }
}

#[tokio::test]
async fn what_can_be_sent_once_is_neither_tried_again_nor_redirected() {
    let bodies: [fn(Request<Value>) -> Request<Value>; 2] = [
        |request| request.stream("text/plain", stream("x")),
        |request| request.multipart([Part::new("a", "b"), Part::stream("c", stream("d"))]),
    ];
    for body in bodies {
        for (step, reason) in [
            (
                response("500 A", &[], ""),
                ": 500 Internal Server Error [1 attempt]",
            ),
            (Step::Reset(Vec::new()), " [1 attempt]"),
            (
                response("307 A", &[("location", "/y")], ""),
                "the body can be sent only once [1 attempt]",
            ),
        ] {
            let (sent, result) = sent(step, body).await;
            let text = result.unwrap_err().to_string();
            assert!(text.ends_with(reason), "{text}");
            assert_eq!(sent.len(), 1, "{text}");
        }
        // Where a redirect drops the body, none is needed.
        let (sent, result) = sent(response("303 A", &[("location", "/y")], ""), body).await;
        result.unwrap();
        assert_eq!((sent[1].method.as_str(), sent[1].body.len()), ("GET", 0));
    }
}

struct Broken;

impl AsyncRead for Broken {
    fn poll_read(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let error = io::Error::new(io::ErrorKind::PermissionDenied, "/home/personal");
        Poll::Ready(Err(error))
    }
}

#[tokio::test]
async fn a_stream_that_fails_is_an_argument_that_fails() {
    for (stream, reason) in [
        (
            ByteStream::new(Broken),
            "its stream can't be read: permission denied",
        ),
        (
            stream("abc").with_length(4),
            "its stream is shorter than stated",
        ),
        (
            stream("abc").with_length(2),
            "its stream is longer than stated",
        ),
        (
            ByteStream::new(tokio::io::AsyncReadExt::chain(&b"ab"[..], &b"c"[..])).with_length(2),
            "its stream is longer than stated",
        ),
    ] {
        let (_, result) = sent(json("200 OK", "{}"), |request| {
            request.stream("text/plain", stream)
        })
        .await;
        let Err(Error::InvalidArgument(error)) = result else {
            panic!("{result:?}")
        };
        assert_eq!(error.name(), "body");
        let text = format!("{error} {error:?}");
        assert!(
            text.contains(reason) && !text.contains("personal"),
            "{text}"
        );
    }
}

#[test]
fn debug_shows_no_content() {
    let part = Part::new("name", "personal").file_name("personal.txt");
    assert_eq!(format!("{part:?}"), "Part { name: \"name\", .. }");
    let stream = stream("personal").with_length(8);
    assert_eq!(format!("{stream:?}"), "ByteStream { length: Some(8), .. }");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_parts_arrive_as_they_were_given(
        given in proptest::collection::vec((any::<String>(), any::<Vec<u8>>()), 0..4),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let sent = runtime.block_on(async {
            let server = Server::start([]).await;
            let client = builder(&server).http_client(http()).build().unwrap();
            let parts = given.iter().map(|(name, content)| Part::new(name, content.clone()));
            client.post::<Value>("/x").multipart(parts).await.unwrap();
            server.only()
        });
        let boundary = sent.header("content-type").unwrap().split_once('=').unwrap().1;
        let mut rest = sent.body.as_slice();
        for (name, content) in &given {
            let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
            let head = format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n");
            let part = [head.as_bytes(), content, b"\r\n"].concat();
            rest = rest.strip_prefix(part.as_slice()).unwrap();
        }
        let end = format!("--{boundary}--\r\n");
        prop_assert_eq!(rest, end.as_bytes());
    }
}

#[tokio::test]
async fn a_member_is_switched_on_whatever_the_body_is_made_of() {
    let server = Server::start([]).await;
    let client = client(&server);
    let post = || client.post::<Value>("/x");
    let exact: Box<serde_json::value::RawValue> =
        serde_json::from_str(r#"{"cost":12345678901234567.89,"stream":false}"#).unwrap();
    for request in [
        post().json(&exact),
        post().field::<bool>("stream", false).field::<i64>("n", 1),
        post(),
        post().json(&[1]),
        post().text("{}"),
    ] {
        request.switched_on("stream").await.unwrap();
    }
    let sent = server.sent();
    let bodies = sent
        .iter()
        .map(|sent| std::str::from_utf8(&sent.body).unwrap());
    assert_eq!(
        bodies.collect::<Vec<_>>(),
        [
            r#"{"cost":12345678901234567.89,"stream":true}"#,
            r#"{"stream":true,"n":1}"#,
            r#"{"stream":true}"#,
            "[1]",
            "{}",
        ]
    );
}

#[tokio::test]
async fn a_part_is_switched_on_unless_the_body_is_json() {
    let server = Server::start([]).await;
    let client = client(&server);
    let post = || client.post::<Value>("/x");
    let json = post().json(&serde_json::json!({"url": "u"}));
    json.part_switched_on("stream").await.unwrap();
    let parts = post().text_part("a", "b");
    parts.part_switched_on("stream").await.unwrap();
    let sent = server.sent();
    assert_eq!(sent[0].body, br#"{"url":"u","stream":true}"#);
    let parts = String::from_utf8_lossy(&sent[1].body);
    assert!(parts.contains("name=\"stream\"\r\n\r\ntrue\r\n"), "{parts}");
    assert!(parts.contains("name=\"a\"\r\n\r\nb\r\n"), "{parts}");
}
