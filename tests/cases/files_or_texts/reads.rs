//! Files are sent as files and texts as texts, one or several.

use api::{Client, File};

use crate::server::sent;

pub fn reads() {
    let parts = sent(|url| async move {
        let client = Client::builder().base_url(url).build().unwrap();
        let request = client.images().create([File::new("bytes")], ["a", "b"]);
        request.sizes([1, 2]).await.unwrap();
    });
    let shown: Vec<&str> = parts.body.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        shown,
        [
            "--B",
            r#"content-disposition: form-data; name="image"; filename="image""#,
            "content-type: application/octet-stream",
            "bytes",
            "--B",
            r#"content-disposition: form-data; name="labels""#,
            "a",
            "--B",
            r#"content-disposition: form-data; name="labels""#,
            "b",
            "--B",
            r#"content-disposition: form-data; name="sizes""#,
            "1",
            "--B",
            r#"content-disposition: form-data; name="sizes""#,
            "2",
            "--B--",
        ]
    );
    let hidden = api::models::ChatPin::from("1234");
    assert!(!format!("{hidden:?}").contains("1234"), "{hidden:?}");
}
