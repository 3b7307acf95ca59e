//! Which content type a request has.

use runtime::runtime::{Error, Service};
use serde_json::Value;

use super::arguments::rejected;
use super::support::{SERVICE, Server, builder, client, credentials, of_service};

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

#[tokio::test]
async fn the_json_of_the_service_is_asked_for_unless_a_call_reads_something_else() {
    static VERSIONED: Service = Service {
        accept: "application/vnd.acme.v2+json",
        ..SERVICE
    };
    let server = Server::start([]).await;
    let builder = of_service(&VERSIONED, &server).credentials(credentials());
    let client = builder.build().unwrap();
    client.get::<Value>("/x").await.unwrap();
    client.delete::<Value>("/x").accept("*/*").await.unwrap();
    let pdf = client.get::<Value>("/x").accept("application/pdf");
    pdf.await.unwrap();
    let own = client.get::<Value>("/x").header("accept", "text/own");
    own.await.unwrap();
    let sent = server.sent();
    let asked: Vec<_> = sent.iter().map(|sent| sent.header("accept")).collect();
    assert_eq!(
        asked,
        [
            Some("application/vnd.acme.v2+json"),
            Some("application/vnd.acme.v2+json"),
            Some("application/pdf"),
            Some("text/own"),
        ]
    );
}
