//! A server for one request, for cases that are about what is sent.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

/// A request as it arrived.
pub struct Sent {
    pub target: String,
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
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    let (head, length) = loop {
        let read = stream.read(&mut buffer).unwrap();
        bytes.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let length = header(head, "content-length");
            break (head.to_owned(), length.parse::<usize>().unwrap_or_default());
        }
        assert!(read > 0, "the request ends in its head");
    };
    let start = head.len() + 4;
    while bytes.len() < start + length {
        let read = stream.read(&mut buffer).unwrap();
        bytes.extend_from_slice(&buffer[..read]);
    }
    let response = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
    stream.write_all(response).unwrap();
    let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let content_type = header(&head, "content-type");
    let body = String::from_utf8(bytes[start..].to_vec()).unwrap();
    match content_type.split_once("; boundary=") {
        Some((media_type, boundary)) => Sent {
            target,
            content_type: media_type.to_owned(),
            body: body.replace(boundary, "B"),
        },
        None => Sent {
            target,
            content_type,
            body,
        },
    }
}

fn header(head: &str, name: &str) -> String {
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found
        .map(|(_, value)| value.trim().to_owned())
        .unwrap_or_default()
}
