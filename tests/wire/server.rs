//! A server on a free port that answers exactly what a test tells it to, byte for byte, and keeps
//! what it was sent.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// What the server does with one connection, after it has read one request.
#[derive(Debug, Clone)]
pub struct Answer {
    head: String,
    body: Vec<u8>,
    length: Option<usize>,
    ending: Ending,
}

#[derive(Debug, Clone, Copy)]
enum Ending {
    Close,
    Reset,
    Stall,
}

impl Answer {
    /// An answer with a body of no declared type.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self {
            head: format!("HTTP/1.1 {status} \r\nconnection: close\r\n"),
            length: Some(body.len()),
            body,
            ending: Ending::Close,
        }
    }

    /// An answer of JSON.
    pub fn json(status: u16, body: impl ToString) -> Self {
        Self::new(status, body.to_string()).header("content-type", "application/json")
    }

    /// Bytes in place of an answer.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            head: String::new(),
            length: None,
            body: bytes.into(),
            ending: Ending::Close,
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

    /// Closes the connection after so many bytes of the body.
    #[must_use]
    pub fn cut_after(mut self, length: usize) -> Self {
        self.body.truncate(length);
        self
    }

    /// Resets the connection after so many bytes of the body.
    #[must_use]
    pub fn reset_after(mut self, length: usize) -> Self {
        self.ending = Ending::Reset;
        self.cut_after(length)
    }

    /// Sends nothing more after so many bytes of the body, and keeps the connection open.
    #[must_use]
    pub fn stall_after(mut self, length: usize) -> Self {
        self.ending = Ending::Stall;
        self.cut_after(length)
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

/// One request as it arrived.
#[derive(Debug, Clone)]
pub struct Sent {
    pub method: String,
    /// Path and query, still encoded.
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Sent {
    /// The value of a header, which must not be there twice.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut named = self.headers.iter().filter(|(known, _)| known == name);
        let value = named.next().map(|(_, value)| value.as_str());
        assert!(named.next().is_none(), "{name} was sent twice: {self:?}");
        value
    }

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
    answers: VecDeque<Answer>,
    sent: Vec<Sent>,
}

impl Server {
    /// Starts a server that gives each answer once and the last one forever.
    pub async fn start(answers: impl IntoIterator<Item = Answer>) -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let task = tokio::spawn(serve(listener, Arc::clone(&state)));
        let server = Self {
            address,
            state,
            task,
        };
        server.answer(answers);
        server
    }

    /// Replaces the answers that are still to be given.
    pub fn answer(&self, answers: impl IntoIterator<Item = Answer>) {
        lock(&self.state).answers = answers.into_iter().collect();
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
    let mut stalled = Vec::new();
    loop {
        let (mut stream, _) = listener.accept().await?;
        let Some(request) = read(&mut stream).await else {
            continue;
        };
        let answer = lock(&state).next(request);
        // The client may have gone already, as it does when it has waited for long enough.
        _ = stream.write_all(&answer.bytes()).await;
        match answer.ending {
            Ending::Close => _ = stream.shutdown().await,
            Ending::Reset => stream.set_zero_linger()?,
            Ending::Stall => stalled.push(stream),
        }
    }
}

impl State {
    fn next(&mut self, request: Sent) -> Answer {
        self.sent.push(request);
        let last = self.answers.len() == 1;
        let answer = if last {
            self.answers.front().cloned()
        } else {
            self.answers.pop_front()
        };
        answer.unwrap_or_else(|| Answer::new(501, "the test gave no answer"))
    }
}

async fn read(stream: &mut TcpStream) -> Option<Sent> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let mut body = bytes.split_off(end + 4);
    let head = String::from_utf8(bytes).expect("a head that is text");
    let mut lines = head.trim_end().split("\r\n");
    let mut first = lines.next()?.split(' ').map(str::to_owned);
    let headers = lines.filter_map(|line| line.split_once(": "));
    let mut sent = Sent {
        method: first.next()?,
        target: first.next()?,
        headers: headers
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect(),
        body: Vec::new(),
    };
    let length = sent.header("content-length").map(str::parse::<usize>);
    let length = length.map_or(0, |length| length.expect("a length"));
    while body.len() < length {
        stream.read_buf(&mut body).await.ok()?;
    }
    sent.body = body;
    Some(sent)
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
