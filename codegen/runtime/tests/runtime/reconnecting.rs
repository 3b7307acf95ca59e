//! Streams of events that are asked for again where they end.

use std::time::Duration;

use runtime::runtime::{Method, Reconnecting, Request, decode};
use serde_json::{Value, json};

use super::support::{Server, Step, builder, http, response};

fn events(text: &str) -> Step {
    response("200 OK", &[("content-type", "text/event-stream")], text)
}

fn broken(text: &str) -> Step {
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/event-stream\r\n\
                content-length: 999\r\n\r\n";
    Step::Send([head, text].concat().into_bytes())
}

fn reconnecting(server: &Server, method: Method, retries: u32) -> Reconnecting<Value> {
    let client = builder(server).http_client(http()).build().unwrap();
    let request = Request::new(&client, method, "/x", decode::events::<Value>);
    request
        .open()
        .max_retries(retries)
        .timeout(Duration::from_secs(9))
        .reconnecting()
}

async fn read(mut events: Reconnecting<Value>) -> (Vec<Value>, Option<String>) {
    let (mut found, mut failed) = (Vec::new(), None);
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => found.push(event),
            Err(error) => failed = Some(error.to_string()),
        }
    }
    assert!(events.next().await.is_none());
    (found, failed)
}

fn ids(server: &Server) -> Vec<Option<String>> {
    let sent = server.sent();
    let ids = sent.iter().map(|sent| sent.header("last-event-id"));
    ids.map(|id| id.map(str::to_owned)).collect()
}

#[tokio::test]
async fn events_go_on_after_the_last_one() {
    let server = Server::start([
        events("retry: 1\nid: a\ndata: 1\n\ndata: 2\n\n"),
        broken("id: b\ndata: 3\n\ndata: lost"),
        events(""),
        events("data: 4\n\n"),
        response("204 No Content", &[], ""),
    ])
    .await;
    let (found, failed) = read(reconnecting(&server, Method::GET, 2)).await;
    assert_eq!(
        (found, failed),
        (vec![json!(1), json!(2), json!(3), json!(4)], None)
    );
    let id = |id: &str| Some(id.to_owned());
    assert_eq!(ids(&server), [None, id("a"), id("b"), id("b"), id("b")]);
}

#[tokio::test]
async fn an_empty_id_takes_back_those_before() {
    let server = Server::start([
        events("id: a\ndata: 1\n\nid\ndata: 2\n\n"),
        events("data: 3\n\n"),
        response("204 No Content", &[], ""),
    ])
    .await;
    let events = reconnecting(&server, Method::GET, 2).after("z");
    let (found, failed) = read(events).await;
    assert_eq!((found, failed), (vec![json!(1), json!(2), json!(3)], None));
    assert_eq!(ids(&server), [Some("z".to_owned()), None, None]);
}

#[tokio::test]
async fn it_ends_where_nothing_comes_any_more() {
    let server = Server::start([events("data: 1\n\n"), events(""), events("data: 9\n\n")]).await;
    let (found, failed) = read(reconnecting(&server, Method::GET, 1)).await;
    assert_eq!((found.len(), failed, server.sent().len()), (1, None, 2));
    let server = Server::start([broken("data: 1\n\n"), broken("")]).await;
    let (found, failed) = read(reconnecting(&server, Method::GET, 1)).await;
    assert_eq!((found.len(), server.sent().len()), (1, 2));
    assert!(failed.is_some());
}

#[tokio::test]
async fn it_ends_where_the_service_says_so() {
    let server = Server::start([events("data: 1\n\ndata: [DONE]\n\ndata: 2\n\n")]).await;
    let (found, failed) = read(reconnecting(&server, Method::GET, 1)).await;
    assert_eq!((found.len(), failed, server.sent().len()), (1, None, 1));
    let server = Server::start([events("data: 1\n\n"), response("400 Bad Request", &[], "")]).await;
    let (found, failed) = read(reconnecting(&server, Method::GET, 1)).await;
    assert_eq!((found.len(), server.sent().len()), (1, 2));
    assert!(failed.unwrap().contains("400"));
}

#[tokio::test]
async fn an_event_that_cannot_be_read_ends_nothing() {
    let server = Server::start([
        events("data: {\n\ndata: 2\n\n"),
        response("204 No Content", &[], ""),
    ])
    .await;
    let (found, failed) = read(reconnecting(&server, Method::GET, 1)).await;
    assert_eq!((found, server.sent().len()), (vec![json!(2)], 2));
    assert!(failed.is_some());
}

#[tokio::test]
async fn what_changes_something_is_sent_once() {
    let server = Server::start([events("data: 1\n\n"), events("data: 2\n\n")]).await;
    let (found, failed) = read(reconnecting(&server, Method::POST, 1)).await;
    assert_eq!((found.len(), failed, server.sent().len()), (1, None, 1));
}

#[tokio::test]
async fn it_can_begin_after_an_event() {
    let server = Server::start([response("204 No Content", &[], "")]).await;
    let events = reconnecting(&server, Method::GET, 1).after("z");
    assert_eq!(events.last_event_id(), "z");
    read(events).await;
    assert_eq!(ids(&server), [Some("z".to_owned())]);
}
