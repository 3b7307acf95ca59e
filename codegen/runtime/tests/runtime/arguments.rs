//! What is rejected before anything is sent, and that all else arrives as it was given.

use std::collections::BTreeMap;
use std::str::FromStr;

use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use runtime::runtime::{Error, ListStyle, ObjectStyle, Request, decode};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Value, json};

use super::support::{Sent, Server, builder, client, http, response, run};

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

fn query(sent: &Sent) -> Vec<(String, String)> {
    let (_, query) = sent.target.split_once('?').unwrap_or_default();
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(a, b)| (decoded(a), decoded(b)))
        .collect()
}

/// The name of the rejected argument.
pub fn rejected<T>(result: Result<T, Error>) -> String {
    let Err(Error::InvalidArgument(error)) = result else {
        panic!("not rejected")
    };
    error.name().to_owned()
}

#[tokio::test]
async fn each_list_style_is_written_as_openapi_has_it() {
    let server = Server::start([]).await;
    let client = client(&server);
    for (style, expected) in [
        (ListStyle::Exploded, "a=1%2C2&a=3"),
        (ListStyle::Comma, "a=1%2C2,3"),
        (ListStyle::Space, "a=1%2C2%203"),
        (ListStyle::Pipe, "a=1%2C2%7C3"),
        (ListStyle::Brackets, "a%5B%5D=1%2C2&a%5B%5D=3"),
    ] {
        let request = client
            .get::<Value>("/x")
            .set_query_list("a", style, ["1,2", "3"]);
        request.await.unwrap();
        assert_eq!(
            server.sent().last().unwrap().target,
            format!("/v1/x?{expected}")
        );
        let none: [&str; 0] = [];
        client
            .get::<Value>("/x")
            .set_query_list("a", style, none)
            .await
            .unwrap();
        assert_eq!(server.sent().last().unwrap().target, "/v1/x");
    }
}

#[derive(Serialize)]
struct Filter {
    name: &'static str,
    missing: Option<u8>,
    #[serde(with = "runtime::runtime::exact")]
    cost: Decimal,
    range: BTreeMap<&'static str, u8>,
    tags: Vec<&'static str>,
    rules: Vec<BTreeMap<&'static str, bool>>,
}

fn filter() -> Filter {
    Filter {
        name: "a&b",
        missing: None,
        cost: Decimal::from_str("1234567890123456789012345.10").unwrap(),
        range: BTreeMap::from([("gte", 1)]),
        tags: vec!["x", "y"],
        rules: vec![BTreeMap::from([("on", true)])],
    }
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[tokio::test]
async fn a_value_that_is_no_object_is_written_under_its_own_name() {
    let server = Server::start([]).await;
    let client = client(&server);
    for (style, value, expected) in [
        (ObjectStyle::Exploded, json!("x"), &[("f", "x")][..]),
        (
            ObjectStyle::Exploded,
            json!([1, 2]),
            &[("f", "1"), ("f", "2")],
        ),
        (ObjectStyle::DeepObject, json!(7), &[("f", "7")]),
        (ObjectStyle::Comma, json!(["a", "b"]), &[("f", "a,b")]),
        (ObjectStyle::Comma, json!({"a": 1}), &[("f", "a,1")]),
    ] {
        let request = client
            .get::<Value>("/x")
            .set_query_object("f", style, &value);
        request.await.unwrap();
        let sent = server.sent().pop().unwrap();
        assert_eq!(query(&sent), pairs(expected), "{value}");
    }
}

#[tokio::test]
async fn each_object_style_is_written_as_openapi_has_it() {
    let server = Server::start([]).await;
    let client = client(&server);
    let digits = "1234567890123456789012345.10";
    let send = async |style| {
        client
            .get::<Value>("/x")
            .set_query_object("f", style, &filter())
            .await
            .unwrap();
        server.sent().pop().unwrap()
    };
    let expected = [
        ("f[name]", "a&b"),
        ("f[cost]", digits),
        ("f[range][gte]", "1"),
        ("f[tags][]", "x"),
        ("f[tags][]", "y"),
        ("f[rules][0][on]", "true"),
    ];
    assert_eq!(
        query(&send(ObjectStyle::DeepObject).await),
        pairs(&expected)
    );
    let expected = [
        ("name", "a&b"),
        ("cost", digits),
        ("range[gte]", "1"),
        ("tags", "x"),
        ("tags", "y"),
        ("rules[0][on]", "true"),
    ];
    assert_eq!(query(&send(ObjectStyle::Exploded).await), pairs(&expected));
    let color = json!({"r": 100, "g": 200});
    let request = client
        .get::<Value>("/x")
        .set_query_object("c", ObjectStyle::Comma, &color);
    request.await.unwrap();
    assert_eq!(server.sent().pop().unwrap().target, "/v1/x?c=g,200,r,100");
}

#[tokio::test]
async fn setting_replaces_and_adding_appends() {
    let server = Server::start([]).await;
    let request = client(&server)
        .get::<Value>("/x")
        .set_query("a", 1)
        .set_query("a", 2);
    let request = request.set_query_list("l", ListStyle::Exploded, [1, 2]);
    let request = request
        .set_query_list("l", ListStyle::Exploded, [3])
        .query("a", 4);
    request.await.unwrap();
    assert_eq!(server.only().target, "/v1/x?a=2&l=3&a=4");
}

#[tokio::test]
async fn bodies_are_sent_in_their_media_type() {
    let server = Server::start([]).await;
    let client = client(&server);
    client
        .post::<Value>("/x")
        .json(&json!({"a": [1]}))
        .await
        .unwrap();
    client.post::<Value>("/x").form(&filter()).await.unwrap();
    client
        .put::<Value>("/x")
        .body("text/csv", "a,b")
        .await
        .unwrap();
    let sent = server.sent();
    let seen = |index: usize| {
        let sent: &Sent = &sent[index];
        let body = String::from_utf8(sent.body.clone()).unwrap();
        (
            sent.method.clone(),
            sent.header("content-type").unwrap().to_owned(),
            body,
        )
    };
    let expected = |method: &str, kind: &str, body: &str| (method.into(), kind.into(), body.into());
    assert_eq!(
        seen(0),
        expected("POST", "application/json", r#"{"a":[1]}"#)
    );
    let form = "name=a%26b&cost=1234567890123456789012345.10&range=%7B%22gte%22%3A1%7D&tags=x\
                &tags=y&rules=%7B%22on%22%3Atrue%7D";
    assert_eq!(
        seen(1),
        expected("POST", "application/x-www-form-urlencoded", form)
    );
    assert_eq!(seen(2), expected("PUT", "text/csv", "a,b"));
}

#[tokio::test]
async fn a_body_that_cannot_be_serialized_is_rejected() {
    let server = Server::start([]).await;
    let body = BTreeMap::from([(vec![1], "no JSON has such a key")]);
    assert_eq!(
        rejected(client(&server).post::<Value>("/x").json(&body).await),
        "body"
    );
    assert_eq!(
        rejected(client(&server).post::<Value>("/x").form(&body).await),
        "body"
    );
}

#[tokio::test]
async fn a_number_that_is_not_finite_is_rejected_and_where_it_is_said() {
    let server = Server::start([]).await;
    let request = || client(&server).post::<Value>("/x");
    let point = |x: f64| json!({ "a\"b": [{}, [1, 2]], "at": null }).to_string() + &x.to_string();
    let nested = |x: f64| {
        let fine = serde_json::value::RawValue::from_string("{\"x\":1.50}".to_owned()).unwrap();
        (
            point(1.0),
            fine,
            BTreeMap::from([("c", vec![(1, [0.5, x])])]),
        )
    };
    for (request, reason) in [
        (request().json(&f64::NAN), ""),
        (
            request().json(&vec![Some(1.0), Some(f32::INFINITY)]),
            ", at `[1]`",
        ),
        (request().json(&nested(f64::NAN)), ", at `[2].c[0][1][1]`"),
        (
            request().form(&BTreeMap::from([("a", f64::NAN)])),
            ", at `a`",
        ),
        (
            request().fields_of(&BTreeMap::from([("a.b", f64::NAN)])),
            ", at `a.b`",
        ),
        (request().json_part("p", &[f64::NAN]), ", at `[0]`"),
    ] {
        let Err(Error::InvalidArgument(error)) = request.await else {
            panic!("{reason}")
        };
        let end = format!(": it has a number that is not finite{reason}");
        assert!(error.to_string().ends_with(&end), "{error}");
    }
    request().json(&nested(0.25)).await.unwrap();
    let sent = server.only();
    assert!(
        sent.text()
            .ends_with(r#",{"x":1.50},{"c":[[1,[0.5,0.25]]]}]"#)
    );
}

#[tokio::test]
async fn headers_and_cookies_are_sent() {
    let server = Server::start([]).await;
    let request = client(&server)
        .get::<Value>("/x")
        .header("X-Trace", "1")
        .header("x-trace", 2);
    request
        .cookie("a", "1; b=2")
        .cookie("c", "ü")
        .await
        .unwrap();
    let sent = server.only();
    assert_eq!(sent.header("x-trace"), Some("2"));
    assert_eq!(sent.header("cookie"), Some("a=1%3B%20b=2; c=%C3%BC"));
}

#[tokio::test]
async fn a_header_that_cannot_be_sent_is_rejected() {
    let server = Server::start([]).await;
    for (name, value) in [
        ("content-length", "5"),
        ("Transfer-Encoding", "chunked"),
        ("x-a", "1\r\nx-b: 2"),
        ("x-a", "\0"),
        ("x a", "1"),
        ("", "1"),
    ] {
        assert_eq!(
            rejected(client(&server).get::<Value>("/x").header(name, value).await),
            name
        );
    }
    assert!(server.sent().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_arrives_as_a_path_segment_and_a_query_value(
        segment in any::<String>(), name in any::<String>(), value in any::<String>(),
    ) {
        prop_assume!(!segment.is_empty() && !matches!(segment.as_str(), "." | ".."));
        let sent = run(async {
            let server = Server::start([]).await;
            let client = builder(&server).http_client(http()).build().unwrap();
            let request = client.get::<Value>("/a/{id}/b").path("id", &segment);
            request.query(name.clone(), &value).await.unwrap();
            server.only()
        });
        let path = sent.target.split('?').next().unwrap();
        let arrived = path.strip_prefix("/v1/a/").and_then(|path| path.strip_suffix("/b")).unwrap();
        prop_assert!(!arrived.contains('/'));
        prop_assert_eq!(decoded(arrived), segment);
        prop_assert_eq!(query(&sent), vec![(name, value)]);
    }

    #[test]
    fn any_custom_path_is_rejected_or_stays_under_the_base_url(path in "/[/a.%2eE?#\\\\@:{}\n-]{0,12}") {
        let sent = run(async {
            let server = Server::start([]).await;
            let client = builder(&server).http_client(http()).build().unwrap();
            let result = client.get::<Value>(path).await;
            prop_assert!(matches!(result, Ok(_) | Err(Error::InvalidArgument(_))), "{:?}", result);
            Ok(server.sent())
        })?;
        prop_assert!(sent.iter().all(|sent| sent.target.starts_with("/v1/")));
    }
}

#[tokio::test]
async fn a_method_that_http_does_not_name_is_sent_as_it_is_written() {
    let server = Server::start([response(
        "200 OK",
        &[("content-type", "application/json")],
        "1",
    )])
    .await;
    let client = client(&server);
    let request = Request::of(&client, "QUERY /a/{id}", decode::json::<Value>);
    let received = request.path("id", "b").json(&"c").await;
    assert_eq!(received.unwrap(), 1);
    let sent = server.only();
    assert_eq!((&*sent.method, &*sent.target), ("QUERY", "/v1/a/b"));
    assert_eq!(sent.body, b"\"c\"");
}

#[tokio::test]
async fn a_default_of_the_query_is_sent_unless_the_call_has_it() {
    let server = Server::start([]).await;
    let client = builder(&server)
        .default_query("api-version", "1 0")
        .default_query("api-version", "2&0")
        .build()
        .unwrap();
    let calls = [
        client.get::<Value>("/x"),
        client.get::<Value>("/x?a=1"),
        client.get::<Value>("/x?api-version=3"),
        client.get::<Value>("/x").query("api-version", 4),
    ];
    for call in calls {
        call.await.unwrap();
    }
    let targets: Vec<String> = server.sent().into_iter().map(|sent| sent.target).collect();
    assert_eq!(
        targets,
        [
            "/v1/x?api-version=2%260",
            "/v1/x?a=1&api-version=2%260",
            "/v1/x?api-version=3",
            "/v1/x?api-version=4",
        ]
    );
}
