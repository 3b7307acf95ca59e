//! The media type of each choice.

use api::models::{Change, Node};
use api::{ByteStream, Client};

use crate::server::sent;

pub fn reads() {
    let node = Node::default();
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let (node, change) = (&node, &Change::new("add", "/a"));
    let calls = [
        (
            sent(|url| async move { client(url).node().edit(node).await.unwrap() }),
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
            sent(|url| async move { client(url).node().create().body(node).await.unwrap() }),
            ("application/vnd.node+json; version=2; x=Y", "{}"),
        ),
        (
            sent(|url| async move { client(url).node().delete(node).await.unwrap() }),
            ("application/json", "{}"),
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
                let request = client(url).nodes().update().body(node);
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
    for (sent, expected) in calls {
        assert_eq!((sent.content_type.as_str(), sent.body.as_str()), expected);
    }
}
