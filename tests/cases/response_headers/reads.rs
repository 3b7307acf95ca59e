//! The headers of a response and of an error are what the document says.

use std::io::{Read, Write};
use std::net::TcpListener;

use api::{Client, Error, headers};

pub fn reads() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        let fine = "X-Rate-Limit: 7\r\nx-tags: a, b\r\nX-Tags: c\r\nx-counts: 1,2\r\nX-Price: 1.50\r\n\
                    Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT\r\nx-flag: perhaps\r\n";
        for (status, headers) in [
            ("200 A", fine),
            ("404 A", "x-rate-limit: 0\r\nx-flag: odd\r\n"),
        ] {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                request.push(byte[0]);
            }
            let head = "connection: close\r\ncontent-length: 2\r\ncontent-type: application/json";
            write!(stream, "HTTP/1.1 {status}\r\n{head}\r\n{headers}\r\n[]").unwrap();
        }
    });
    let client = Client::builder()
        .base_url(format!("http://{address}"))
        .build()
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let response = client.things().list().with_response().await.unwrap();
        assert_eq!(
            response.read_header(headers::X_RATE_LIMIT).unwrap(),
            Some(7)
        );
        let tags = response.read_header(headers::X_TAGS).unwrap().unwrap();
        assert_eq!(tags, ["a", "b", "c"]);
        assert_eq!(
            response.read_header(headers::X_COUNTS).unwrap(),
            Some(vec![1, 2])
        );
        let price = response.read_header(headers::X_PRICE).unwrap().unwrap();
        assert_eq!(price.to_string(), "1.50");
        let modified = response
            .read_header(headers::LAST_MODIFIED)
            .unwrap()
            .unwrap();
        assert_eq!(modified.get().unwrap().as_second(), 1_445_412_480);
        assert_eq!(response.read_header(headers::LINK).unwrap(), None);
        let error: Error = response.read_header(headers::X_FLAG).unwrap_err().into();
        let text = error.to_string();
        assert!(
            text.contains("`x-flag`: the header isn't a boolean"),
            "{text}"
        );
        assert!(!text.contains("perhaps"), "{text}");
        let Err(Error::Api(error)) = client.things().list().await else {
            panic!("it was read")
        };
        assert_eq!(error.read_header(headers::X_RATE_LIMIT).unwrap(), Some(0));
        assert_eq!(
            error.read_header(headers::X_FLAG2).unwrap().as_deref(),
            Some("odd")
        );
    });
    server.join().unwrap();
}
