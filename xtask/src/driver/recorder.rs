//! A server on the loopback address that keeps what it is sent, and what another server that it asks for the response gives.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::tools::{Result, Unable};

/// A request or a response as it arrived.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Message {
    /// `GET /pets?all=true HTTP/1.1` or `HTTP/1.1 200 OK`
    pub first: String,
    /// Names are in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// A request, with the response that was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    pub request: Message,
    pub response: Message,
}

pub struct Recorder {
    pub address: String,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl Recorder {
    /// Listens until this program ends. Each response is an empty object.
    pub fn start() -> Result<Self> {
        Self::before(|_| Message::response("200 OK", "{}"))
    }

    /// Listens until this program ends, and gives the responses that somebody else makes.
    pub fn before(responses: impl Fn(&Message) -> Message + Send + Sync + 'static) -> Result<Self> {
        let unable = |error| Unable(format!("a server on the loopback address: {error}"));
        let listener = TcpListener::bind("127.0.0.1:0").map_err(unable)?;
        let address = listener.local_addr().map_err(unable)?;
        let exchanges = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&exchanges);
        let responses = Arc::new(responses);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, responses) = (Arc::clone(&kept), Arc::clone(&responses));
                thread::spawn(move || serve(&stream, &*responses, &kept));
            }
        });
        Ok(Self {
            address: format!("http://{address}"),
            exchanges,
        })
    }

    /// What was exchanged since it was last asked.
    pub fn take(&self) -> Vec<Exchange> {
        let mut exchanges = self
            .exchanges
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut exchanges)
    }
}

impl Message {
    /// A response of JSON.
    pub fn response(status: &str, body: &str) -> Self {
        Self {
            first: format!("HTTP/1.1 {status}"),
            headers: vec![("content-type".to_owned(), "application/json".to_owned())],
            body: body.into(),
        }
    }

    /// The header, if it was sent; several of a name are one.
    pub fn header(&self, name: &str) -> Option<String> {
        let values = self.headers.iter().filter(|(known, _)| known == name);
        let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The method of a request.
    pub fn method(&self) -> &str {
        self.first.split(' ').next().unwrap_or_default()
    }

    /// The path of a request, with the query.
    pub fn target(&self) -> &str {
        self.first.split(' ').nth(1).unwrap_or_default()
    }

    /// The status of a response.
    pub fn status(&self) -> Option<u16> {
        self.first.split(' ').nth(1)?.parse().ok()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// One connection, with one request after the other.
fn serve(stream: &TcpStream, responses: &dyn Fn(&Message) -> Message, kept: &Mutex<Vec<Exchange>>) {
    let (mut reader, mut writer) = (BufReader::new(stream), stream);
    while let Ok(Some(request)) = message(&mut reader) {
        let response = responses(&request);
        let bytes = bytes(&response);
        let exchange = Exchange { request, response };
        // Before the response: who has it may ask at once.
        kept.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(exchange);
        if writer.write_all(&bytes).is_err() {
            return;
        }
    }
}

/// What the server at the address (`host:port`) responds.
pub fn ask(address: &str, request: &Message) -> io::Result<Message> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.write_all(&bytes(request))?;
    let mut reader = BufReader::new(&stream);
    let mut response =
        head(&mut reader)?.ok_or_else(|| io::Error::other("there is no response"))?;
    // These have no body, whatever length they state.
    let has_none = request.method() == "HEAD" || matches!(response.status(), Some(204 | 304));
    if !has_none {
        response.body = body(&mut reader, &response)?;
    }
    Ok(response)
}

const TIMEOUT: Duration = Duration::from_secs(60);

/// The message with the length of its body, as one that is the last of its connection to the other server.
fn bytes(message: &Message) -> Vec<u8> {
    let mut head = format!("{}\r\n", message.first);
    for (name, value) in &message.headers {
        if !FRAMING.contains(&name.as_str()) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    let sends_body = !message.body.is_empty() || message.header("content-length").is_some();
    if sends_body || message.first.starts_with("HTTP/") && message.status() != Some(204) {
        head.push_str(&format!("content-length: {}\r\n", message.body.len()));
    }
    head.push_str("\r\n");
    [head.as_bytes(), &message.body].concat()
}

const FRAMING: [&str; 3] = ["content-length", "transfer-encoding", "connection"];

fn message(reader: &mut impl BufRead) -> io::Result<Option<Message>> {
    let Some(mut message) = head(reader)? else {
        return Ok(None);
    };
    message.body = body(reader, &message)?;
    Ok(Some(message))
}

fn head(reader: &mut impl BufRead) -> io::Result<Option<Message>> {
    let first = line(reader)?;
    if first.is_empty() {
        return Ok(None);
    }
    let mut headers = Vec::new();
    loop {
        let line = line(reader)?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.push((name.trim().to_lowercase(), value.trim().to_owned()));
    }
    Ok(Some(Message {
        first,
        headers,
        body: Vec::new(),
    }))
}

fn body(reader: &mut impl BufRead, head: &Message) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    if head.header("transfer-encoding").is_some() {
        loop {
            let size = usize::from_str_radix(&line(reader)?, 16).unwrap_or_default();
            let length = body.len();
            body.resize(length + size, 0);
            reader.read_exact(&mut body[length..])?;
            line(reader)?;
            if size == 0 {
                return Ok(body);
            }
        }
    }
    let length = head
        .header("content-length")
        .and_then(|text| text.parse().ok());
    body.resize(length.unwrap_or_default(), 0);
    reader.read_exact(&mut body)?;
    Ok(body)
}

/// Without its end; empty at the end of the connection, too.
fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    reader.read_until(b'\n', &mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn exchanged(recorder: &Recorder, text: &str) -> Exchange {
        let address = recorder.address.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("it listens");
        stream.write_all(text.as_bytes()).expect("it reads");
        let mut response = [0; 12];
        stream.read_exact(&mut response).expect("it responds");
        assert_eq!(&response, b"HTTP/1.1 200");
        let mut exchanges = recorder.take();
        assert_eq!(exchanges.len(), 1);
        exchanges.remove(0)
    }

    fn shown(request: &Message) -> String {
        let (method, target) = (request.method(), request.target());
        format!(
            "{method} {target} {:?} {}",
            request.header("x"),
            request.text()
        )
    }

    const PLAIN: &str = "POST /a?b=c HTTP/1.1\r\nX: 1\r\nContent-Length: 3\r\n\r\nabc";
    const CHUNKS: &str =
        "PUT / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n";

    #[test]
    fn keeps_what_arrives() {
        let recorder = Recorder::start().unwrap();
        let plain = exchanged(&recorder, PLAIN);
        assert_eq!(shown(&plain.request), "POST /a?b=c Some(\"1\") abc");
        assert_eq!(
            shown(&exchanged(&recorder, CHUNKS).request),
            "PUT / None abc"
        );
        assert_eq!(
            (plain.response.status(), plain.response.text()),
            (Some(200), "{}".to_owned())
        );
    }

    #[test]
    fn passes_on_what_arrives() {
        let behind = Recorder::start().unwrap();
        let address = behind.address.trim_start_matches("http://").to_owned();
        let recorder = Recorder::before(move |request| ask(&address, request).unwrap()).unwrap();
        for text in [PLAIN, CHUNKS] {
            let before = exchanged(&recorder, text);
            let [after] = behind.take().try_into().expect("one was passed on");
            assert_eq!(shown(&before.request), shown(&after.request));
            assert_eq!(before.response.body, after.response.body);
        }
    }
}
