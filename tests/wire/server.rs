//! A server on a free port that responds with exactly what a test states, byte for byte, and keeps
//! what it was sent.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpSocket};

use sent::read;

pub use sent::Sent;

#[path = "../../codegen/runtime/tests/runtime/sent.rs"]
mod sent;

/// What the server does with one connection, after it has read one request.
#[derive(Debug, Clone)]
pub struct Response {
    head: String,
    body: Vec<u8>,
    length: Option<usize>,
}

impl Response {
    /// A response with a body of no declared type.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self {
            head: format!("HTTP/1.1 {status} \r\nconnection: close\r\n"),
            length: Some(body.len()),
            body,
        }
    }

    /// A response of JSON.
    pub fn json(status: u16, body: impl ToString) -> Self {
        Self::new(status, body.to_string()).header("content-type", "application/json")
    }

    /// Bytes in place of a response.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            head: String::new(),
            length: None,
            body: bytes.into(),
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.head.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    /// Leaves out the length, as statuses without a body must.
    #[must_use]
    pub fn without_length(mut self) -> Self {
        self.length = None;
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.head.clone().into_bytes();
        if let Some(length) = self.length {
            bytes.extend(format!("content-length: {length}\r\n").into_bytes());
        }
        if !self.head.is_empty() {
            bytes.extend(b"\r\n");
        }
        bytes.extend(&self.body);
        bytes
    }
}

impl Sent {
    /// The names of all headers, sorted.
    pub fn header_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        names
    }

    /// The path, still encoded.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The query, still encoded.
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }
}

/// A server; the requests that it was sent can be looked at while it runs.
pub struct Server {
    address: String,
    state: Arc<Mutex<State>>,
    task: tokio::task::JoinHandle<io::Result<()>>,
}

#[derive(Default)]
struct State {
    responses: VecDeque<Response>,
    sent: Vec<Sent>,
}

impl Server {
    /// Starts a server that gives each response once and the last one forever.
    pub async fn start(responses: impl IntoIterator<Item = Response>) -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let task = tokio::spawn(serve(listener, Arc::clone(&state)));
        let server = Self {
            address,
            state,
            task,
        };
        server.respond(responses);
        server
    }

    /// Replaces the responses that are still to be given.
    pub fn respond(&self, responses: impl IntoIterator<Item = Response>) {
        lock(&self.state).responses = responses.into_iter().collect();
    }

    /// An address at this server.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Every request since the start, or since the last call of this.
    pub fn take(&self) -> Vec<Sent> {
        std::mem::take(&mut lock(&self.state).sent)
    }

    /// The only request that arrived.
    pub fn only(&self) -> Sent {
        let [sent] = <[Sent; 1]>::try_from(self.take()).expect("exactly one request");
        sent
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// An address at which nobody listens, and nobody else can while this value lives.
pub struct Nobody(TcpSocket);

impl Nobody {
    /// Takes a free port.
    pub fn new() -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        Ok(Self(socket))
    }

    /// The address.
    pub fn url(&self) -> String {
        let address = self.0.local_addr().expect("an address");
        format!("http://{address}")
    }
}

async fn serve(listener: TcpListener, state: Arc<Mutex<State>>) -> io::Result<()> {
    loop {
        let (mut stream, _) = listener.accept().await?;
        let Some(request) = read(&mut stream).await else {
            continue;
        };
        let response = lock(&state).next(request);
        // The client may have gone already, as it does when it has waited for long enough.
        _ = stream.write_all(&response.bytes()).await;
        _ = stream.shutdown().await;
    }
}

impl State {
    fn next(&mut self, request: Sent) -> Response {
        self.sent.push(request);
        let last = self.responses.len() == 1;
        let response = if last {
            self.responses.front().cloned()
        } else {
            self.responses.pop_front()
        };
        response.unwrap_or_else(|| Response::new(501, "the test gave no response"))
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
