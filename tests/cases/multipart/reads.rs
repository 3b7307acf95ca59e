//! Each property in the parts that its type and its encoding say.

use api::models::Owner;
use api::{Client, File, Part};

use crate::server::sent;

pub fn reads() {
    let owner = Owner::new("O");
    let sent = sent(|url| async move {
        let client = Client::builder().base_url(url).build().unwrap();
        let request = client.photos().create("a", "T", vec![b'x'], owner.clone());
        let request = request
            .thumbnail(File::new("y").name("t.png"))
            .more([File::new("1"), File::new("2")])
            .size(3)
            .mood("sad")
            .tags(["a", "b"])
            .owners([owner.clone()])
            .words(["a", "b"])
            .place(&owner)
            .near(&owner)
            .codes([1, 2])
            .page("<p>")
            .nothing(None::<&str>)
            .part(Part::new("worker.js", "z"));
        request.await.unwrap();
    });
    assert_eq!(sent.content_type, "multipart/form-data");
    let file = |name: &str, ty: &str| format!("; filename=\"{name}\"\r\ncontent-type: {ty}");
    let bytes = "application/octet-stream";
    let json = "\r\ncontent-type: application/json".to_owned();
    let parts = [
        ("title", String::new(), "T"),
        ("photo", file("photo", bytes), "x"),
        ("owner", format!("{json}; charset=utf-8"), r#"{"name":"O"}"#),
        ("thumbnail", file("t.png", "image/png\r\nX-Kind: small"), "y"),
        ("more", file("more", bytes), "1"),
        ("more", file("more", bytes), "2"),
        ("size", String::new(), "3"),
        ("mood", String::new(), "sad"),
        ("tags", String::new(), "a"),
        ("tags", String::new(), "b"),
        ("owners", json.clone(), r#"{"name":"O"}"#),
        ("words", String::new(), "a,b"),
        ("place[name]", String::new(), "O"),
        ("near", String::new(), "name,O"),
        ("codes", json, "[1,2]"),
        ("page", "\r\ncontent-type: text/html".to_owned(), "<p>"),
        ("worker.js", String::new(), "z"),
    ];
    let part = |(name, head, content): (&str, String, &str)| {
        format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"{head}\r\n\r\n{content}\r\n")
    };
    let expected: String = parts.into_iter().map(part).collect();
    assert_eq!(sent.body, expected + "--B--\r\n");
}
