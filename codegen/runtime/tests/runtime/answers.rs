//! How each kind of answer is read.

use serde_json::{Value, json};

use super::support::{self, Server, client};

#[tokio::test]
async fn the_type_of_the_answer_is_inferred() {
    let server = Server::start([support::json("200 OK", r#"{"a":1}"#)]).await;
    let client = client(&server);
    let call = async || {
        let value: Value = client.get("/x").query("a", "b").await?;
        Ok::<_, runtime::runtime::Error>(value)
    };
    assert_eq!(call().await.unwrap(), json!({"a": 1}));
    let sent = server.only();
    assert_eq!(
        (sent.method.as_str(), sent.target.as_str()),
        ("GET", "/v1/x?a=b")
    );
    assert_eq!(sent.header("user-agent"), Some("acme/0.1.0"));
}
