//! Each response is read item by item, as its document describes the items.

use api::models::{Event, Piece, Row};
use api::{Client, Error, ItemStream};

use crate::server::{Received, Response, Server, outcome};

const ROWS: &str = "{\"n\":1}\n{\"n\":2}\n";

pub fn reads() {
    let server = Server::start(respond);
    outcome(calls(&server.url)).unwrap();
    let received = server.received();
    assert_eq!(
        received.iter().map(said).collect::<Vec<_>>(),
        [
            "/lines accept: application/jsonl",
            "/ndjson accept: application/x-ndjson",
            "/array accept: application/x-ndjson, application/jsonl",
            "/log accept: application/x-ndjson",
            "/sequence accept: application/json-seq",
            "/events accept: text/event-stream",
            "/events accept: text/event-stream",
            "/whole accept: text/event-stream",
            "/untyped accept: text/event-stream",
            "/chat accept: application/json, body {}",
            "/chat accept: text/event-stream, body {\"stream\":true}",
            "/talk accept: text/event-stream, body {\"stream\":true}",
            "/speech accept: application/json, body model=m",
            "/speech accept: text/event-stream, body model=m stream=true",
            "/live accept: text/event-stream, body model=m stream=true",
        ]
    );
}

async fn calls(url: &str) -> Result<(), Error> {
    let client = Client::builder().base_url(url).build()?;
    let numbers = |rows: Vec<Row>| rows.iter().map(|row| row.n).collect::<Vec<_>>();
    assert_eq!(numbers(all(client.lines().get().await?).await?), [1, 2]);
    assert_eq!(numbers(all(client.ndjson().get().await?).await?), [1, 2]);
    assert_eq!(numbers(all(client.array().get().await?).await?), [1, 2]);
    assert_eq!(all(client.log().get().await?).await?, ["{\"n\":1}", "{\"n\":2}"]);
    assert_eq!(all(client.sequence().get().await?).await?, [1, 2]);
    assert_eq!(numbers(all(client.events().get().await?).await?), [1, 2]);
    let mut events = client.events().get().max_retries(0).reconnecting();
    assert_eq!(events.next().await.unwrap()?.n, 1);
    let whole: Vec<Event> = all(client.whole().get().await?).await?;
    assert_eq!(whole[1].event.as_deref(), Some("add"));
    assert_eq!(whole[1].data, "{\"n\":2}");
    assert_eq!(
        all(client.untyped().get().await?).await?,
        ["{\"n\":1}", "{\"n\":2}"]
    );
    assert_eq!(client.chat().create().await?.n, 3);
    let pieces: Vec<Piece> = all(client.chat().create().stream().await?).await?;
    assert_eq!(pieces.len(), 2);
    let pieces: Vec<Piece> = all(client.talk().create().await?).await?;
    assert_eq!(pieces.len(), 2);
    assert_eq!(client.speech().create("m").await?.n, 3);
    let pieces: Vec<Piece> = all(client.speech().create("m").stream().await?).await?;
    assert_eq!(pieces.len(), 2);
    let pieces: Vec<Piece> = all(client.live().create("m").await?).await?;
    assert_eq!(pieces.len(), 2);
    Ok(())
}

async fn all<T>(mut items: ItemStream<T>) -> Result<Vec<T>, Error> {
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item?);
    }
    Ok(found)
}

fn respond(request: &Received) -> Response {
    let media_type = request.header("accept").split(',').next().unwrap();
    let body = match (request.target.as_str(), media_type) {
        ("/log", _) => "{\"n\":1}\n{\"n\":2}\n[END]\nlost\n",
        ("/sequence", _) => "\u{1e}1\n\u{1e}2\n",
        (_, "text/event-stream") => "data: {\"n\":1}\n\nevent: add\ndata: {\"n\":2}\n\n",
        ("/chat" | "/speech", _) => "{\"n\":3}",
        _ => ROWS,
    };
    Response::new(200, media_type, body)
}

/// The path of a request, what it asks for, and its body if it has one.
fn said(request: &Received) -> String {
    let (path, accept) = (&request.target, request.header("accept"));
    let sent = request.text();
    let sent = if sent.starts_with("--") { parts(&sent) } else { sent };
    let sent = if sent.is_empty() { sent } else { format!(", body {sent}") };
    format!("{path} accept: {accept}{sent}")
}

/// The names and values of parts of text.
fn parts(body: &str) -> String {
    let parts = body.split("name=\"").skip(1).map(|part| {
        let (name, rest) = part.split_once('"').unwrap();
        format!("{name}={}", rest.lines().nth(2).unwrap())
    });
    parts.collect::<Vec<_>>().join(" ")
}
