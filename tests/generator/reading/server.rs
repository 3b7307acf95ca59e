//! Servers for the programs that use the crates: of one request, for cases that are about what is sent, and of several.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// A server of several requests, each of a connection of its own; it ends when it is dropped.
pub struct Server {
    pub url: String,
    address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    thread: Option<JoinHandle<()>>,
}

/// A request as it arrived; names of headers are lower case.
#[derive(Debug, Clone)]
pub struct Received {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// What a request is answered with.
pub struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Server {
    pub fn start(respond: impl Fn(&Received) -> Response + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let received = Arc::new(Mutex::new(Vec::new()));
        let kept = received.clone();
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                // A request of nobody ends it.
                let Some(request) = received_from(&mut stream) else {
                    break;
                };
                let response = respond(&request);
                kept.lock().unwrap().push(request);
                response.write(&mut stream);
            }
        });
        Self {
            url: format!("http://{address}"),
            address,
            received,
            thread: Some(thread),
        }
    }

    /// Sends these, one after the other.
    pub fn of(responses: impl IntoIterator<Item = Response>) -> Self {
        let responses = Mutex::new(Vec::from_iter(responses).into_iter());
        Self::start(move |_| {
            let next = responses.lock().unwrap().next();
            next.expect("there is a response")
        })
    }

    /// The requests so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(TcpStream::connect(self.address));
        let ended = self.thread.take().map(JoinHandle::join);
        assert!(thread::panicking() || ended.is_none_or(|ended| ended.is_ok()));
    }
}

impl Received {
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// The body, which is text.
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

impl Response {
    pub fn new(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), media_type.to_owned())],
            body: body.into(),
        }
    }

    /// Without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub fn json(body: &str) -> Self {
        Self::new(200, "application/json", body)
    }

    pub fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn write(&self, stream: &mut TcpStream) {
        let length = self.body.len();
        let mut head = format!("HTTP/1.1 {} X\r\nconnection: close\r\n", self.status);
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        head += &format!("content-length: {length}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&self.body).unwrap();
    }
}

/// The only request of a server.
pub struct Sent {
    pub target: String,
    /// The headers, one in each line.
    pub head: String,
    pub content_type: String,
    pub body: String,
}

/// What a call sends that is made with the base URL of a server; it is answered by `204`.
pub fn sent<F: Future>(call: impl FnOnce(String) -> F) -> Sent {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let served = thread::spawn(move || serve(&listener));
    outcome(call(url));
    served.join().unwrap()
}

/// What becomes of a call.
pub fn outcome<F: Future>(call: F) -> F::Output {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(call)
}

fn serve(listener: &TcpListener) -> Sent {
    let (mut stream, _) = listener.accept().unwrap();
    let received = received_from(&mut stream).expect("there is a request");
    let response = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
    stream.write_all(response).unwrap();
    let (content_type, body) = (received.header("content-type"), received.text());
    let (media_type, body) = match content_type.split_once("; boundary=") {
        Some((media_type, boundary)) => (media_type, body.replace(boundary, "B")),
        None => (content_type, body),
    };
    let headers = received.headers.iter();
    let head = headers
        .map(|(name, value)| format!("{name}: {value}\n"))
        .collect();
    Sent {
        content_type: media_type.to_owned(),
        body,
        head,
        target: received.target,
    }
}

/// The next request of a connection; none if that ends.
fn received_from(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    let mut more = |bytes: &mut Vec<u8>| {
        let read = stream.read(&mut buffer).unwrap();
        bytes.extend_from_slice(&buffer[..read]);
        read > 0
    };
    let end = loop {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            break end;
        }
        if !more(&mut bytes) {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ').map(str::to_owned);
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let mut received = Received {
        method: first.next()?,
        target: first.next()?,
        headers: headers.collect(),
        body: Vec::new(),
    };
    let mut body = bytes.split_off(end + 4);
    if received.header("transfer-encoding") == "chunked" {
        while !body.ends_with(b"0\r\n\r\n") {
            assert!(more(&mut body), "the body ends");
        }
        body = unchunked(&body);
    }
    let length: usize = received
        .header("content-length")
        .parse()
        .unwrap_or_default();
    while body.len() < length {
        assert!(more(&mut body), "the body ends");
    }
    received.body = body;
    Some(received)
}

/// A body without the lengths of its chunks.
fn unchunked(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let end = bytes.windows(2).position(|two| two == b"\r\n").unwrap();
        let length = std::str::from_utf8(&bytes[..end]).unwrap();
        let length = usize::from_str_radix(length, 16).unwrap();
        if length == 0 {
            return body;
        }
        bytes = &bytes[end + 2..];
        body.extend_from_slice(&bytes[..length]);
        bytes = &bytes[length + 2..];
    }
}
