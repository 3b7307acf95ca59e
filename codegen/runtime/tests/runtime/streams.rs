//! Responses that are read while they arrive: items, and downloads.

use std::time::Duration;

use bytes::Bytes;
use runtime::runtime::{Client, Decode, Error, ItemStream, Method, Request, Service, decode};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::support::{self, Server, Step, builder, http};

#[derive(Debug, Deserialize, PartialEq)]
struct Row {
    n: i64,
}

/// A body in pieces, each of which arrives by itself.
pub fn pieces<'b>(content_type: &str, pieces: impl IntoIterator<Item = &'b [u8]>) -> Vec<u8> {
    let mut bytes = open(content_type);
    for piece in pieces {
        bytes.extend(chunk(piece));
    }
    bytes.extend(b"0\r\n\r\n");
    bytes
}

/// The head of a response of unknown length.
fn open(content_type: &str) -> Vec<u8> {
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked";
    format!("{head}\r\nx-ray: r1\r\ncontent-type: {content_type}\r\n\r\n").into_bytes()
}

fn chunk(piece: &[u8]) -> Vec<u8> {
    let size = format!("{:x}\r\n", piece.len()).into_bytes();
    [size.as_slice(), piece, b"\r\n"].concat()
}

pub fn client(server: &Server) -> Client {
    builder(server).http_client(http()).build().unwrap()
}

fn request<T: 'static>(client: &Client, decode: Decode<ItemStream<T>>) -> Request<ItemStream<T>> {
    Request::new(client, Method::GET, "/x", decode).open()
}

#[tokio::test]
async fn what_is_no_stream_is_an_error() {
    async fn error<T: 'static>(kind: &str, decode: Decode<ItemStream<T>>) -> String {
        let server = Server::start([Step::Send(pieces(kind, [b"{}".as_slice()]))]).await;
        match request(&client(&server), decode).await {
            Err(Error::Decode(error)) => error.to_string(),
            Err(error) => panic!("{error:?}"),
            Ok(_) => panic!("{kind} was read"),
        }
    }
    for kind in ["application/json", "text/html; charset=utf-8"] {
        let text = error(kind, decode::events::<Value>).await;
        assert!(
            text.contains("expected a stream, got the content type"),
            "{text}"
        );
    }
    let text = error("text/html", decode::lines::<Value>).await;
    assert!(text.contains("got the content type `text/html`"), "{text}");
}

/// The items of a whole body, each as JSON or as the text of its error.
async fn items(body: Vec<u8>) -> Vec<Result<Value, String>> {
    read(body, decode::events::<Value>).await
}

pub async fn read<T: 'static>(
    body: Vec<u8>,
    decode: Decode<ItemStream<T>>,
) -> Vec<Result<T, String>> {
    let server = Server::start([Step::Send(body)]).await;
    let mut items = request(&client(&server), decode).await.unwrap();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.map_err(|error| error.to_string()));
    }
    assert!(items.next().await.is_none());
    found
}

#[tokio::test]
async fn lines_are_items() {
    let text = "\u{feff}{\"n\":1}\r\n\n  \n{\"n\":\n{\"n\":\"ü\"}\n{\"n\":\"4\"}\n{\"n\":5}";
    for size in [1, 2, 3, 1000] {
        let body = pieces("application/jsonl", text.as_bytes().chunks(size));
        let found = read(body, decode::lines::<Row>).await;
        assert_eq!(found.len(), 5, "{found:?}");
        assert_eq!(found[0], Ok(Row { n: 1 }));
        let reason = found[1].as_ref().unwrap_err();
        assert!(reason.contains("can't be read at `[1].n`: EOF"), "{reason}");
        let reason = found[2].as_ref().unwrap_err();
        assert!(
            reason.contains("at `[2].n`: invalid type: string"),
            "{reason}"
        );
        assert!(!reason.contains('ü'), "{reason}");
        assert_eq!(found[3], Ok(Row { n: 4 }));
        assert_eq!(found[4], Ok(Row { n: 5 }));
    }
}

#[tokio::test]
async fn lines_and_events_of_text() {
    let body = pieces("text/plain", [b"a\n b \n{}".as_slice()]);
    let lines = read(body, decode::text_lines).await;
    assert_eq!(lines, ["a", "b", "{}"].map(|line| Ok(line.to_owned())));
    let body = pieces(
        "text/event-stream",
        [b"data: [DONE]\n\ndata:\n\n".as_slice()],
    );
    let events = read(body, decode::text_events).await;
    assert_eq!(events, ["[DONE]", ""].map(|data| Ok(data.to_owned())));
}

#[tokio::test]
async fn a_sequence_of_json_texts() {
    let text = "\u{1e}{\"n\":\n 1}\n\u{1e}{\"n\": 2}\n\u{1e}";
    for size in [1, 1000] {
        let body = pieces("application/json-seq", text.as_bytes().chunks(size));
        let found = read(body, decode::records::<Row>).await;
        assert_eq!(found, [Ok(Row { n: 1 }), Ok(Row { n: 2 })]);
    }
}

#[tokio::test]
async fn events_as_their_standard_has_them() {
    // Lines end with LF, CR or CRLF; a comment and what no empty line ends are nothing.
    for end in ["\n", "\r", "\r\n"] {
        let text = [
            "\u{feff}: hello",
            "data: {\"a\":",
            "data:1}",
            "",
            "event: tick",
            "",
            "data",
            "data: 2",
            "nothing: 3",
            "id",
            "",
            "",
            "data: \"ü€😀\"",
            "retry: 1500",
            "retry: x",
            "",
            "data: 4",
        ]
        .join(end);
        for size in [1, 2, 3, 5, 1000] {
            let body = pieces("text/event-stream", text.as_bytes().chunks(size));
            let found = items(body).await;
            assert_eq!(found, [json!({"a": 1}), json!(2), json!("ü€😀")].map(Ok));
        }
    }
}

#[tokio::test]
async fn what_an_event_says_beside_its_data() {
    let text =
        "event: add\nid: 7\nretry: 1500\ndata: 1\n\nid: 8\n\ndata: 2\n\nid: a\0b\ndata: 3\n\n";
    let body = pieces("text/event-stream", [text.as_bytes()]);
    let server = Server::start([Step::Send(body)]).await;
    let mut items = request(&client(&server), decode::events::<Value>)
        .await
        .unwrap();
    assert_eq!(
        (items.status().as_u16(), items.request_id()),
        (200, Some("r1"))
    );
    assert_eq!(
        (items.event(), items.last_event_id(), items.retry()),
        (None, "", None)
    );
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!((items.event(), items.last_event_id()), (Some("add"), "7"));
    assert_eq!(items.retry(), Some(Duration::from_millis(1500)));
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert_eq!((items.event(), items.last_event_id()), (None, "8"));
    assert_eq!(items.next().await.unwrap().unwrap(), 3);
    assert_eq!(items.last_event_id(), "8");
    assert_eq!(server.only().header("accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn events_that_are_described_as_objects() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Whole {
        event: Option<String>,
        id: Option<String>,
        data: Value,
    }
    #[derive(Debug, Deserialize, PartialEq)]
    struct Text {
        data: String,
    }
    let text = b"event: a\nid: 1\ndata: {\"n\":1}\n\ndata: 5\n\n".as_slice();
    let found = read(
        pieces("text/event-stream", [text]),
        decode::whole_events::<Whole>,
    )
    .await;
    let whole = |event: Option<&str>, id: Option<&str>, data| {
        let (event, id) = (event.map(str::to_owned), id.map(str::to_owned));
        Ok(Whole { event, id, data })
    };
    let expected = [
        whole(Some("a"), Some("1"), json!({"n": 1})),
        whole(None, None, json!("5")),
    ];
    assert_eq!(found, expected);
    let found = read(
        pieces("text/event-stream", [text]),
        decode::whole_events::<Text>,
    )
    .await;
    let texts = ["{\"n\":1}", "5"].map(|data| {
        Ok(Text {
            data: data.to_owned(),
        })
    });
    assert_eq!(found, texts);
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Known {
        id: i64,
        data: i64,
    }
    let text = b"data: {\"id\": 1, \"data\": 2}\n\n".as_slice();
    let body = pieces("text/event-stream", [text]);
    let found = read(body, decode::whole_events::<Known>).await;
    assert_eq!(found, [Ok(Known { id: 1, data: 2 })]);
}

#[tokio::test]
async fn the_last_event_of_many_services_is_none() {
    let text = b"data: {\"n\":1}\n\ndata: [DONE]\n\ndata: {\"n\":2}\n\n".as_slice();
    let found = read(pieces("text/event-stream", [text]), decode::events::<Row>).await;
    assert_eq!(found, [Ok(Row { n: 1 })]);
}

#[tokio::test]
async fn items_that_contradict_their_description() {
    let body = pieces(
        "application/jsonl",
        [b"{\"n\":\"1\"}\n{\"n\":2}\n".as_slice()],
    );
    let server = Server::start([Step::Send(body.clone()), Step::Send(body)]).await;
    let mut items = request(&client(&server), decode::lines::<Row>)
        .await
        .unwrap();
    assert_eq!(items.next().await.unwrap().unwrap(), Row { n: 1 });
    assert_eq!(items.deviations()[0].path(), "[0].n");
    assert_eq!(items.next().await.unwrap().unwrap(), Row { n: 2 });
    assert_eq!(items.deviations(), []);
    let strict = builder(&server)
        .http_client(http())
        .strict()
        .build()
        .unwrap();
    let mut items = request(&strict, decode::lines::<Row>).await.unwrap();
    assert!(matches!(items.next().await, Some(Err(Error::Decode(_)))));
    assert_eq!(items.next().await.unwrap().unwrap(), Row { n: 2 });
}

#[tokio::test]
async fn an_item_over_the_limit_is_the_last() {
    let body = pieces(
        "text/event-stream",
        b"data: 1\n\ndata: 1234567890\n\n".chunks(1),
    );
    let server = Server::start([Step::Send(body)]).await;
    let client = builder(&server).max_response_bytes(9).build().unwrap();
    let mut items = request(&client, decode::events::<Value>).await.unwrap();
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    let error = items.next().await.unwrap().unwrap_err();
    assert!(
        error.to_string().contains("`max_response_bytes`"),
        "{error}"
    );
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_call_is_tried_again_until_its_stream_is_open() {
    let body = open("text/event-stream");
    let server = Server::start([
        support::json("503 A", "{}"),
        Step::Reset([body, chunk(b"data: 1\n\n")].concat()),
    ])
    .await;
    let mut items = request(&client(&server), decode::events::<Value>)
        .await
        .unwrap();
    let mut last = None;
    while let Some(item) = items.next().await {
        last = Some(item);
    }
    assert!(matches!(last, Some(Err(Error::Connect(_)))), "{last:?}");
    assert_eq!(server.sent().len(), 2);
}

#[tokio::test]
async fn a_rejection_is_no_stream() {
    let server = Server::start([support::json("400 A", "{\"success\":false}")]).await;
    let result = request(&client(&server), decode::events::<Value>).await;
    assert!(matches!(result, Err(Error::Api(_))), "{result:?}");
}

/// A connection of which the test writes the other side.
struct Line {
    listener: TcpListener,
    client: Client,
}

impl Line {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = Server::start([]).await;
        let client = builder(&server).base_url(url).http_client(http());
        let client = client.build().unwrap();
        Self { listener, client }
    }

    async fn accept(&self, content_type: &str) -> TcpStream {
        let (mut socket, _) = self.listener.accept().await.unwrap();
        super::sent::read(&mut socket).await.unwrap();
        socket.write_all(&open(content_type)).await.unwrap();
        socket
    }
}

#[tokio::test]
async fn each_item_is_there_once_it_arrived() {
    let line = Line::new().await;
    let call = request(&line.client, decode::events::<Row>);
    let (items, mut socket) = tokio::join!(call.into_future(), line.accept("text/event-stream"));
    let mut items = items.unwrap();
    for n in 1..4 {
        let event = format!("data: {{\"n\":{n}}}\n\n");
        socket.write_all(&chunk(event.as_bytes())).await.unwrap();
        assert_eq!(items.next().await.unwrap().unwrap(), Row { n });
    }
    // Dropping it closes the connection.
    drop(items);
    let read = socket.read(&mut [0; 16]).await;
    assert!(matches!(read, Ok(0) | Err(_)), "{read:?}");
}

/// Time passes only where the test says so.
fn stop_the_clock() -> std::sync::mpsc::Sender<()> {
    tokio::time::pause();
    let (sender, receiver) = std::sync::mpsc::channel::<()>();
    // While something is blocking, the clock does not go on by itself.
    tokio::task::spawn_blocking(move || receiver.recv());
    sender
}

#[tokio::test]
async fn only_silence_is_limited() {
    let clock = stop_the_clock();
    let line = Line::new().await;
    let call = request(&line.client, decode::events::<Row>);
    let (items, mut socket) = tokio::join!(call.into_future(), line.accept("text/event-stream"));
    let mut items = items.unwrap();
    for n in 1..4 {
        // Nobody waits for the service meanwhile.
        tokio::time::advance(Duration::from_secs(1000)).await;
        socket.write_all(&chunk(b": still here\n\n")).await.unwrap();
        let event = format!("data: {{\"n\":{n}}}\n\n");
        socket.write_all(&chunk(event.as_bytes())).await.unwrap();
        assert_eq!(items.next().await.unwrap().unwrap(), Row { n });
    }
    let silence = async {
        settle().await;
        tokio::time::advance(Duration::from_secs(61)).await;
    };
    let (item, ()) = tokio::join!(items.next(), silence);
    assert!(matches!(item, Some(Err(Error::Timeout(_)))), "{item:?}");
    assert!(items.next().await.is_none());
    drop(clock);
}

#[tokio::test]
async fn a_whole_file_may_take_long_too() {
    let clock = stop_the_clock();
    let line = Line::new().await;
    let call = Request::new(&line.client, Method::GET, "/x", decode::bytes);
    let server = async {
        let mut socket = line.accept("application/octet-stream").await;
        for _ in 0..4 {
            settle().await;
            tokio::time::advance(Duration::from_secs(40)).await;
            socket.write_all(&chunk(b"abc")).await.unwrap();
        }
        socket.write_all(b"0\r\n\r\n").await.unwrap();
    };
    let (bytes, ()) = tokio::join!(call.into_future(), server);
    assert_eq!(bytes.unwrap(), Bytes::from_static(b"abcabcabcabc"));
    drop(clock);
}

#[tokio::test]
async fn a_file_that_stops_is_not_fetched_again() {
    let clock = stop_the_clock();
    let line = Line::new().await;
    let call = Request::new(&line.client, Method::GET, "/x", decode::bytes);
    let server = async {
        let mut socket = line.accept("application/octet-stream").await;
        socket.write_all(&chunk(b"abc")).await.unwrap();
        settle().await;
        tokio::time::advance(Duration::from_secs(61)).await;
        socket
    };
    let (bytes, socket) = tokio::join!(call.into_future(), server);
    let Err(Error::Timeout(error)) = bytes else {
        panic!("{bytes:?}")
    };
    assert_eq!(error.call().attempts(), 1);
    drop((socket, clock));
}

#[tokio::test]
async fn a_service_may_end_streams_in_its_own_way() {
    static SERVICE: Service = Service {
        stream_end: "bye",
        ..support::SERVICE
    };
    for (content_type, text, decode) in [
        ("text/plain", "a\nbye\nb\n", decode::text_lines as Decode<_>),
        (
            "text/event-stream",
            "data: a\n\ndata: bye\n\ndata: b\n\n",
            decode::text_events,
        ),
    ] {
        let server = Server::start([Step::Send(pieces(content_type, [text.as_bytes()]))]).await;
        let client = support::of_service(&SERVICE, &server).credentials(support::credentials());
        let client = client.http_client(http()).build().unwrap();
        let mut items = request(&client, decode).await.unwrap();
        assert_eq!(items.next().await.unwrap().unwrap(), "a");
        assert!(items.next().await.is_none());
    }
}

/// Lets what arrived be read.
async fn settle() {
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
}
