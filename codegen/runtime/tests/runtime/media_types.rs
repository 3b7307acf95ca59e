//! Which content type a request has.

use runtime::runtime::Error;
use serde_json::Value;

use super::arguments::rejected;
use super::support::{Server, builder, client};

#[tokio::test]
async fn the_callers_content_type_counts_whichever_is_set_first() {
    let server = Server::start([]).await;
    let client = builder(&server)
        .default_header("content-type", "text/default")
        .build()
        .unwrap();
    let patch = || client.patch::<Value>("/x");
    for (request, expected) in [
        (patch().json(&1), "application/json"),
        (
            patch()
                .json(&1)
                .header("Content-Type", "application/merge-patch+json"),
            "application/merge-patch+json",
        ),
        (
            patch()
                .header("Content-Type", "application/merge-patch+json")
                .json(&1),
            "application/merge-patch+json",
        ),
        (
            patch().header("content-type", "text/a").body("text/b", "x"),
            "text/a",
        ),
        (patch().body("text/b", "x"), "text/b"),
        (patch().text("x"), "text/plain"),
        (patch().text("x").content_type("text/b"), "text/b"),
        (
            patch().json(&1).content_type("application/b+json; v=1"),
            "application/b+json; v=1",
        ),
        (
            patch()
                .header("content-type", "text/a")
                .json(&1)
                .content_type("text/b"),
            "text/a",
        ),
        (patch().content_type("text/b"), "text/default"),
        (patch(), "text/default"),
    ] {
        request.await.unwrap();
        let sent = server.sent().pop().unwrap();
        assert_eq!(sent.header("content-type"), Some(expected));
    }
}

#[tokio::test]
async fn a_range_of_media_types_is_never_sent_as_a_content_type() {
    let server = Server::start([]).await;
    let client = client(&server);
    for (range, expected) in [
        ("*/*", Some("application/octet-stream")),
        ("application/*", Some("application/octet-stream")),
        ("image/*", None),
        ("text/*; charset=utf-8", None),
        ("text/plain; a=*", Some("text/plain; a=*")),
    ] {
        let body = || client.post::<Value>("/x").body(range, "x");
        body().await.unwrap();
        let sent = server.sent().pop().unwrap();
        assert_eq!(sent.header("content-type"), expected, "{range}");
        assert_eq!(sent.body, b"x");
        body().header("content-type", "image/png").await.unwrap();
        let sent = server.sent().pop().unwrap();
        assert_eq!(sent.header("content-type"), Some("image/png"), "{range}");
    }
    let result = client
        .post::<Value>("/x")
        .header("Content-Type", "*/*")
        .await;
    assert_eq!(rejected(result), "Content-Type");
    let default = builder(&server).default_header("content-type", "image/*");
    assert!(matches!(default.build(), Err(Error::Configuration(_))));
}
