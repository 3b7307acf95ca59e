//! One request as it arrived at a server of a test. The tests of generated crates use it too.

use tokio::io::{AsyncRead, AsyncReadExt};

#[derive(Debug, Clone)]
pub struct Sent {
    pub method: String,
    /// Path and query, still encoded.
    pub target: String,
    /// The names are in lower case.
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
}

/// The next request of a connection.
pub async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Sent> {
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
    let head = String::from_utf8(bytes).expect("it is HTTP");
    let mut lines = head.trim_end().split("\r\n");
    let mut first = lines.next()?.split(' ').map(str::to_owned);
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let mut sent = Sent {
        method: first.next()?,
        target: first.next()?,
        headers,
        body: Vec::new(),
    };
    let length: usize = sent
        .header("content-length")
        .map_or(0, |length| length.parse().expect("it is HTTP"));
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    if sent.header("transfer-encoding") == Some("chunked") {
        while !body.ends_with(b"0\r\n\r\n") {
            if stream.read_buf(&mut body).await.ok()? == 0 {
                return None;
            }
        }
        body = unchunked(&body);
    }
    sent.body = body;
    Some(sent)
}

fn unchunked(mut chunks: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = chunks.windows(2).position(|window| window == b"\r\n") {
        let length = std::str::from_utf8(&chunks[..end]).expect("it is HTTP");
        let start = end + 2;
        let end = start + usize::from_str_radix(length, 16).expect("it is HTTP");
        body.extend_from_slice(&chunks[start..end]);
        chunks = &chunks[end + 2..];
    }
    body
}
