//! Responses that say yes and can't be read.

use crate::billing::{Sdk, success};
use crate::schema;
use crate::server::Response;
use cloudflare_billing::{DecodeError, Error};
use jiff::Timestamp;
use serde_json::{Value, json};

#[tokio::test]
async fn bodies_that_are_no_response() {
    let sdk = Sdk::start().await;
    let cases = [
        ("empty", Response::json(200, ""), "an empty body"),
        (
            "204",
            Response::new(204, "").without_length(),
            "an empty body",
        ),
        ("untyped", Response::new(200, "hello"), "expected value"),
        (
            "HTML",
            Response::new(200, "<html>").header("content-type", "text/html; charset=utf-8"),
            "the content type `text/html`",
        ),
        (
            "text",
            Response::new(200, "{}").header("content-type", "text/plain"),
            "the content type `text/plain`",
        ),
        (
            "half",
            Response::json(200, r#"{"success": true, "res"#),
            "EOF",
        ),
        (
            "more",
            Response::json(200, r#"{"result": {}} {}"#),
            "trailing",
        ),
        ("a list", Response::json(200, "[]"), "invalid type"),
        ("null", Response::json(200, "null"), "invalid type"),
        (
            "no result",
            Response::json(200, r#"{"success": true}"#),
            "missing field `result`",
        ),
        ("not text", Response::new(200, [0xc1, 0xff]), "isn't UTF-8"),
    ];
    for (name, response, reason) in cases {
        let error = profile_error(&sdk, response.header("cf-ray", "ray-1")).await;
        assert_eq!(error.path(), ".", "{name}");
        assert!(error.to_string().contains(reason), "{name}: {error}");
        assert!(error.status().is_success(), "{name}");
        assert_eq!(error.request_id(), Some("ray-1"), "{name}");
    }
}

#[tokio::test]
async fn other_names_of_json_are_read() {
    let sdk = Sdk::start().await;
    for content_type in [
        "application/json; charset=utf-8",
        "Application/JSON",
        "text/json",
        "application/problem+json",
        "application/vnd.api+json;v=1",
    ] {
        let body = schema::profile_example().to_string();
        let response = Response::new(200, body).header("content-type", content_type);
        let profile = sdk.profile(response).await;
        assert!(profile.is_ok(), "{content_type}: {profile:?}");
    }
}

#[tokio::test]
async fn a_wrong_type_is_found_by_its_path() {
    let sdk = Sdk::strict().await;
    let record = schema::usage_examples().remove(0)["result"][0].clone();
    let cases = [
        ("ContractedCost", json!("cheap")),
        ("ContractedCost", json!({})),
        ("BillingCurrency", json!(7)),
        ("BillingCurrency", Value::Null),
        ("ConsumedQuantity", Value::Null),
    ];
    for (name, value) in cases {
        let mut wrong = record.clone();
        wrong[name] = value.clone();
        let error = usage_error(&sdk, success(&json!([record, wrong]))).await;
        assert_eq!(error.path(), format!("result[1].{name}"), "{value}");
        assert!(error.to_string().contains(error.path()), "{error}");
    }
}

#[tokio::test]
async fn a_missing_field_is_named() {
    let sdk = Sdk::start().await;
    let record = schema::usage_examples().remove(0)["result"][0].clone();
    for property in schema::properties("UsageRecord") {
        let mut wrong = record.clone();
        wrong.as_object_mut().unwrap().remove(&property.name);
        let error = usage_error(&sdk, success(&json!([record, wrong]))).await;
        assert_eq!(error.path(), "result[1]");
        let reason = format!("missing field `{}`", property.name);
        assert!(error.to_string().contains(&reason), "{error}");
    }
}

#[tokio::test]
async fn the_body_is_shown_from_its_beginning() {
    let sdk = Sdk::strict().await;
    let mut result = json!({"balance": 0});
    result["id"] = json!("x".repeat(10_000));
    let response = success(&result).header("cf-ray", "ray-1");
    let error = profile_error(&sdk, response).await;
    assert_eq!(error.path(), "result.balance");
    assert_eq!(error.status(), 200);
    assert_eq!(error.request_id(), Some("ray-1"));
    assert!(error.body().starts_with(r#"{"errors":[]"#), "{error:?}");
    assert!(error.body().ends_with('…'), "{error:?}");
    assert!(error.body().chars().count() <= 513, "{error:?}");
}

#[tokio::test]
async fn the_reason_tells_types_and_no_values() {
    let sdk = Sdk::strict().await;
    let cases = [
        ("is_partner", json!("a-value"), "invalid type: string"),
        ("balance", json!(["a-value"]), "invalid type: sequence"),
        ("balance", json!({"a-value": 1}), "invalid type: map"),
        ("card_expiry_year", json!("a-value"), "without a fraction"),
    ];
    for (name, value, reason) in cases {
        let error = profile_error(&sdk, success(&json!({name: value}))).await;
        assert_eq!(error.path(), format!("result.{name}"));
        let text = error.to_string();
        assert!(text.contains(reason), "{text}");
        assert!(!text.contains("a-value"), "{text}");
    }
}

#[tokio::test]
async fn an_untyped_call_is_read_by_the_same_rules() {
    type Times = std::collections::BTreeMap<String, Vec<Timestamp>>;
    let response = json!({"when": ["2025-02-01T00:00:00Z", "never"]});
    let sdk = Sdk::strict().await;
    sdk.server.respond([Response::json(200, response.clone())]);
    let Err(Error::Decode(error)) = sdk.client.get::<Times>("/x").await else {
        panic!("a response that can't be read");
    };
    assert_eq!(error.path(), "when[1]");

    let sdk = Sdk::start().await;
    sdk.server.respond([Response::json(200, response)]);
    let response = sdk.client.get::<Times>("/x").with_response().await;
    let response = response.expect("an entry of a map may be missing");
    assert!(response.data().is_empty());
    assert!(!response.deviations().is_empty());
}

async fn profile_error(sdk: &Sdk, response: Response) -> DecodeError {
    let result = sdk.profile(response).await;
    assert_eq!(sdk.server.take().len(), 1);
    match result {
        Err(Error::Decode(error)) => error,
        other => panic!("{other:?}"),
    }
}

async fn usage_error(sdk: &Sdk, response: Response) -> DecodeError {
    match sdk.usage(response).await {
        Err(Error::Decode(error)) => error,
        other => panic!("{other:?}"),
    }
}
