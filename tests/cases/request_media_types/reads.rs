//! The media type of each choice.

use std::collections::BTreeMap;

use api::models::Change;
use api::{ByteStream, Client, Error};

use crate::server::{outcome, sent};

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let change = &Change::new("add", "/a");
    let calls = [
        (
            sent(|url| async move { client(url).node().edit().await.unwrap() }),
            ("application/merge-patch+json", "{}"),
        ),
        (
            sent(|url| async move {
                let changes = std::slice::from_ref(change);
                client(url).node().update(changes).await.unwrap();
            }),
            (
                "application/json-patch+json",
                r#"[{"op":"add","path":"/a"}]"#,
            ),
        ),
        (
            sent(|url| async move { client(url).node().create().label_null().size(None).await.unwrap() }),
            ("application/vnd.node+json; version=2; x=Y", r#"{"label":null}"#),
        ),
        (
            sent(|url| async move { client(url).node().delete().fields_of(&BTreeMap::from([("a", 1)])).await.unwrap() }),
            ("application/json", r#"{"a":1}"#),
        ),
        (
            sent(|url| async move { client(url).nodes().create_csv("a,b").await.unwrap() }),
            ("text/csv", "a,b"),
        ),
        (
            sent(|url| async move { client(url).nodes().create_mixed().await.unwrap() }),
            ("multipart/mixed", "--B--\r\n"),
        ),
        (
            sent(|url| async move {
                let request = client(url).nodes().update();
                request.body_image(ByteStream::from("x")).await.unwrap();
            }),
            ("", "x"),
        ),
        (
            sent(|url| async move { client(url).text().create("ü").await.unwrap() }),
            ("text/plain; charset=utf-8", "ü"),
        ),
        (
            sent(|url| async move { client(url).text().update().body(7).await.unwrap() }),
            ("text/plain", "7"),
        ),
        (
            sent(|url| async move { client(url).text().edit("<a/>").await.unwrap() }),
            ("application/xml", "<a/>"),
        ),
        (
            sent(|url| async move { client(url).text().update().await.unwrap() }),
            ("", ""),
        ),
    ];
    let both = outcome(async {
        let request = client("http://127.0.0.1:9".to_owned()).nodes().update().label("a");
        request.body_text("x").await
    });
    assert!(matches!(both, Err(Error::InvalidArgument(_))), "{both:?}");
    for (sent, expected) in calls {
        assert_eq!((sent.content_type.as_str(), sent.body.as_str()), expected);
    }
}
