//! Calls that can go well in several ways, and what calls ask for.

use bytes::Bytes;
use runtime::runtime::outcomes::{self, Documented};
use runtime::runtime::{
    Client, Decode, Decoded, Error, Failure, Method, RawResponse, Request, decode,
};
use serde_json::{Value, json};

use super::responses::{read, unreadable};
use super::support::{self, Server, Step, builder, client, response};

#[derive(Debug, PartialEq)]
enum Export {
    Ok(Value),
    Accepted(String),
    NoContent,
    Part(Bytes),
    Image(Bytes),
    Success(String),
}

fn export(response: &RawResponse) -> Result<Decoded<Export>, Failure> {
    outcomes::read(
        response,
        &[
            documented(200..=299, &["text/csv; header=present"], |response| {
                Ok(decode::text(response)?.map(Export::Success))
            }),
            documented(200..=200, &["application/json"], |response| {
                Ok(decode::json(response)?.map(Export::Ok))
            }),
            documented(202..=202, &["text/plain"], |response| {
                Ok(decode::text(response)?.map(Export::Accepted))
            }),
            documented(204..=204, &[], |response| {
                Ok(decode::empty(response)?.map(|()| Export::NoContent))
            }),
            documented(206..=206, &["application/octet-stream"], |response| {
                Ok(decode::bytes(response)?.map(Export::Part))
            }),
            documented(206..=206, &["image/*", "application/pdf"], |response| {
                Ok(decode::bytes(response)?.map(Export::Image))
            }),
        ],
    )
}

fn documented(
    statuses: std::ops::RangeInclusive<u16>,
    media_types: &'static [&'static str],
    decode: Decode<Export>,
) -> Documented<Export> {
    Documented {
        statuses: statuses.into(),
        media_types,
        decode,
    }
}

fn typed(status: &str, media_type: &str, body: &str) -> Step {
    response(status, &[("content-type", media_type)], body)
}

async fn exported(step: Step) -> Export {
    read(step, export).await.unwrap().into_data()
}

#[tokio::test]
async fn each_documented_response_is_read_as_what_it_is() {
    let text = |text: &str| text.to_owned();
    let bytes = Bytes::from_static;
    for (status, media_type, body, expected) in [
        ("200 A", "application/json", "[1]", Export::Ok(json!([1]))),
        (
            "200 A",
            "application/problem+json; a=b",
            "1",
            Export::Ok(json!(1)),
        ),
        (
            "202 A",
            "Text/Plain;charset=utf-8",
            "soon",
            Export::Accepted(text("soon")),
        ),
        (
            "206 A",
            "application/octet-stream",
            "a",
            Export::Part(bytes(b"a")),
        ),
        ("206 A", "IMAGE/png", "b", Export::Image(bytes(b"b"))),
        ("206 A", "application/pdf", "c", Export::Image(bytes(b"c"))),
        ("200 A", "text/csv", "a;b", Export::Success(text("a;b"))),
    ] {
        let step = typed(status, media_type, body);
        assert_eq!(exported(step).await, expected, "{status} {media_type}");
    }
    assert_eq!(
        exported(response("204 A", &[], "")).await,
        Export::NoContent
    );
}

#[tokio::test]
async fn a_response_without_a_content_type_is_the_one_of_its_status() {
    assert_eq!(
        exported(response("200 A", &[], "1")).await,
        Export::Ok(json!(1))
    );
    let accepted = exported(response("202 A", &[], "x")).await;
    assert_eq!(accepted, Export::Accepted("x".to_owned()));
    // What a service calls it does not matter where only one is of the status.
    let accepted = exported(typed("202 A", "text/html", "x")).await;
    assert_eq!(accepted, Export::Accepted("x".to_owned()));
    let accepted = exported(typed("202 A", "", "")).await;
    assert_eq!(accepted, Export::Accepted(String::new()));
}

#[tokio::test]
async fn a_status_that_is_not_documented_is_read_as_the_nearest_that_fits() {
    let few = |response: &RawResponse| {
        let all = [
            documented(200..=200, &["application/json"], |response| {
                Ok(decode::json(response)?.map(Export::Ok))
            }),
            documented(202..=202, &["text/plain"], |response| {
                Ok(decode::text(response)?.map(Export::Accepted))
            }),
            documented(204..=204, &[], |response| {
                Ok(decode::empty(response)?.map(|()| Export::NoContent))
            }),
        ];
        outcomes::read(response, &all)
    };
    for (step, expected) in [
        (support::json("201 A", "1"), Export::Ok(json!(1))),
        (support::json("299 A", "1"), Export::Ok(json!(1))),
        (
            typed("200 A", "application/json", "1"),
            Export::Ok(json!(1)),
        ),
        (
            typed("201 A", "text/plain", "a"),
            Export::Accepted("a".to_owned()),
        ),
        (response("205 A", &[], ""), Export::NoContent),
        (
            response("203 A", &[], "1"),
            Export::Accepted("1".to_owned()),
        ),
    ] {
        assert_eq!(read(step, few).await.unwrap().into_data(), expected);
    }
    let (path, text) = unreadable(read(typed("203 A", "image/png; a=b", "x"), few).await);
    assert_eq!(path, ".");
    let reason = "no response with this status and the content type `image/png` is documented";
    assert!(text.contains("(203") && text.contains(reason), "{text}");
    let (_, text) = unreadable(read(typed("200 A", "text/html", "<"), few).await);
    assert!(
        text.contains("(200") && text.contains("`text/html`"),
        "{text}"
    );
}

#[tokio::test]
async fn nothing_with_a_status_that_is_not_documented_is_no_other_status() {
    let few = |response: &RawResponse| {
        let all = [
            documented(200..=200, &["application/json"], |response| {
                Ok(decode::json(response)?.map(Export::Ok))
            }),
            documented(202..=202, &[], |response| {
                Ok(decode::empty(response)?.map(|()| Export::NoContent))
            }),
        ];
        outcomes::read(response, &all)
    };
    let accepted = read(response("202 A", &[], ""), few).await.unwrap();
    assert_eq!(accepted.into_data(), Export::NoContent);
    let (_, text) = unreadable(read(response("204 A", &[], ""), few).await);
    let reason = "no response with this status and an empty body is documented";
    assert!(text.contains("(204") && text.contains(reason), "{text}");
    let (_, text) = unreadable(read(response("200 A", &[], ""), few).await);
    assert!(text.contains("expected JSON, got an empty body"), "{text}");
}

#[tokio::test]
async fn a_text_of_any_media_type_is_read_as_what_it_comes_as() {
    for (kind, body, expected) in [
        ("application/json", r#""a\nb""#, "a\nb"),
        ("text/plain", r#""a""#, r#""a""#),
        ("text/plain; charset=iso-8859-1", "a", "a"),
        // Some frameworks write no quotes.
        ("application/json", "a b", "a b"),
        ("application/json", "12", "12"),
        ("application/xml", "<a/>", "<a/>"),
    ] {
        let step = || typed("200 A", kind, body);
        let text = read(step(), decode::any_text).await.unwrap().into_data();
        assert_eq!(text, expected, "{kind}");
        let text = read(step(), decode::optional_any_text).await.unwrap();
        assert_eq!(text.into_data().as_deref(), Some(expected));
    }
    for step in [response("204 A", &[], ""), support::json("200 A", " null")] {
        let text = read(step, decode::optional_any_text).await.unwrap();
        assert_eq!(text.into_data(), None);
    }
}

#[tokio::test]
async fn values_are_read_out_of_their_text() {
    let step = |body: &str| typed("200 A", "text/plain", body);
    let number = |body| read(step(body), decode::scalar::<u8>);
    assert_eq!(number("12\n").await.unwrap().into_data(), 12);
    let (path, text) = unreadable(number("s3cr3t").await);
    assert!(path == "." && !text.contains("reason: s3cr3t"), "{text}");
    let date = read(step("2026-02-01"), decode::scalar::<jiff::civil::Date>).await;
    assert_eq!(date.unwrap().into_data(), jiff::civil::date(2026, 2, 1));
    let truth = read(step("true"), decode::optional_scalar::<bool>).await;
    assert_eq!(truth.unwrap().into_data(), Some(true));
    let none = read(step(""), decode::optional_scalar::<bool>).await;
    assert_eq!(none.unwrap().into_data(), None);
}

#[tokio::test]
async fn what_may_be_empty() {
    let text = |step| read(step, decode::optional_text);
    let bytes = |step| read(step, decode::optional_bytes);
    let enveloped = |step| read(step, decode::optional_enveloped::<u8>);
    assert_eq!(
        text(response("204 A", &[], "")).await.unwrap().into_data(),
        None
    );
    let some = text(response("200 A", &[], "a")).await.unwrap().into_data();
    assert_eq!(some.as_deref(), Some("a"));
    assert_eq!(
        bytes(response("204 A", &[], "")).await.unwrap().into_data(),
        None
    );
    let some = bytes(response("200 A", &[], "a"))
        .await
        .unwrap()
        .into_data();
    assert_eq!(some.as_deref(), Some(&b"a"[..]));
    assert_eq!(
        enveloped(response("204 A", &[], ""))
            .await
            .unwrap()
            .into_data(),
        None
    );
    let some = enveloped(support::json("200 A", r#"{"success":true,"result":7}"#));
    assert_eq!(some.await.unwrap().into_data(), Some(7));
}

#[tokio::test]
async fn an_endpoint_that_is_not_described_may_give_nothing() {
    let server = Server::start((0..4).map(|_| response("204 A", &[], ""))).await;
    let client = client(&server);
    client.request::<()>(Method::HEAD, "/x").await.unwrap();
    client.delete::<()>("/x").await.unwrap();
    assert_eq!(client.get::<Option<u8>>("/x").await.unwrap(), None);
    let Err(Error::Decode(error)) = client.get::<u8>("/x").await else {
        panic!("nothing is no number")
    };
    assert!(error.to_string().contains("an empty body"), "{error}");
    // What a status does not leave out has to be there.
    let server = Server::start((0..2).map(|_| response("200 A", &[], ""))).await;
    let client = self::client(&server);
    client.request::<()>(Method::HEAD, "/x").await.unwrap();
    let value = client.get::<Value>("/x").await;
    assert!(matches!(value, Err(Error::Decode(_))), "{value:?}");
}

#[tokio::test]
async fn what_has_no_data_with_a_status() {
    let decode: Decode<Option<u8>> =
        |response| outcomes::unless(&[202, 203], response, decode::optional_json);
    for (step, expected) in [
        (support::json("200 A", "7"), Some(7)),
        (support::json("202 A", r#"{"later":true}"#), None),
        (support::json("203 A", "8"), None),
        (response("204 A", &[], ""), None),
    ] {
        assert_eq!(read(step, decode).await.unwrap().into_data(), expected);
    }
    unreadable(read(typed("200 A", "text/html", "x"), decode).await);
}

#[tokio::test]
async fn what_a_call_asks_for() {
    let server = Server::start((0..8).map(|_| response("200 A", &[], "1"))).await;
    let client = client(&server);
    let request = |client: &Client| Request::new(client, Method::GET, "/x", decode::json::<u8>);
    request(&client).await.unwrap();
    Request::new(&client, Method::GET, "/x", decode::empty)
        .await
        .unwrap();
    request(&client).accept("text/csv, a/b; c=d").await.unwrap();
    request(&client).accept("not\na header").await.unwrap();
    request(&client)
        .accept("a/b")
        .header("Accept", "c/d")
        .await
        .unwrap();
    let own = builder(&server)
        .default_header("accept", "e/f")
        .build()
        .unwrap();
    request(&own).accept("a/b").await.unwrap();
    client.get::<Value>("/x").await.unwrap();
    let raw = request(&client).accept("a/b").raw("image/png").await;
    assert_eq!(raw.unwrap(), Bytes::from_static(b"1"));
    let sent = server.sent();
    let asked: Vec<&str> = sent.iter().filter_map(|one| one.header("accept")).collect();
    let expected = [
        "application/json",
        "*/*",
        "text/csv, a/b; c=d",
        "*/*",
        "c/d",
        "e/f",
        "application/json",
        "image/png",
    ];
    assert_eq!(asked, expected);
}

#[tokio::test]
async fn what_is_taken_as_it_is_has_all_that_was_set() {
    let server = Server::start([typed("200 A", "text/html", "<")]).await;
    let request = Request::new(&client(&server), Method::PUT, "/{a}", decode::json::<u8>);
    let request = request.path("a", 1).query("b", 2).header("c", 3).json(&4);
    let bytes: Result<Bytes, Error> = request.raw("text/html").await;
    assert_eq!(bytes.unwrap(), Bytes::from_static(b"<"));
    let sent = server.only();
    assert_eq!(
        (sent.method.as_str(), sent.target.as_str()),
        ("PUT", "/v1/1?b=2")
    );
    assert_eq!(
        (sent.header("c"), sent.body.as_slice()),
        (Some("3"), &b"4"[..])
    );
}
