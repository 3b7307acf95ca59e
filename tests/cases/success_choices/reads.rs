//! Each documented response is what it is, whatever a server chooses to send.

use api::resources::{export, picture, profile};
use api::{Client, Error};

use crate::server::{Response, Server, outcome};

pub fn reads() {
    outcome(export());
    outcome(others());
}

async fn export() {
    let report = r#"{"name":"a"}"#;
    let (client, _server) = served([
        Response::json(report),
        Response::json(report).status(201),
        Response::new(202, "text/plain", "/there"),
        Response::empty(204),
        Response::new(206, "application/octet-stream", "ab"),
        Response::json(r#"{"note":"b"}"#).status(203),
        Response::new(203, "image/png", "c"),
        Response::empty(204),
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
    assert!(
        matches!(&other, export::CreateOutcome::Success(one) if one.note.as_deref() == Some("b"))
    );
    let Err(Error::Decode(error)) = call().await else {
        panic!("it was read")
    };
    assert!(error.to_string().contains("image/png"), "{error}");
    // What is sent is another media type, what comes is the same.
    let text = client.export().create_text("a").max_retries(0).await;
    assert_eq!(text.unwrap(), export::CreateOutcome::NoContent);
}

async fn others() {
    let (client, server) = served([
        Response::new(200, "text/plain", "1"),
        Response::new(200, "application/octet-stream", "1"),
        Response::new(200, "text/csv", "a"),
        Response::json("[]"),
        Response::json(r#"{"later":true}"#).status(202),
        Response::empty(204),
        Response::new(200, "text/csv", "a;b"),
        Response::new(200, "text/plain", "text"),
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
    let received = server.received();
    let asked: Vec<&str> = received
        .iter()
        .map(|request| request.header("accept"))
        .collect();
    assert_eq!(asked, expected);
}

fn served(responses: impl IntoIterator<Item = Response>) -> (Client, Server) {
    let server = Server::of(responses);
    let client = Client::builder().base_url(&server.url).build();
    (client.unwrap(), server)
}
