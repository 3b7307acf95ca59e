//! The body of an error is read as the type that the docs of the method have for its status.

use std::io::{Read, Write};
use std::net::TcpListener;

use api::models::{Problem, TooManyRequestsError};
use api::{Client, Error};

pub fn reads() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        let not_found = r#"{"title":"No pet","causes":[{"field":"id"}]}"#;
        for (status, body) in [("404 A", not_found), ("429 A", r#"{"wait":7}"#)] {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                request.push(byte[0]);
            }
            let length = body.len();
            let head =
                format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}");
            write!(
                stream,
                "{head}\r\ncontent-type: application/json\r\n\r\n{body}"
            )
            .unwrap();
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
        let call = async || match client.pets().get("1").max_retries(0).await {
            Err(Error::Api(error)) => error,
            other => panic!("{other:?}"),
        };
        let error = call().await;
        assert!(
            error.to_string().contains("404 Not Found: No pet ["),
            "{error}"
        );
        let problem: Problem = error.read().unwrap();
        assert_eq!(problem.causes.unwrap()[0].field.as_deref(), Some("id"));
        let error = call().await;
        assert_eq!(error.read::<TooManyRequestsError>().unwrap().wait, 7);
        assert!(error.read::<Problem>().is_err());
    });
    server.join().unwrap();
}
