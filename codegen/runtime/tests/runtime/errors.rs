//! What an error of the service says, and what its body is.

use std::collections::BTreeMap;

use runtime::runtime::{ApiError, ClientBuilder, Error, Extra, Method, Request, Service, decode};
use serde::Deserialize;
use serde_json::Value;

use super::members;
use super::support::{self, SERVICE, Server, TOKEN, response};

/// A service without an envelope.
static BARE: Service = Service {
    envelope: None,
    ..SERVICE
};

async fn of(service: &'static Service, content_type: &str, body: &str) -> ApiError {
    let headers = [("content-type", content_type), ("x-request-id", "id1")];
    let server = Server::start([response("422 No", &headers, body)]).await;
    let client = ClientBuilder::for_service(service)
        .base_url(server.url(""))
        .credentials(support::credentials())
        .http_client(support::http())
        .max_retries(0);
    let client = client.build().unwrap();
    let result = Request::new(&client, Method::GET, "/x", decode::json::<Value>).await;
    let Err(Error::Api(error)) = result else {
        panic!("{result:?}")
    };
    error
}

/// What the text of the error says of the body.
async fn said(body: &str) -> String {
    let text = of(&BARE, "application/json", body).await.to_string();
    let start =
        text.find(": 422 Unprocessable Entity").unwrap() + ": 422 Unprocessable Entity".len();
    let end = text.find(" [request id1, 1 attempt]").unwrap();
    text[start..end].trim_start_matches(": ").to_owned()
}

#[tokio::test]
async fn the_usual_forms() {
    for (body, expected) in [
        (
            r#"{"message":"API rate limit exceeded"}"#,
            "API rate limit exceeded",
        ),
        (
            r#"{"title":"Out of credit","detail":"It costs 50.","status":403}"#,
            "Out of credit: It costs 50.",
        ),
        (r#"{"title":"Out of credit"}"#, "Out of credit"),
        (
            r#"{"error":"invalid_grant","error_description":"It is expired."}"#,
            "invalid_grant: It is expired.",
        ),
        (r#"{"error":"Not found"}"#, "Not found"),
        (
            r#"{"error":{"code":404,"message":"No such zone","status":"NOT_FOUND"}}"#,
            "No such zone (code 404)",
        ),
        (
            r#"{"error":{"errors":[{"message":"a"}],"message":"b"}}"#,
            "b; a",
        ),
        (
            r#"{"message":"Validation Failed","errors":[{"field":"title","code":"missing"},{"message":"too long"}]}"#,
            "Validation Failed; title: missing; too long",
        ),
        (
            r#"{"errors":[{"resource":"Issue","field":"title","code":"missing_field"}]}"#,
            "title: missing_field",
        ),
        (
            r#"{"detail":[{"loc":["body","items",0],"msg":"field required","type":"missing"}]}"#,
            "body.items.0: field required",
        ),
        (
            r#"{"errors":[{"title":"Invalid","detail":"No name."},{"detail":"No age."}]}"#,
            "Invalid: No name.; No age.",
        ),
        (r#"{"errors":["a","b"]}"#, "a; b"),
        (r#"{"messages":["a",{"message":"b"}]}"#, "a; b"),
        (
            r#"{"statusCode":400,"message":["no name","no age"],"error":"Bad Request"}"#,
            "Bad Request; no name; no age",
        ),
        (r#"{"message":{"name":["is short"]}}"#, "name: is short"),
        (
            r#"{"age":["A number is required."],"non_field_errors":["x"]}"#,
            "age: A number is required.; non_field_errors: x",
        ),
        (
            r#"{"items":[{},{"price":["Not a number."],"sizes":{"max":["Too much."]}}],"name":["x"]}"#,
            "items.1.price: Not a number.; items.1.sizes.max: Too much.; name: x",
        ),
        (
            r#"{"title":"Bad","errors":{"items":[{"message":"is odd"},{"price":["is odd"]}]}}"#,
            "Bad; items: is odd; items.1.price: is odd",
        ),
        (
            r#"{"errors":{"a":{"b":{"c":{"message":"is deep","code":"d"}}}}}"#,
            "a.b.c: is deep",
        ),
        (r#"{"items":[{"name":["bob is here"]},{"price":7}]}"#, ""),
        (r#"{"names":["bob"],"ids":["7"]}"#, ""),
        (r#"{"names":["bob is here"],"count":7}"#, ""),
        (
            r#"{"error":{"code":"x","message":{"lang":"en","value":"V"}}}"#,
            "V",
        ),
        (r#"{"error":{"value":"a","message":"b"}}"#, "b"),
        (
            r#"{"odata.error":{"code":"","message":{"lang":"en","value":"V"}}}"#,
            "V",
        ),
        (
            r#"{"title":"Bad","errors":{"Name":["is required","is short"],"Age":"is odd"}}"#,
            "Bad; Age: is odd; Name: is required; Name: is short",
        ),
        (
            r#"{"detail":[{"loc":["body","a"],"msg":"field required"}]}"#,
            "body.a: field required",
        ),
        (
            r#"{"Message":"User is not authorized"}"#,
            "User is not authorized",
        ),
        (r#"{"fault":{"message":"down"}}"#, "down"),
        (r#""just text""#, "just text"),
        (r#"[{"message":"a"},{"message":"a"}]"#, "a"),
        (r#"{"message":"same","error":"same"}"#, "same"),
        (r#"{"message":7,"error":true,"errors":null}"#, ""),
        (r#"{"message":"  "}"#, ""),
        ("{}", ""),
        ("<html>", ""),
    ] {
        assert_eq!(said(body).await, expected, "{body}");
    }
}

#[tokio::test]
async fn the_text_stays_a_line_of_its_own() {
    let hostile = r#"{"message":"a\nb\u001b[31mc\u202ed\u0000"}"#;
    assert_eq!(said(hostile).await, "a b [31mcd ");
    let long = format!(r#"{{"message":"{}"}}"#, "x".repeat(400));
    assert_eq!(said(&long).await, "x".repeat(300) + "…");
    let many = format!("[{}]", vec![r#"{"message":"a"},"b""#; 40].join(","));
    assert_eq!(said(&many).await, "a; b");
    let many: Vec<String> = (0..40).map(|n| format!(r#""{n}""#)).collect();
    assert_eq!(
        said(&format!("[{}]", many.join(",")))
            .await
            .matches("; ")
            .count(),
        9
    );
    let deep = format!("{}\"a\"{}", "[".repeat(90), "]".repeat(90));
    assert_eq!(said(&deep).await, "");
}

#[tokio::test]
async fn nothing_is_said_that_must_be_hidden() {
    let bodies = [
        r#"{"message":"card","errors":{"card_number":["4111 is bad"],"Email":"4111"}}"#,
        r#"{"card_number":["4111 is bad"],"card":["card is"]}"#,
        r#"{"message":"card {\"card_number\":\"4111\"}"}"#,
        r#"{"error":{"message":"card","address":{"message":"4111"}}}"#,
    ];
    for body in bodies {
        let error = of(&BARE, "application/json", body).await;
        let texts = [
            error.to_string(),
            format!("{error:?}"),
            format!("{:?}", error.errors()),
        ];
        for text in texts {
            assert!(!text.contains("4111") && text.contains("card"), "{text}");
        }
    }
    let secret = serde_json::json!({"message": format!("no such token {TOKEN}")}).to_string();
    let error = of(&BARE, "application/json", &secret).await;
    assert!(
        error.to_string().contains("no such token [redacted]"),
        "{error}"
    );
    static SECRET: Service = Service {
        sensitive: &["message"],
        ..BARE
    };
    let error = of(
        &SECRET,
        "application/json",
        r#"{"message":"4111","error":"a"}"#,
    )
    .await;
    assert!(error.to_string().contains(": a ["), "{error}");
}

#[tokio::test]
async fn what_an_envelope_says_comes_first() {
    let body = r#"{"success":false,"errors":[{"code":7,"message":"no"}],"message":"other"}"#;
    let error = of(&SERVICE, "application/json", body).await;
    assert!(error.to_string().contains(": no (code 7) ["), "{error}");
    let error = of(&SERVICE, "application/json", r#"{"message":"other"}"#).await;
    assert!(error.to_string().contains(": other ["), "{error}");
    assert_eq!(error.errors()[0].message, "other");
}

#[derive(Debug, Deserialize, PartialEq)]
struct Problem {
    title: String,
    status: Option<u16>,
}

#[tokio::test]
async fn the_body_is_read_as_what_it_is() {
    let json = r#"{"title":"Bad","status":422}"#;
    for content_type in [
        "application/json",
        "application/problem+json; charset=utf-8",
    ] {
        let problem: Problem = of(&BARE, content_type, json).await.read().unwrap();
        assert_eq!((problem.title.as_str(), problem.status), ("Bad", Some(422)));
    }
    // As a success is: by what it means.
    let odd = r#"{"title":7,"status":"422"}"#;
    let problem: Problem = of(&BARE, "application/json", odd).await.read().unwrap();
    assert_eq!((problem.title.as_str(), problem.status), ("7", Some(422)));
    for (content_type, body, path, reason) in [
        (
            "application/json",
            r#"{"a":1}"#,
            ".",
            "missing field `title`",
        ),
        (
            "application/json",
            r#"{"title":{}}"#,
            "title",
            "invalid type: map, expected a string",
        ),
        ("application/json", "", ".", "EOF while parsing"),
        (
            "text/html",
            json,
            ".",
            "expected JSON, got the content type `text/html`",
        ),
    ] {
        let error = of(&BARE, content_type, body).await;
        let unreadable = error.read::<Problem>().unwrap_err();
        assert_eq!(unreadable.path(), path, "{body}");
        assert_eq!(
            (unreadable.status().as_u16(), unreadable.request_id()),
            (422, Some("id1"))
        );
        let text = unreadable.to_string();
        assert!(
            text.contains(reason) && text.ends_with("[request id1, 1 attempt]"),
            "{text}"
        );
    }
    let plain = of(&BARE, "text/plain; charset=utf-8", "Not here.").await;
    assert!(plain.to_string().contains(": Not here. ["), "{plain}");
    assert_eq!(plain.read::<String>().unwrap(), "Not here.");
    let page = of(&BARE, "text/html", "<h1>Not here.</h1>").await;
    assert!(!page.to_string().contains("Not here."), "{page}");
    let text = format!(r#"{{"title":"Bad","card_number":"4111","token":{TOKEN:?}}}"#);
    let error = of(&BARE, "application/json", &text).await;
    let unreadable = error.read::<Vec<u8>>().unwrap_err();
    let shown = format!("{unreadable} {unreadable:?} {}", unreadable.body());
    assert!(
        !shown.contains("4111") && !shown.contains("s3cr3t"),
        "{shown}"
    );
}

#[derive(Debug)]
struct Rejection {
    message: Option<String>,
    extra: Extra,
}

members! {
    Rejection {
        optional message;
        ..extra
    }
}

/// What is described by itself and comes in `error`, as it does of many services.
#[tokio::test]
async fn the_only_member_error_is_read_by_itself() {
    let json = r#"{"error":{"message":"no","title":"Bad","status":422}}"#;
    let error = of(&BARE, "application/json", json).await;
    let rejection: Rejection = error.read().unwrap();
    assert_eq!(rejection.message.as_deref(), Some("no"));
    assert_eq!(error.read::<Problem>().unwrap().title, "Bad");
    // What has such a member is what it is.
    let whole: BTreeMap<String, Value> = error.read().unwrap();
    assert_eq!(whole["error"]["message"], "no");
    assert_eq!(error.read::<Value>().unwrap()["error"]["status"], 422);
    let texts: Rejection = of(&BARE, "application/json", r#"{"error":"no"}"#)
        .await
        .read()
        .unwrap();
    assert_eq!(texts.message, None);
    let beside = of(
        &BARE,
        "application/json",
        r#"{"error":{"message":"no"},"message":"yes"}"#,
    );
    let beside: Rejection = beside.await.read().unwrap();
    assert_eq!(beside.message.as_deref(), Some("yes"));
    assert!(beside.extra.contains_key("error"), "{beside:?}");
}

#[derive(Debug)]
struct Wrapped {
    error: Option<Rejection>,
    extra: Extra,
}

members! {
    Wrapped {
        optional error;
        ..extra
    }
}

#[tokio::test]
async fn what_is_described_with_the_member_is_read_with_it() {
    let error = of(
        &BARE,
        "application/json",
        r#"{"error":{"error":{"message":"no"}}}"#,
    )
    .await;
    let wrapped: Wrapped = error.read().unwrap();
    assert_eq!(wrapped.error.unwrap().message, None);
    let error = of(&BARE, "application/json", r#"{"error":{"message":"no"}}"#).await;
    let wrapped: Wrapped = error.read().unwrap();
    assert_eq!(wrapped.error.unwrap().message.as_deref(), Some("no"));
    assert!(wrapped.extra.is_empty());
}
