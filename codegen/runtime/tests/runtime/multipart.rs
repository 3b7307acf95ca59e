//! Properties of a body as its parts, and files among them.

use std::path::PathBuf;

use runtime::runtime::{ByteStream, Encoding, Error, File, ListStyle, ObjectStyle, Part, Request};
use serde_json::{Value, json};

use super::support::{Server, builder, client, http, response};

/// What is sent of a request, its parts without their boundary.
async fn sent(request: impl FnOnce(Request<Value>) -> Request<Value>) -> (String, String) {
    let server = Server::start([]).await;
    request(client(&server).post::<Value>("/x")).await.unwrap();
    let sent = server.only();
    let media_type = sent.header("content-type").unwrap_or_default().to_owned();
    let body = String::from_utf8(sent.body).unwrap();
    match media_type.split_once("; boundary=") {
        Some((media_type, boundary)) => (media_type.to_owned(), body.replace(boundary, "B")),
        None => (media_type, body),
    }
}

/// A part as it is written between its boundaries.
fn part(name: &str, head: &str, content: &str) -> String {
    format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"{head}\r\n\r\n{content}\r\n")
}

/// A file of the test's own, in a folder that goes with it.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[tokio::test]
async fn each_kind_of_property_has_its_parts() {
    let object = json!({ "a": 1, "b": [2, 3], "c": null });
    let (media_type, body) = sent(|request| {
        request
            .text_part("text", 1.5)
            .text_part(Encoding::of("csv").content_type("text/csv"), "a,b")
            .json_part("object", &object)
            .json_part(
                Encoding::of("patch").content_type("application/json-patch+json"),
                &[1],
            )
            .json_parts::<i64, _>("objects", [1, 2])
            .file_part("file", vec![b'x'])
            .file_parts("files", [File::new("1").name("one"), File::new("2")])
    })
    .await;
    assert_eq!(media_type, "multipart/form-data");
    let json = "\r\ncontent-type: application/json";
    let file =
        |name: &str| format!("; filename=\"{name}\"\r\ncontent-type: application/octet-stream");
    let parts = [
        part("text", "", "1.5"),
        part("csv", "\r\ncontent-type: text/csv", "a,b"),
        part("object", json, &object.to_string()),
        part(
            "patch",
            "\r\ncontent-type: application/json-patch+json",
            "[1]",
        ),
        part("objects", json, "1"),
        part("objects", json, "2"),
        part("file", &file("file"), "x"),
        part("files", &file("one"), "1"),
        part("files", &file("files"), "2"),
    ];
    assert_eq!(body, parts.concat() + "--B--\r\n");
}

#[tokio::test]
async fn styles_write_lists_and_objects_without_escapes() {
    let object = json!({ "a": "ü&", "b": [2, 3], "c": null });
    let styles = [
        (
            ListStyle::Exploded,
            part("l", "", "a b") + &part("l", "", "c"),
        ),
        (
            ListStyle::Brackets,
            part("l[]", "", "a b") + &part("l[]", "", "c"),
        ),
        (ListStyle::Comma, part("l", "", "a b,c")),
        (ListStyle::Space, part("l", "", "a b c")),
        (ListStyle::Pipe, part("l", "", "a b|c")),
    ];
    for (style, parts) in styles {
        let (_, body) = sent(|request| request.list_part("l", style, ["a b", "c"])).await;
        assert_eq!(body, parts + "--B--\r\n");
        let none: [&str; 0] = [];
        let (_, body) = sent(|request| request.list_part("l", style, none)).await;
        assert_eq!(body, "--B--\r\n");
    }
    let deep = part("o[a]", "", "ü&") + &part("o[b][]", "", "2") + &part("o[b][]", "", "3");
    let exploded = part("a", "", "ü&") + &part("b", "", "2") + &part("b", "", "3");
    let styles = [
        (ObjectStyle::DeepObject, deep),
        (ObjectStyle::Exploded, exploded),
        (ObjectStyle::Comma, part("o", "", "a,ü&,b,2,b,3")),
        (ObjectStyle::Space, part("o", "", "a ü& b 2 b 3")),
        (ObjectStyle::Pipe, part("o", "", "a|ü&|b|2|b|3")),
    ];
    for (style, parts) in styles {
        let (_, body) = sent(|request| request.object_part("o", style, &object)).await;
        assert_eq!(body, parts + "--B--\r\n");
    }
}

#[tokio::test]
async fn what_is_set_last_counts_and_parts_of_the_callers_are_added() {
    let (_, body) = sent(|request| {
        let request = request.part(Part::new("a", "0")).text_part("a", 1);
        request
            .text_part("b", 2)
            .text_part("a", 3)
            .part(Part::new("a", "4"))
    })
    .await;
    let parts = [("a", "0"), ("b", "2"), ("a", "3"), ("a", "4")];
    let parts = parts.map(|(name, value)| part(name, "", value));
    assert_eq!(body, parts.concat() + "--B--\r\n");
}

#[tokio::test]
async fn the_media_type_of_parts_sends_none() {
    let (media_type, body) = sent(|request| request.multipart_as("multipart/related")).await;
    assert_eq!((media_type.as_str(), body.as_str()), ("", ""));
    let (media_type, body) =
        sent(|request| request.multipart_as("multipart/related").multipart([])).await;
    assert_eq!(
        (media_type.as_str(), body.as_str()),
        ("multipart/related", "--B--\r\n")
    );
}

#[tokio::test]
async fn related_parts_are_of_the_type_of_the_first() {
    for (first, media_type) in [
        (Part::new("a", "b"), "text/plain"),
        (
            Part::new("a", "b").content_type("text/xml; charset=utf-8"),
            "text/xml",
        ),
        (
            Part::new("a", "b").file_name("c"),
            "application/octet-stream",
        ),
    ] {
        let parts = [first, Part::new("d", "e").content_type("image/png")];
        let (found, _) =
            sent(|request| request.multipart_as("multipart/related").multipart(parts)).await;
        assert_eq!(found, format!("multipart/related; type=\"{media_type}\""));
    }
}

#[tokio::test]
async fn a_part_has_the_headers_that_are_stated() {
    let encoding = Encoding::of("a")
        .content_type("image/png")
        .header("x-a", "1");
    let (_, body) = sent(|request| {
        let file = File::new("x")
            .name("n")
            .content_type("image/gif")
            .header("x-c", "0");
        request
            .file_part(encoding, file)
            .part(Part::new("b", "2").header("x-b", "3"))
    })
    .await;
    // The caller's media type counts.
    let head = "; filename=\"n\"\r\ncontent-type: image/gif\r\nx-c: 0\r\nx-a: 1";
    let parts = part("a", head, "x") + &part("b", "\r\nx-b: 3", "2");
    assert_eq!(body, parts + "--B--\r\n");
}

#[tokio::test]
async fn a_header_of_a_part_that_cannot_be_sent_is_rejected() {
    let server = Server::start([]).await;
    for (name, value) in [
        ("x y", "1"),
        ("x", "1\r\ny: 2"),
        ("", "1"),
        ("content-length", "1"),
    ] {
        let request = client(&server).post::<Value>("/x");
        let result = request.part(Part::new("a", "b").header(name, value)).await;
        let Err(Error::InvalidArgument(error)) = result else {
            panic!("{result:?}")
        };
        assert_eq!(error.name(), "a");
    }
    assert!(server.sent().is_empty());
}

#[tokio::test]
async fn a_file_is_read_from_its_path_each_time_it_is_sent() {
    let folder = Folder::new("a_file_is_read_from_its_path");
    let path = folder.write("logo.png", "before");
    let server = Server::start([response("500 A", &[], "")]).await;
    let client = builder(&server).http_client(http()).build().unwrap();
    let request = client.put::<Value>("/x").file_part("image", path.as_path());
    // Nothing was read yet.
    folder.write("logo.png", "after!!");
    request.await.unwrap();
    let sent = server.sent();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0].body, sent[1].body);
    let body = String::from_utf8(sent[0].body.clone()).unwrap();
    let head = "name=\"image\"; filename=\"logo.png\"\r\ncontent-type: image/png";
    assert!(
        body.contains(&format!("{head}\r\n\r\nafter!!\r\n")),
        "{body}"
    );
    assert_eq!(
        sent[0].header("content-length"),
        Some(body.len().to_string().as_str())
    );
    // As the whole body, too.
    let request = client
        .put::<Value>("/x")
        .stream("image/png", ByteStream::open(path));
    request.await.unwrap();
    let sent = server.sent().pop().unwrap();
    assert_eq!(
        (sent.header("content-length"), sent.body.as_slice()),
        (Some("7"), &b"after!!"[..])
    );
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_an_argument_that_fails() {
    let folder = Folder::new("a_file_that_cannot_be_read");
    let server = Server::start([]).await;
    let missing = folder.0.join("personal.txt");
    for (path, reason) in [
        (missing, "entity not found"),
        (folder.0.clone(), "is a directory"),
    ] {
        let post = || client(&server).post::<Value>("/x");
        let requests = [
            (
                "photo",
                post().text_part("a", 1).file_part("photo", path.as_path()),
            ),
            (
                "photo",
                post().part(Part::stream("photo", ByteStream::open(&path))),
            ),
            ("body", post().stream("image/png", ByteStream::open(&path))),
        ];
        for (name, request) in requests {
            let result = request.await;
            let Err(Error::InvalidArgument(error)) = result else {
                panic!("{result:?}")
            };
            let text = format!("{error} {error:?}");
            assert_eq!(error.name(), name);
            assert!(
                text.contains(&format!("the file can't be read: {reason}")),
                "{text}"
            );
            assert!(!text.contains("personal"), "{text}");
        }
    }
    assert!(server.sent().is_empty());
}

#[test]
fn debug_shows_nothing_of_a_file() {
    let file = File::new("personal")
        .name("personal.txt")
        .content_type("text/plain");
    let shown = "File { content: ByteStream { length: Some(8), .. }, content_type: Some(\"text/plain\"), .. }";
    assert_eq!(format!("{file:?}"), shown);
}
