//! What the schema requires is sent, and nothing where all is optional.

use api::Client;

use crate::server::sent;

pub fn reads() {
    let client = |url: String| Client::builder().base_url(url).build().unwrap();
    let created = sent(|url| async move {
        client(url).sessions().create("user_1").note("n").await.unwrap();
    });
    assert_eq!(created.body, r#"{"user_id":"user_1","note":"n"}"#);
    let replaced = sent(|url| async move {
        client(url).sessions().update().await.unwrap();
    });
    assert_eq!(replaced.body, "");
    let json = sent(|url| async move {
        client(url).sessions().imported().create("user_1").await.unwrap();
    });
    assert_eq!(json.body, r#"{"user_id":"user_1"}"#);
    let form = sent(|url| async move {
        client(url).sessions().imported().create_form().note("n").await.unwrap();
    });
    assert_eq!(form.body, "note=n");
}
