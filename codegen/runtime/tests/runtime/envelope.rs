//! How a response in an envelope is read, and what it says of a call that failed.

use runtime::runtime::{Error, Extra, Method, Request, Service, decode, exact};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::responses::{read, unreadable};
use super::support::{self, SERVICE, Server, client, response};

#[derive(Debug, Serialize, Deserialize, PartialEq)]
pub struct Record {
    #[serde(with = "exact")]
    cost: Decimal,
    #[serde(flatten)]
    extra: Extra,
}

#[tokio::test]
async fn the_envelope_keeps_exact_decimals() {
    let body = r#"{"result":[{"cost":1234567890123.456789012345,"new":{"a":[0]}}],"success":true}"#;
    let step = support::json("200 OK", body);
    let records = read(step, decode::enveloped::<Vec<Record>>)
        .await
        .unwrap()
        .into_data();
    assert_eq!(records[0].cost.to_string(), "1234567890123.456789012345");
    assert_eq!(records[0].extra["new"], json!({"a": [0]}));
    let text = serde_json::to_string(&records[0]).unwrap();
    assert_eq!(
        text,
        r#"{"cost":1234567890123.456789012345,"new":{"a":[0]}}"#
    );
    assert_eq!(format!("{:?}", records[0].extra), r#"{"new": _}"#);
}

#[tokio::test]
async fn an_envelope_with_parts_missing() {
    for body in [
        r#"{"result":1}"#,
        r#"{"result":1,"success":null,"errors":null,"messages":null}"#,
        r#"{"result":1,"success":true,"errors":"x","messages":{"other":[]}}"#,
        r#"{"result":1,"success":"no","messages":7,"extra":[{}]}"#,
    ] {
        let response = read(support::json("200 OK", body), decode::enveloped::<u8>)
            .await
            .unwrap();
        assert_eq!(response.data(), &1);
        assert!(response.messages().is_empty());
    }
}

#[tokio::test]
async fn data_that_is_null_or_missing() {
    for body in [r#"{"success":true}"#, r#"{"success":true,"result":null}"#] {
        let step = || support::json("200 OK", body);
        let none = read(step(), decode::enveloped::<Option<u8>>).await.unwrap();
        assert_eq!(none.into_data(), None);
        read(step(), decode::enveloped::<()>).await.unwrap();
        unreadable(read(step(), decode::enveloped::<u8>).await);
    }
    let (_, text) = unreadable(read(support::json("200 OK", "{}"), decode::enveloped::<u8>).await);
    assert!(text.contains("missing field `result`"), "{text}");
}

#[tokio::test]
async fn null_for_an_envelope_has_no_data() {
    let null = || support::json("200 OK", "null");
    let none = read(null(), decode::optional_enveloped::<bool>).await;
    assert_eq!(none.unwrap().into_data(), None);
    let (path, text) = unreadable(read(null(), decode::enveloped::<bool>).await);
    assert!(path == "." && text.contains("expected a map"), "{text}");
}

#[tokio::test]
async fn the_path_of_a_failure_begins_at_the_envelope() {
    let body = r#"{"success":true,"result":[{"cost":1},{"cost":[]}]}"#;
    let result = read(
        support::json("200 OK", body),
        decode::enveloped::<Vec<Record>>,
    )
    .await;
    assert_eq!(unreadable(result).0, "result[1].cost");
    let (path, text) =
        unreadable(read(support::json("200 OK", "[]"), decode::enveloped::<u8>).await);
    assert!(
        path == "." && text.contains("invalid type: sequence, expected a map"),
        "{text}"
    );
}

#[tokio::test]
async fn a_service_without_an_envelope() {
    static BARE: Service = Service {
        envelope: None,
        ..SERVICE
    };
    let server =
        Server::start([support::json("200 OK", "1"), response("404 A", &[], "gone")]).await;
    let client = runtime::runtime::ClientBuilder::for_service(&BARE).base_url(server.url(""));
    let client = client.credentials(support::credentials()).build().unwrap();
    let one = Request::new(&client, Method::GET, "/x", decode::enveloped::<u8>).await;
    assert_eq!(one.unwrap(), 1);
    let error = client.get::<Value>("/x").await.unwrap_err();
    let host = server.url("").replace("http://", "");
    let expected = format!("GET /x at {host}: 404 Not Found [1 attempt]");
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn a_rejection_with_a_success_status() {
    let body = r#"{"success":false,"errors":[{"code":1,"message":"no"}],"result":null}"#;
    let result = read(
        support::json("200 OK", body),
        decode::enveloped::<Option<u8>>,
    )
    .await;
    let Err(Error::Api(error)) = result else {
        panic!("{result:?}")
    };
    assert_eq!(
        (error.status().as_u16(), error.errors()[0].code),
        (200, Some(1))
    );
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn a_rejection_by_what_another_kind_of_value_means() {
    for no in [r#""false""#, r#""False""#, "0", r#""0""#] {
        let body = format!(r#"{{"success":{no},"errors":["no"],"result":1}}"#);
        let result = read(support::json("200 OK", &body), decode::enveloped::<u8>).await;
        assert!(matches!(result, Err(Error::Api(_))), "{no}: {result:?}");
    }
}

#[tokio::test]
async fn an_undocumented_endpoint_that_rejects_with_a_success_status() {
    let no = r#"{"success":false,"errors":[{"code":7,"message":"no"}],"result":null}"#;
    let yes = r#"{"success":true,"messages":["by the way"],"result":1}"#;
    let steps = [no, no, yes, "[false]", "false", r#"{"success":"no"}"#];
    let server = Server::start(steps.map(|body| support::json("200 OK", body))).await;
    let client = client(&server);
    for result in [client.get::<Value>("/x").await, client.post("/x").await] {
        let Err(Error::Api(error)) = result else {
            panic!("{result:?}")
        };
        assert_eq!(error.status(), 200);
        assert_eq!(error.errors()[0].message, "no");
    }
    let response = client.get::<Value>("/x").with_response().await.unwrap();
    assert_eq!(response.data()["result"], 1);
    assert_eq!(response.messages()[0].message, "by the way");
    for _ in 0..3 {
        client.get::<Value>("/x").await.unwrap();
    }
}

#[tokio::test]
async fn an_undocumented_endpoint_of_a_service_without_an_envelope_may_say_anything() {
    static BARE: Service = Service {
        envelope: None,
        ..SERVICE
    };
    let server = Server::start([support::json("200 OK", r#"{"success":false}"#)]).await;
    let client = runtime::runtime::ClientBuilder::for_service(&BARE).base_url(server.url(""));
    let client = client.credentials(support::credentials()).build().unwrap();
    let value = client.get::<Value>("/x").await.unwrap();
    assert_eq!(value, json!({"success": false}));
}

#[tokio::test]
async fn the_errors_of_a_rejection() {
    let body = r#"{"success":false,"messages":["note"],"errors":[
        {"code":10000,"message":"Authentication error","documentation_url":"https://a.b",
         "source":{"pointer":"/x"}},
        {"code":"1003","message":null}, {"code":"E1","message":"text code"}, "plain", null, 7, {}]}"#;
    let headers = [
        ("content-type", "application/json"),
        ("x-request-id", "id1"),
    ];
    let result = read(
        response("403 Forbidden", &headers, body),
        decode::json::<Value>,
    )
    .await;
    let error = result.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), error.request_id()),
        (403, Some("id1"))
    );
    assert!(
        error
            .to_string()
            .contains(": 403 Forbidden: Authentication error (code 10000); "),
        "{error}"
    );
    let Error::Api(error) = error else {
        panic!("{error:?}")
    };
    assert!(error.is_authentication() && !error.is_not_found() && !error.is_rate_limited());
    let [first, second, third, fourth] = error.errors() else {
        panic!("{error:?}")
    };
    assert_eq!(first.documentation_url.as_deref(), Some("https://a.b"));
    assert_eq!(first.pointer.as_deref(), Some("/x"));
    assert_eq!((second.code, second.message.as_str()), (Some(1003), ""));
    assert_eq!((third.code, third.message.as_str()), (None, "text code"));
    assert_eq!((fourth.code, fourth.message.as_str()), (None, "plain"));
    assert_eq!(error.messages()[0].message, "note");
    assert_eq!(error.body(), body);
}

#[tokio::test]
async fn rejections_in_other_forms() {
    for body in [
        "<html>502</html>",
        "",
        "[]",
        "null",
        r#"{"errors":null}"#,
        r#"{"errors":{}}"#,
        "{\"err",
    ] {
        let step = response("502 Bad Gateway", &[("content-type", "text/html")], body);
        let result = read(step, decode::enveloped::<Value>).await;
        let Err(Error::Api(error)) = result else {
            panic!("{result:?}")
        };
        assert!(error.errors().is_empty() && error.is_retryable());
        assert_eq!(error.body(), body);
        let text = error.to_string();
        assert!(text.ends_with(": 502 Bad Gateway [1 attempt]"), "{text}");
    }
}
