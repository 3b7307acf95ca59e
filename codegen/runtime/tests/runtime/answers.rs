//! How each kind of answer is read.

use bytes::Bytes;
use proptest::prelude::*;
use runtime::runtime::{Decode, Error, Extra, Method, Request, Response, Service, decode, exact};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::support::{self, SERVICE, Server, Step, answer, builder, client, http};

/// `{"a":1}`, compressed.
const GZIP: &[u8] = &[
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0x56, 0x4a, 0x54, 0xb2, 0x32,
    0xac, 0x05, 0x00, 0xaf, 0xac, 0x1b, 0x56, 0x07, 0x00, 0x00, 0x00,
];

async fn read<T>(step: Step, decode: Decode<T>) -> Result<Response<T>, Error> {
    let server = Server::start([step]).await;
    let client = builder(&server)
        .http_client(http())
        .max_retries(0)
        .build()
        .unwrap();
    Request::new(&client, Method::GET, "/x", decode)
        .with_response()
        .await
}

/// The path and the text of a decode error.
fn unreadable<T>(result: Result<T, Error>) -> (String, String) {
    match result {
        Err(Error::Decode(error)) => (error.path().to_owned(), error.to_string()),
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("it was read"),
    }
}

#[tokio::test]
async fn the_type_of_the_answer_is_inferred() {
    let server = Server::start([support::json("200 OK", r#"{"a":1}"#)]).await;
    let client = client(&server);
    let call = async || {
        let value: Value = client.get("/x").query("a", "b").await?;
        Ok::<_, Error>(value)
    };
    assert_eq!(call().await.unwrap(), json!({"a": 1}));
    let sent = server.only();
    assert_eq!(
        (sent.method.as_str(), sent.target.as_str()),
        ("GET", "/v1/x?a=b")
    );
    assert_eq!(sent.header("user-agent"), Some("acme/0.1.0"));
    assert_eq!(sent.header("accept-encoding"), Some("gzip"));
}

#[tokio::test]
async fn a_response_has_everything_that_came_along() {
    let body = r#"{"success":true,"result":[1],"messages":[{"code":7,"message":"hello"}]}"#;
    let headers = [
        ("content-type", "application/json"),
        ("X-Ray", "r1"),
        ("set-cookie", "hidden"),
    ];
    let response = read(
        answer("203 A", &headers, body),
        decode::enveloped::<Vec<u8>>,
    )
    .await
    .unwrap();
    assert_eq!((response.status().as_u16(), response.attempts()), (203, 1));
    assert_eq!(response.request_id(), Some("r1"));
    assert_eq!(response.headers()["set-cookie"], "hidden");
    assert_eq!(response.messages()[0].code, Some(7));
    assert_eq!(response.messages()[0].message, "hello");
    let debug = format!("{response:?}");
    assert!(
        debug.contains("set-cookie") && !debug.contains("hidden"),
        "{debug}"
    );
    assert_eq!(response.body(), body);
    assert_eq!(response.data(), &[1]);
    assert_eq!(response.into_data(), [1]);
}

#[tokio::test]
async fn content_types_that_are_json() {
    for kind in [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "text/json",
        "application/problem+json",
        "application/vnd.acme.v1+json;q=1",
    ] {
        let step = answer("200 OK", &[("content-type", kind)], "1");
        assert_eq!(
            read(step, decode::json::<u8>).await.unwrap().into_data(),
            1,
            "{kind}"
        );
    }
    let step = answer("200 OK", &[], "1");
    assert_eq!(read(step, decode::json::<u8>).await.unwrap().into_data(), 1);
}

#[tokio::test]
async fn content_types_that_are_not_json() {
    for kind in [
        "text/html",
        "text/plain; charset=utf-8",
        "application/jsonx",
        "\u{fc}",
        "",
    ] {
        let step = answer("200 OK", &[("content-type", kind)], "1");
        let (path, text) = unreadable(read(step, decode::json::<u8>).await);
        assert!(
            path == "." && text.contains("expected JSON, got the content type"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn nothing_where_json_is_expected() {
    for status in ["200 OK", "204 No Content"] {
        let (_, text) = unreadable(read(answer(status, &[], ""), decode::json::<Value>).await);
        let reason = "expected JSON, got an empty body [1 attempt]";
        assert!(text.ends_with(reason), "{text}");
        let none = read(answer(status, &[], ""), decode::optional_json::<Value>)
            .await
            .unwrap();
        assert_eq!(none.into_data(), None);
        read(answer(status, &[], ""), decode::empty).await.unwrap();
    }
    let some = read(support::json("200 OK", "1"), decode::optional_json::<u8>)
        .await
        .unwrap();
    assert_eq!(some.into_data(), Some(1));
}

#[tokio::test]
async fn text_and_bytes() {
    let text = read(answer("200 OK", &[], "ü"), decode::text)
        .await
        .unwrap();
    assert_eq!(text.into_data(), "ü");
    unreadable(read(answer("200 OK", &[], b"\xff"), decode::text).await);
    let bytes = read(answer("200 OK", &[], b"\xff"), decode::bytes)
        .await
        .unwrap();
    assert_eq!(bytes.into_data(), Bytes::from_static(b"\xff"));
}

#[tokio::test]
async fn json_that_ends_early_or_late() {
    let (path, text) = unreadable(
        read(
            support::json("200 OK", r#"{"a": [1, "#),
            decode::json::<Value>,
        )
        .await,
    );
    assert!(
        path == "a" && text.contains("EOF while parsing"),
        "{path} {text}"
    );
    let (_, text) = unreadable(read(support::json("200 OK", "1 2"), decode::json::<u8>).await);
    assert!(text.contains("trailing characters"), "{text}");
    let deep = "[".repeat(100_000);
    unreadable(read(support::json("200 OK", deep), decode::json::<Value>).await);
}

#[tokio::test]
async fn a_compressed_body() {
    let headers = [
        ("content-type", "application/json"),
        ("content-encoding", "gzip"),
    ];
    let value = read(answer("200 OK", &headers, GZIP), decode::json::<Value>)
        .await
        .unwrap();
    assert_eq!(value.into_data(), json!({"a": 1}));
    let mut wrong_sum = GZIP.to_vec();
    wrong_sum[GZIP.len() - 8] ^= 1;
    for broken in [wrong_sum.as_slice(), b"plain text"] {
        let result = read(answer("200 OK", &headers, broken), decode::json::<Value>).await;
        let (_, text) = unreadable(result);
        assert!(text.contains("can't be decompressed"), "{text}");
    }
    let result = read(
        answer("200 OK", &headers, &GZIP[..20]),
        decode::json::<Value>,
    )
    .await;
    assert!(matches!(result, Err(Error::Connect(_))), "{result:?}");
}

#[tokio::test]
async fn a_body_over_the_limit() {
    let server = Server::start((0..9).map(|_| support::json("200 OK", "[1,2,3,4]"))).await;
    let at = builder(&server).max_response_bytes(9).build().unwrap();
    at.get::<Value>("/x").await.unwrap();
    for limit in [0, 8] {
        let below = builder(&server).max_response_bytes(limit).build().unwrap();
        let (_, text) = unreadable(below.get::<Value>("/x").await);
        assert!(text.contains("`max_response_bytes`"), "{text}");
    }
    assert_eq!(server.sent().len(), 3);
}

#[tokio::test]
async fn the_limit_is_on_the_decompressed_body() {
    let headers = [
        ("content-type", "application/json"),
        ("content-encoding", "gzip"),
    ];
    let server = Server::start([answer("200 OK", &headers, GZIP)]).await;
    let client = builder(&server).max_response_bytes(6).build().unwrap();
    unreadable(client.get::<Value>("/x").await);
}

#[tokio::test]
async fn a_long_refusal_is_cut() {
    let server = Server::start([answer("400 A", &[], vec![b'x'; 3 << 20])]).await;
    let result = client(&server).get::<Value>("/x").await;
    let Err(Error::Api(error)) = result else {
        panic!("{result:?}")
    };
    assert_eq!(error.body().len(), 1 << 20);
}

#[derive(Debug, Serialize, Deserialize, PartialEq)]
struct Record {
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
        r#"{"result":1,"success":"false","messages":7,"extra":[{}]}"#,
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
    let server = Server::start([support::json("200 OK", "1"), answer("404 A", &[], "gone")]).await;
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
async fn a_refusal_with_a_success_status() {
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
async fn an_undocumented_endpoint_that_refuses_with_a_success_status() {
    let no = r#"{"success":false,"errors":[{"code":7,"message":"no"}],"result":null}"#;
    let yes = r#"{"success":true,"messages":["by the way"],"result":1}"#;
    let steps = [no, no, yes, "[false]", "false", r#"{"success":"false"}"#];
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
async fn the_errors_of_a_refusal() {
    let body = r#"{"success":false,"messages":["note"],"errors":[
        {"code":10000,"message":"Authentication error","documentation_url":"https://a.b",
         "source":{"pointer":"/x"}},
        {"code":"1003","message":null}, {"code":"E1","message":"text code"}, "plain", null, 7, {}]}"#;
    let headers = [
        ("content-type", "application/json"),
        ("x-request-id", "id1"),
    ];
    let result = read(
        answer("403 Forbidden", &headers, body),
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
async fn refusals_in_other_forms() {
    for body in [
        "<html>502</html>",
        "",
        "[]",
        "null",
        r#"{"errors":null}"#,
        r#"{"errors":{}}"#,
        "{\"err",
    ] {
        let step = answer("502 Bad Gateway", &[("content-type", "text/html")], body);
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

fn run<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(test)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_as_a_body_never_panic(
        body in any::<Vec<u8>>(), status in 200_u16..600, gzip in any::<bool>(),
    ) {
        let encoding = if gzip { "gzip" } else { "identity" };
        let headers = [("content-type", "application/json"), ("content-encoding", encoding)];
        let step = answer(&format!("{status} A"), &headers, body);
        let result = run(read(step, decode::enveloped::<Vec<Record>>));
        let _ = format!("{result:?}");
    }

    #[test]
    fn arbitrary_json_never_panics(
        body in "[{}\\[\\]\",:0-9a-z.eE\\\\ -]{0,40}|\\{\"(success|result|errors|email)\":.{0,20}\\}",
        refused in any::<bool>(),
    ) {
        let step = support::json(if refused { "400 A" } else { "200 A" }, body);
        let result = run(read(step, decode::enveloped::<Vec<Record>>));
        let _ = format!("{result:?}");
    }

    #[test]
    fn arbitrary_bytes_on_the_wire_never_panic(bytes in any::<Vec<u8>>()) {
        let _ = run(read(Step::Send(bytes), decode::text));
    }
}
