//! Each documented response is what it is, whatever a server chooses to send.

use std::io::{Read, Write};
use std::net::TcpListener;

use api::resources::{export, picture, profile};
use api::{Client, Error};

pub fn reads() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(export());
    runtime.block_on(others());
}

async fn export() {
    let json = "content-type: application/json\r\n";
    let report = r#"{"name":"a"}"#;
    let (client, _) = serve(vec![
        ("200 OK", json, report),
        ("201 Created", json, report),
        ("202 Accepted", "content-type: text/plain\r\n", "/there"),
        ("204 No Content", "", ""),
        (
            "206 Partial Content",
            "content-type: application/octet-stream\r\n",
            "ab",
        ),
        ("203 Other", json, r#"{"note":"b"}"#),
        ("203 Other", "content-type: image/png\r\n", "c"),
        ("204 No Content", "", ""),
    ]);
    let call = async || client.export().create("a").max_retries(0).await;
    assert!(matches!(call().await, Ok(export::CreateOutcome::Ok(one)) if one.name == "a"));
    assert!(matches!(call().await, Ok(export::CreateOutcome::Created(one)) if one.name == "a"));
    assert_eq!(
        call().await.unwrap(),
        export::CreateOutcome::Accepted("/there".to_owned())
    );
    assert_eq!(call().await.unwrap(), export::CreateOutcome::NoContent);
    assert_eq!(
        call().await.unwrap(),
        export::CreateOutcome::PartialContent("ab".into())
    );
    let other = call().await.unwrap();
    assert!(matches!(&other, export::CreateOutcome::Success(one) if one.note.as_deref() == Some("b")));
    let Err(Error::Decode(error)) = call().await else {
        panic!("it was read")
    };
    assert!(error.to_string().contains("image/png"), "{error}");
    // What is sent is another media type, what comes is the same.
    let text = client.export().create_text("a").max_retries(0).await;
    assert_eq!(text.unwrap(), export::CreateOutcome::NoContent);
}

async fn others() {
    let json = "content-type: application/json\r\n";
    let (client, asked) = serve(vec![
        ("200 OK", "content-type: text/plain\r\n", "1"),
        ("200 OK", "content-type: application/octet-stream\r\n", "1"),
        ("200 OK", "content-type: text/csv\r\n", "a"),
        ("200 OK", json, "[]"),
        ("202 Accepted", json, r#"{"later":true}"#),
        ("204 No Content", "", ""),
        ("200 OK", "content-type: text/csv\r\n", "a;b"),
        ("200 OK", "content-type: text/plain\r\n", "text"),
    ]);
    assert_eq!(
        client.profile().get().await.unwrap(),
        profile::GetOutcome::Text("1".to_owned())
    );
    assert_eq!(
        client.profile().get().await.unwrap(),
        profile::GetOutcome::Bytes("1".into())
    );
    assert_eq!(
        client.picture().get().await.unwrap(),
        picture::GetOutcome::OkCsv("a".to_owned())
    );
    assert_eq!(client.statistics().list().await.unwrap(), Some(Vec::new()));
    assert_eq!(client.statistics().list().await.unwrap(), None);
    assert_eq!(client.statistics().list().await.unwrap(), None);
    assert_eq!(client.report().get().raw("text/csv").await.unwrap(), "a;b");
    assert_eq!(client.text().get().await.unwrap().as_deref(), Some("text"));
    let expected = [
        "application/octet-stream, application/pdf, text/plain",
        "application/octet-stream, application/pdf, text/plain",
        "image/png, image/*, text/csv, application/json",
        "application/json",
        "application/json",
        "application/json",
        "text/csv",
        "text/plain; charset=utf-8",
    ];
    assert_eq!(asked.join().unwrap(), expected);
}

/// Sends the responses, and gives what was asked for.
fn serve(
    responses: Vec<(&'static str, &'static str, &'static str)>,
) -> (Client, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        let respond = |(status, headers, body): (&str, &str, &str)| {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                request.push(byte[0]);
            }
            let length = body.len();
            let head =
                format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n");
            write!(stream, "{head}{headers}\r\n{body}").unwrap();
            let request = String::from_utf8(request).unwrap();
            let accept = request
                .lines()
                .find_map(|line| line.strip_prefix("accept: "));
            accept.unwrap_or_default().to_owned()
        };
        responses.into_iter().map(respond).collect()
    });
    let client = Client::builder()
        .base_url(format!("http://{address}"))
        .build();
    (client.unwrap(), server)
}
