//! Calls that are dropped, at each place where they wait.

use std::convert::Infallible;
use std::path::PathBuf;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use runtime::runtime::{
    AccessToken, Client, ClientBuilder, Credentials, Error, Method, Pagination, Request, Secret,
    decode,
};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;

use super::sent::{Sent, read};
use super::support::{SERVICE, TOKEN_ONLY, http, run};

/// More polls than any call here takes.
const MOST: usize = 200;

/// Drops the future after so many polls, unless it is ready by then.
async fn polled<T>(future: impl Future<Output = T>, times: usize) -> Option<T> {
    let mut future = pin!(future);
    let mut left = times;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match Pin::new(&mut future).poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// A server that keeps its connections open, and how many of them there are.
struct Keeping {
    url: String,
    open: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Keeping {
    async fn start(respond: fn(&Sent, usize) -> String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (open, served) = (Arc::new(AtomicUsize::new(0)), Arc::default());
        let counter = Arc::clone(&open);
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                counter.fetch_add(1, Ordering::SeqCst);
                let (open, served) = (Arc::clone(&counter), Arc::clone(&served));
                tokio::spawn(async move {
                    keep(stream, &served, respond).await;
                    open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { url, open, task }
    }

    fn client(&self, http: reqwest::Client) -> Client {
        // A secret that has expired when it comes, so that each call fetches one.
        let secret = Secret::fetched_by(|| async {
            for _ in 0..3 {
                tokio::task::yield_now().await;
            }
            Ok::<_, Infallible>(AccessToken::new("secret").expires_in(Duration::ZERO))
        });
        ClientBuilder::for_service(&SERVICE)
            .http_client(http)
            .base_url(&self.url)
            .credentials(Credentials::from_secrets(TOKEN_ONLY, [secret]))
            .retry_backoff(Duration::from_micros(1), Duration::from_micros(1))
            .max_retries(9)
            .build()
            .unwrap()
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Responds in two pieces until the client goes, or the response is not whole.
async fn keep(mut stream: TcpStream, served: &AtomicUsize, respond: fn(&Sent, usize) -> String) {
    while let Some(request) = read(&mut stream).await {
        let response = respond(&request, served.fetch_add(1, Ordering::SeqCst));
        let (first, rest) = response.split_at(response.len() - 2);
        for piece in [first, rest] {
            tokio::task::yield_now().await;
            if stream.write_all(piece.as_bytes()).await.is_err() {
                return;
            }
        }
        if response.contains("connection: close") {
            return;
        }
    }
}

fn json_of(status: &str, body: &Value) -> String {
    let body = body.to_string();
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

/// Waits for what happens by itself, and only for so long that a test that fails ends.
async fn eventually(what: impl Fn() -> bool) {
    let wait = async {
        while !what() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(10), wait).await;
    waited.expect("it never happens");
}

#[tokio::test]
async fn a_call_that_is_dropped_leaves_nothing_behind() {
    let server = Keeping::start(|_, served| match served % 3 {
        0 => json_of("503 Wait", &json!({})),
        _ => json_of("200 OK", &json!({"served": served})),
    })
    .await;
    let client = server.client(reqwest::Client::new());
    let mut times = 0;
    loop {
        // It waits for the same secret.
        let other = tokio::spawn(client.get::<Value>("/other").into_future());
        let dropped = polled(client.get::<Value>("/x").into_future(), times).await;
        other.await.unwrap().unwrap();
        client.get::<Value>("/next").await.unwrap();
        if let Some(completed) = dropped {
            completed.unwrap();
            break;
        }
        times += 1;
        assert!(times < MOST);
    }
    assert!(times > 4, "only {times} places to drop it at");
    // Two were open at once.
    eventually(|| server.open.load(Ordering::SeqCst) <= 2).await;
    drop(client);
    eventually(|| server.open.load(Ordering::SeqCst) == 0).await;
    // The server itself.
    eventually(|| Handle::current().metrics().num_alive_tasks() == 1).await;
}

#[tokio::test]
async fn a_stream_whose_next_is_dropped_loses_nothing() {
    let server = Keeping::start(|request, _| match request.target.as_str() {
        "/pages" => json_of("200 OK", &json!([1, 2])),
        "/pages?page=2" => json_of("200 OK", &json!([3])),
        "/pages?page=3" => json_of("200 OK", &json!([])),
        _ if request.header("last-event-id").is_some() => "HTTP/1.1 204 None\r\n\r\n".into(),
        _ => {
            let events = "id: a\ndata: 1\n\ndata: 2\n\n";
            let length = events.len();
            let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length:";
            format!("{head} {length}\r\n\r\n{events}")
        }
    })
    .await;
    let client = server.client(http());
    let pages = client.get::<Vec<i64>>("/pages");
    let mut items = pages.pages(Pagination::number("page"), Some).into_items();
    assert_eq!(drained(async || items.next().await).await, [1, 2, 3]);
    let events = || Request::new(&client, Method::GET, "/events", decode::events::<i64>).open();
    let mut items = events().await.unwrap();
    assert_eq!(drained(async || items.next().await).await, [1, 2]);
    let mut items = events().reconnecting();
    assert_eq!(drained(async || items.next().await).await, [1, 2]);
}

/// What comes when each `next` is dropped that is not ready at once.
async fn drained(mut next: impl AsyncFnMut() -> Option<Result<i64, Error>>) -> Vec<i64> {
    let mut found = Vec::new();
    let read = async {
        loop {
            match polled(next(), 1).await {
                Some(Some(item)) => found.push(item.unwrap()),
                Some(None) => break,
                None => tokio::task::yield_now().await,
            }
        }
    };
    let read = tokio::time::timeout(Duration::from_secs(10), read).await;
    read.expect("it begins anew each time");
    found
}

/// The file when it was all written, and none otherwise.
#[test]
fn a_file_that_is_dropped_leaves_nothing_behind() {
    let folder = std::env::temp_dir().join(format!("runtime-cancelling-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("a.zip");
    for times in 0.. {
        assert!(times < MOST);
        // What runs on other threads has ended when the runtime has.
        let saved = run(saved_in(file.clone(), times));
        let names = std::fs::read_dir(&folder).unwrap();
        let names: Vec<PathBuf> = names.map(|entry| entry.unwrap().path()).collect();
        // It may be renamed while nobody waits for it any longer.
        if saved || !names.is_empty() {
            assert_eq!(names, [file.as_path()], "after {times} polls");
            assert_eq!(std::fs::read(&file).unwrap(), b"0123456789");
            std::fs::remove_file(&file).unwrap();
        }
        if saved {
            break;
        }
    }
    std::fs::remove_dir(&folder).unwrap();
}

async fn saved_in(file: PathBuf, times: usize) -> bool {
    let server = Keeping::start(|request, _| {
        let tag = "etag: \"1\"\r\nconnection: close";
        match request.header("range") {
            None => format!("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n{tag}\r\n\r\n01234"),
            Some(range) => {
                let from: usize = range["bytes=".len()..range.len() - 1].parse().unwrap();
                let rest = &"0123456789"[from..];
                let length = rest.len();
                format!(
                    "HTTP/1.1 206 Rest\r\ncontent-length: {length}\r\ncontent-range: bytes {from}-9/10\r\n{tag}\r\n\r\n{rest}"
                )
            }
        }
    })
    .await;
    let call = server.client(http()).get::<Value>("/x").download();
    let saved = polled(call.save_to(file).into_future(), times).await;
    saved.is_some_and(|saved| saved.unwrap() == 10)
}
