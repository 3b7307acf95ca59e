//! Bodies that are read as bytes while they arrive.

use runtime::runtime::{Download, Error};
use serde_json::Value;
use tokio::io::AsyncReadExt;

use super::streams::client;
use super::support::{self, Server, Step, response};

async fn download(step: Step) -> Result<Download, Error> {
    let server = Server::start([step]).await;
    client(&server).get::<Value>("/x").download().await
}

#[tokio::test]
async fn a_download_is_taken_as_it_arrives() {
    let headers = [("content-type", "application/zip"), ("x-ray", "r1")];
    let file = || response("200 OK", &headers, b"0123456789");
    let mut chunks = download(file()).await.unwrap();
    assert_eq!(
        (chunks.content_type(), chunks.content_length()),
        (Some("application/zip"), Some(10))
    );
    assert_eq!(
        (chunks.status().as_u16(), chunks.request_id()),
        (200, Some("r1"))
    );
    let mut found = Vec::new();
    while let Some(chunk) = chunks.chunk().await {
        found.extend(chunk.unwrap());
    }
    assert_eq!(found, b"0123456789");

    let mut reader = download(file()).await.unwrap();
    let mut part = [0; 4];
    reader.read_exact(&mut part).await.unwrap();
    assert_eq!(&part, b"0123");
    let mut writer = Vec::new();
    assert_eq!(reader.write_to(&mut writer).await.unwrap(), 6);
    assert_eq!(writer, b"456789");
}

#[tokio::test]
async fn a_download_that_breaks_says_so() {
    let half = || Step::Send([support::head("200 OK", &[], 10), b"0123".to_vec()].concat());
    let mut writer = Vec::new();
    let written = download(half()).await.unwrap().write_to(&mut writer).await;
    assert!(matches!(written, Err(Error::Connect(_))), "{written:?}");
    let mut reader = download(half()).await.unwrap();
    let error = reader.read_to_end(&mut Vec::new()).await.unwrap_err();
    let error = error.into_inner().unwrap().downcast::<Error>().unwrap();
    assert!(matches!(*error, Error::Connect(_)), "{error}");
}
