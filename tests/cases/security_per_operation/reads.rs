//! What each operation sends of the credentials that a client holds.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use api::{Client, Credentials, Error};

const NONE: [&str; 0] = [];

pub fn reads() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server =
        std::thread::spawn(move || listener.incoming().map_while(served).collect::<Vec<_>>());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(calls(&format!("http://{address}")));
    // A request of nobody ends the server.
    std::net::TcpStream::connect(address).unwrap();
    let expected: [(&str, &[&str]); 13] = [
        ("/cards?key=app-key&token=app-token", &NONE),
        ("/public", &NONE),
        ("/maybe", &["authorization: Bearer bearer"]),
        ("/either", &["authorization: Bearer bearer"]),
        ("/scoped", &["authorization: Bearer oauth"]),
        (
            "/both",
            &["authorization: Basic dXNlcjpwYXNz", "cookie: SID=session"],
        ),
        ("/token", &["authorization: Token token"]),
        ("/digest", &["cookie: SID=session"]),
        ("/only-digest", &NONE),
        ("/certificate", &["authorization: Basic dXNlcjpwYXNz"]),
        ("/undocumented?key=app-key&token=app-token", &NONE),
        ("/maybe", &NONE),
        ("/either", &["cookie: SID=other"]),
    ];
    let sent = server.join().unwrap();
    assert_eq!(sent.len(), expected.len(), "{sent:?}");
    for ((target, headers), (path, credentials)) in sent.iter().zip(expected) {
        assert_eq!(
            (target.as_str(), headers.as_slice()),
            (
                path,
                &*credentials
                    .iter()
                    .map(|c| (*c).to_owned())
                    .collect::<Vec<_>>()
            )
        );
    }
}

async fn calls(url: &str) {
    let builder = Client::builder().base_url(url);
    let builder = builder.credentials(Credentials::app_key_and_app_token("app-key", "app-token"));
    let builder = builder
        .credentials(Credentials::bearer("bearer"))
        .credentials(Credentials::session("session"));
    let builder = builder
        .credentials(Credentials::basic("user:pass"))
        .credentials(Credentials::oauth("oauth"));
    let client = builder
        .credentials(Credentials::token("token"))
        .build()
        .unwrap();
    client.cards().get().await.unwrap();
    client.public().get().await.unwrap();
    client.maybe().get().await.unwrap();
    client.either().get().await.unwrap();
    client.scoped().get().await.unwrap();
    client.both().get().await.unwrap();
    client.token().get().await.unwrap();
    client.digest().get().await.unwrap();
    client.only_digest().get().await.unwrap();
    client.certificate().get().await.unwrap();
    client
        .get::<Option<serde_json::Value>>("/undocumented")
        .await
        .unwrap_or_default();
    let client = Client::builder()
        .base_url(url)
        .credentials(Credentials::session("other"))
        .build()
        .unwrap();
    client.maybe().get().await.unwrap();
    client.either().get().await.unwrap();
    let Err(Error::Configuration(error)) = client.cards().get().await else {
        panic!("sent")
    };
    assert!(
        error
            .to_string()
            .ends_with("the call needs credentials that the client lacks: `appKey` and `appToken`"),
        "{error}"
    );
}

/// The target of a request and the headers that authenticate.
fn served(stream: std::io::Result<std::net::TcpStream>) -> Option<(String, Vec<String>)> {
    let mut stream = stream.unwrap();
    let mut lines = BufReader::new(stream.try_clone().unwrap())
        .lines()
        .map_while(Result::ok);
    let target = lines.next()?.split(' ').nth(1)?.to_owned();
    let head = lines.take_while(|line| !line.is_empty());
    let mut headers: Vec<String> = head
        .filter(|line| line.starts_with("authorization") || line.starts_with("cookie"))
        .collect();
    headers.sort();
    stream
        .write_all(b"HTTP/1.1 204 Done\r\nconnection: close\r\n\r\n")
        .unwrap();
    Some((target, headers))
}
