//! What comes around the data.

use crate::billing::{ACCOUNT, Sdk, client};
use crate::schema;
use crate::server::{Response, Server};
use cloudflare_billing::Error;
use serde_json::{Value, json};

#[tokio::test]
async fn errors_and_messages_may_be_null_or_missing_or_odd() {
    let envelopes = [
        json!({"success": true, "errors": null, "messages": null}),
        json!({"success": true, "errors": [], "messages": []}),
        json!({"success": true}),
        json!({}),
        json!({"success": true, "errors": {}, "messages": {}}),
        json!({"success": true, "errors": [null], "messages": [null, 1, [], {}]}),
    ];
    let Sdk { server, client } = Sdk::start().await;
    for mut envelope in envelopes {
        envelope["result"] = json!({"id": "a"});
        server.respond([Response::json(200, &envelope)]);
        let request = client.billing().profiles().get(ACCOUNT);
        let response = request.with_response().await.unwrap();
        assert_eq!(response.data().id.as_deref(), Some("a"), "{envelope}");
        assert_eq!(response.messages(), [], "{envelope}");
    }
}

#[tokio::test]
async fn messages_are_read_as_far_as_they_can_be() {
    let messages = json!([
        {"code": 1, "message": "whole", "documentation_url": "u", "source": {"pointer": "/p"}},
        {"code": "2", "message": "a code that is text"},
        {"message": "no code"},
        {"code": 4},
        "only text",
    ]);
    let body = json!({"success": true, "messages": messages, "result": {}});
    let server = Server::start([Response::json(200, body)]).await;
    let request = client(&server).billing().profiles().get(ACCOUNT);
    let response = request.with_response().await.unwrap();
    let read: Vec<_> = response
        .messages()
        .iter()
        .map(|one| (one.code, one.message.as_str()))
        .collect();
    assert_eq!(
        read,
        [
            (Some(1), "whole"),
            (Some(2), "a code that is text"),
            (None, "no code"),
            (Some(4), ""),
            (None, "only text"),
        ]
    );
    assert_eq!(response.messages()[0].pointer.as_deref(), Some("/p"));
}

#[tokio::test]
async fn a_success_that_is_none_is_a_refusal() {
    let mut bodies = schema::failure_examples();
    bodies.push(json!({"success": false}));
    bodies.push(json!({"success": false, "result": {"id": "a"}, "errors": null}));
    let sdk = Sdk::start().await;
    for body in bodies {
        let response = Response::json(200, &body).header("cf-ray", "ray-1");
        let error = sdk.profile(response).await.unwrap_err();
        let Error::Api(refusal) = &error else {
            panic!("{error:?}");
        };
        assert_eq!(refusal.status(), 200);
        assert_eq!(refusal.request_id(), Some("ray-1"));
        let expected = body["errors"].as_array().map_or(0, Vec::len);
        assert_eq!(refusal.errors().len(), expected);
        assert!(!refusal.is_retryable());
        let read: Value = serde_json::from_str(refusal.body()).unwrap();
        assert_eq!(read, body);
        assert_eq!(sdk.server.take().len(), 1);
    }
}
