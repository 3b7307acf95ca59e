//! Statuses that say no, with whatever body.

use crate::billing::{ACCOUNT, build, builder};
use crate::schema;
use crate::server::{Response, Server};
use cloudflare_billing::{ApiError, Error};
use serde_json::json;

#[tokio::test]
async fn the_reasons_are_kept() {
    let body = json!({
        "success": false,
        "errors": [
            {"code": 10000, "message": "Authentication error"},
            {"code": 7003, "message": "No route", "source": {"pointer": "/account_id"}},
        ],
        "messages": [{"code": 1, "message": "by the way"}],
        "result": null,
    });
    let response = Response::json(403, &body).header("cf-ray", "ray-1");
    let refusal = refusal(response.header("x-other", "1")).await;

    assert_eq!(refusal.status(), 403);
    assert_eq!(refusal.headers()["x-other"], "1");
    assert_eq!(refusal.request_id(), Some("ray-1"));
    assert_eq!(refusal.errors().len(), 2);
    assert_eq!(refusal.errors()[1].pointer.as_deref(), Some("/account_id"));
    assert_eq!(refusal.messages()[0].message, "by the way");
    assert_eq!(refusal.body(), body.to_string());
    let host = refusal.call().host();
    assert_eq!(
        refusal.to_string(),
        format!(
            "GET /accounts/{{account_id}}/billing/profile at {host}: 403 Forbidden: \
             Authentication error (code 10000); No route (code 7003) [request ray-1, 1 attempt]"
        )
    );
}

#[tokio::test]
async fn the_samples_of_the_schema_are_read() {
    for body in schema::failure_examples() {
        let refusal = refusal(Response::json(400, &body)).await;
        assert_eq!(refusal.errors().len(), 1);
        assert_eq!(json!(refusal.errors()[0].code), body["errors"][0]["code"]);
        assert_eq!(
            refusal.errors()[0].message,
            body["errors"][0]["message"].as_str().unwrap()
        );
    }
}

#[tokio::test]
async fn each_status_is_told_from_the_others() {
    // Status, rate limited, not found, authentication, retryable.
    let cases = [
        (400, [false, false, false, false]),
        (401, [false, false, true, false]),
        (403, [false, false, true, false]),
        (404, [false, true, false, false]),
        (408, [false, false, false, true]),
        (409, [false, false, false, true]),
        (418, [false, false, false, false]),
        (429, [true, false, false, true]),
        (500, [false, false, false, true]),
        (502, [false, false, false, true]),
        (530, [false, false, false, true]),
    ];
    for (status, expected) in cases {
        let refusal = refusal(Response::json(status, json!({"success": false}))).await;
        assert_eq!(refusal.status(), status);
        let read = [
            refusal.is_rate_limited(),
            refusal.is_not_found(),
            refusal.is_authentication(),
            refusal.is_retryable(),
        ];
        assert_eq!(read, expected, "{status}");
    }
}

#[tokio::test]
async fn a_body_that_is_not_the_apis_is_kept_as_it_is() {
    let html = "<html><h1>502 Bad Gateway</h1></html>";
    let cases = [
        (502, "text/html", html),
        (520, "text/plain", "error code: 520"),
        (403, "application/json", "{\"success\": fal"),
        (400, "application/json", "[]"),
        (400, "application/json", "null"),
        (400, "application/json", r#"{"errors": "no list"}"#),
        (404, "application/json", ""),
        (503, "", ""),
    ];
    for (status, content_type, body) in cases {
        let response = Response::new(status, body).header("content-type", content_type);
        let refusal = refusal(response.header("cf-ray", "ray-1")).await;
        assert_eq!(refusal.status(), status);
        assert_eq!(refusal.body(), body);
        assert_eq!(refusal.request_id(), Some("ray-1"));
        assert!(
            refusal.errors().len() <= 1 && refusal.messages().is_empty(),
            "{refusal:?}"
        );
    }
}

/// The refusal of the only attempt.
async fn refusal(response: Response) -> ApiError {
    let server = Server::start([response]).await;
    let client = build(builder(&server).max_retries(0));
    let result = client.billing().profiles().get(ACCOUNT).await;
    assert_eq!(server.take().len(), 1);
    match result {
        Err(Error::Api(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}
