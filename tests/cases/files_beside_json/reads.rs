//! What is given in parts is given as in JSON.

use api::models::{Options, Signer};
use api::{Client, File};
use serde_json::json;

use crate::server::sent;

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let signer = Signer::new("Ada");
    let parts = sent(|url| async move {
        let request = client(url).requests().send(
            [signer.clone()],
            Options::new("draw"),
            [("pages", 2)],
            [signer.clone()],
        );
        let request = request
            .files([File::new("x").name("a.pdf")])
            .witnesses([signer.clone(), Signer::new("Bob")])
            .more(Options::new("type"))
            .more(None)
            .metadata([("a", json!(1))])
            .first(signer);
        request.await.unwrap();
    });
    assert_eq!(parts.content_type, "multipart/form-data");
    for (name, content) in [
        ("signers", r#"{"name":"Ada"}"#),
        ("options", r#"{"kind":"draw"}"#),
        ("counts", r#"{"pages":2}"#),
        ("kinds", r#"{"name":"Ada"}"#),
        ("witnesses", r#"{"name":"Ada"}"#),
        ("witnesses", r#"{"name":"Bob"}"#),
        ("more", r#"{"kind":"type"}"#),
        ("metadata", r#"{"a":1}"#),
        ("first", r#"{"name":"Ada"}"#),
    ] {
        let part = format!("name=\"{name}\"\r\ncontent-type: application/json\r\n\r\n{content}\r\n");
        assert!(parts.body.contains(&part), "{part}: {}", parts.body);
    }
}
