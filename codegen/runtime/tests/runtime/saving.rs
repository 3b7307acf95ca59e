//! Downloads that become files, and go on where the connection broke.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use runtime::runtime::{Download, Error, Request};
use serde_json::Value;

use super::support::{self, Server, Step, builder, http, response};

/// A folder of a test's own.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = format!("runtime-saving-{}-{name}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.join("a.zip")
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn download(server: &Server) -> Request<Download> {
    let client = builder(server).http_client(http()).build().unwrap();
    client.get::<Value>("/x").download()
}

const TAG: (&str, &str) = ("etag", "\"1\"");

/// So much of `0123456789`, of which all was to come.
fn broken(status: &str, headers: &[(&str, &str)], length: usize, part: &str) -> Step {
    let head = support::head(status, headers, length);
    Step::Send([head, part.as_bytes().to_vec()].concat())
}

fn part(range: &str, body: &str) -> Step {
    response(
        "206 Partial Content",
        &[TAG, ("content-range", range)],
        body,
    )
}

#[tokio::test]
async fn a_file_is_written_whole() {
    let folder = Folder::new("whole");
    std::fs::write(folder.file(), "old").unwrap();
    let server = Server::start([response("200 OK", &[], "0123456789")]).await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let progress = Arc::clone(&told);
    let saving = download(&server).save_to(folder.file());
    let saving = saving.progress(move |done, of| progress.lock().unwrap().push((done, of)));
    assert_eq!(saving.await.unwrap(), 10);
    assert_eq!(std::fs::read(folder.file()).unwrap(), b"0123456789");
    assert_eq!(folder.names(), ["a.zip"]);
    assert_eq!(told.lock().unwrap().last(), Some(&(10, Some(10))));
    assert_eq!(server.only().header("accept-encoding"), Some("identity"));
}

#[tokio::test]
async fn it_goes_on_where_it_broke() {
    let folder = Folder::new("goes-on");
    let server = Server::start([
        broken("200 OK", &[TAG], 10, "012"),
        // One without a byte counts as a retry, and one with some begins to count anew.
        broken(
            "206 Partial Content",
            &[TAG, ("content-range", "bytes 3-9/10")],
            7,
            "",
        ),
        broken(
            "206 Partial Content",
            &[TAG, ("content-range", "bytes 3-9/10")],
            7,
            "345",
        ),
        part("bytes 6-9/10", "6789"),
    ])
    .await;
    let saved = download(&server)
        .max_retries(2)
        .save_to(folder.file())
        .await;
    assert_eq!(saved.unwrap(), 10);
    assert_eq!(std::fs::read(folder.file()).unwrap(), b"0123456789");
    let sent = server.sent();
    let ranges: Vec<_> = sent.iter().map(|sent| sent.header("range")).collect();
    assert_eq!(
        ranges,
        [None, Some("bytes=3-"), Some("bytes=3-"), Some("bytes=6-")]
    );
    assert!(
        sent[1..]
            .iter()
            .all(|sent| sent.header("if-range") == Some("\"1\""))
    );
}

#[tokio::test]
async fn it_is_never_fetched_from_the_start_again() {
    let weak = ("etag", "W/\"1\"");
    let none = ("accept-ranges", "none");
    for (name, headers, then, requests) in [
        ("nothing", vec![], None, 1),
        ("weak", vec![weak], None, 1),
        ("refused", vec![TAG, none], None, 1),
        (
            "anew",
            vec![TAG],
            Some(response("200 OK", &[TAG], "0123456789")),
            2,
        ),
        (
            "elsewhere",
            vec![TAG],
            Some(part("bytes 0-9/10", "0123456789")),
            2,
        ),
        (
            "longer",
            vec![TAG],
            Some(part("bytes 3-11/12", "3456789ab")),
            2,
        ),
    ] {
        let folder = Folder::new(name);
        std::fs::write(folder.file(), "old").unwrap();
        let server = Server::start([broken("200 OK", &headers, 10, "012")]).await;
        then.into_iter().for_each(|step| server.then(step));
        let error = download(&server).save_to(folder.file()).await.unwrap_err();
        assert!(matches!(error, Error::Connect(_)), "{name}: {error}");
        assert_eq!(server.sent().len(), requests, "{name}");
        assert_eq!(std::fs::read(folder.file()).unwrap(), b"old");
        assert_eq!(folder.names(), ["a.zip"]);
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_an_error() {
    let folder = Folder::new("unwritten");
    let server = Server::start([response("200 OK", &[], "0123456789")]).await;
    let path = folder.file().join("b.zip");
    let error = download(&server).save_to(path).await.unwrap_err();
    assert!(matches!(error, Error::InvalidArgument(_)), "{error}");
    assert!(error.to_string().contains("`path`"), "{error}");
    // Not once all of it has arrived.
    let server = Server::start([broken("200 OK", &[], 10, "01234")]).await;
    let path = folder.file().with_file_name("folder");
    std::fs::create_dir(&path).unwrap();
    let error = download(&server).save_to(path).await.unwrap_err();
    assert!(matches!(error, Error::InvalidArgument(_)), "{error}");
    assert_eq!(folder.names(), ["folder"]);
}
