//! Errors say what went wrong without saying anything secret or personal.

use std::collections::BTreeMap;
use std::error::Error as _;

use runtime::runtime::{Credentials, Error, Method, Part, Placement, Request, Scheme, decode};
use serde::Deserialize;
use serde_json::{Value, json as value};

use super::support::{Server, Step, TOKEN, builder, http, json, response};

const PERSONAL: &str = "4242-personal";

/// All that an error says: what it displays, what it debugs as, and the same of its sources.
fn said(error: &Error) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(&format!("{error} {error:?}"));
        source = error.source();
    }
    if let Error::Decode(error) = error {
        text = text + error.path() + error.body();
    }
    // The port may be any number.
    let host = error.call().map(|call| call.host());
    text.replace(host.unwrap_or_default(), "host")
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "it is only read")]
struct Card {
    card_number: Option<u32>,
    level: Option<Level>,
    date: Option<std::net::IpAddr>,
    email: Option<BTreeMap<String, u8>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Level {
    High,
    Low,
}

async fn error(step: Step) -> Error {
    let server = Server::start([step]).await;
    let client = builder(&server)
        .http_client(http())
        .max_retries(0)
        // Otherwise most of this is no error.
        .strict()
        .build()
        .unwrap();
    Request::new(&client, Method::GET, "/x", decode::enveloped::<Vec<Card>>)
        .await
        .unwrap_err()
}

#[tokio::test]
async fn sensitive_values_are_masked_at_any_depth_and_wherever_the_text_ends() {
    let whole = r#"{"success":true,"note":"visible","result":[{"a":{"card_number" : "4242-personal \" 4242-personal"},"email":
        {"x":["4242-personal",{"y":"}4242-personal"}]},"address":[1,"4242-personal"],"Card_Number":4242,"level":0,
        "card\u005fnumber":"4242-personal","raw":"{\"email\":\"4242-personal\"}"}]}"#;
    for end in (1..=whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        let cut = &whole[..end];
        for status in ["200 A", "400 A"] {
            let said = said(&error(json(status, cut)).await);
            assert!(!said.contains("4242"), "{cut}\n{said}");
            assert!(end < 40 || said.contains("visible"), "{said}");
        }
    }
}

#[tokio::test]
async fn sensitive_values_that_the_service_repeats_in_a_text_are_masked() {
    let body = r#"{"message":"no such card: 4242-personal, sent-42/x","email":["4242-personal"]}"#;
    let server = Server::start([response(
        "400 A",
        &[("content-type", "application/json")],
        body,
    )])
    .await;
    let client = builder(&server).http_client(http()).build().unwrap();
    let sent = serde_json::json!({"card": {"card_number": "sent-42/x"}, "note": "such"});
    let call = client.post::<Value>("/x").json(&sent).await;
    let error = call.unwrap_err();
    let text = said(&error);
    assert!(
        !text.contains("4242") && !text.contains("sent-42"),
        "{text}"
    );
    assert!(
        text.contains("no such card: [redacted], [redacted]"),
        "{text}"
    );
    // Whoever asks for the body gets it.
    let Error::Api(error) = error else {
        panic!("it is rejected")
    };
    assert_eq!(error.body(), body);
}

#[tokio::test]
async fn sensitive_arguments_that_the_service_repeats_in_a_text_are_masked() {
    let body = "who is ann@x.example? no card 42/personal-1, nor personal-2";
    let server = Server::start([response("400 A", &[("content-type", "text/plain")], body)]).await;
    let client = builder(&server).http_client(http()).build().unwrap();
    let request = Request::new(
        &client,
        Method::GET,
        "/cards/{card_number}",
        decode::json::<Value>,
    );
    let request = request.path("card_number", "42/personal-1");
    let request = request.query("email", "ann@x.example");
    let error = request.header("address", "personal-2").await.unwrap_err();
    let text = said(&error);
    let shown = "who is [redacted]? no card [redacted], nor [redacted]";
    assert!(text.contains(shown) && !text.contains("personal"), "{text}");
}

#[tokio::test]
async fn a_quote_that_is_out_of_place_does_not_uncover_what_follows() {
    for body in [
        r#"{"a": x", "card_number": "4242-personal"}"#,
        r#"{"a": "x, "card_number": "4242-personal"}"#,
        r#"""{"card_number":"4242-personal"}"#,
        r#"{'a': '"', "card_number":4242-personal}"#,
        r#"error "card_number":{"4242-personal":[[["4242-personal"]]]"#,
    ] {
        let said = said(&error(json("500 A", body)).await);
        assert!(!said.contains("4242"), "{body}\n{said}");
    }
}

#[tokio::test]
async fn masking_takes_no_longer_for_hostile_bodies() {
    for unit in [
        "\"",
        "\\\"",
        "\"email",
        "\"email\\",
        "\"email\":[",
        "{\"a\":\" ",
    ] {
        let body = unit.repeat((1 << 20) / unit.len());
        error(response("400 A", &[], body)).await;
    }
}

#[tokio::test]
async fn the_value_that_was_rejected_is_not_quoted() {
    for (member, expected) in [
        (
            r#""card_number":"4242-personal""#,
            "result[0].card_number`: invalid type: string, expected u32",
        ),
        (
            r#""card_number":4242.5"#,
            "invalid type: floating point, expected u32",
        ),
        (
            r#""card_number":424242424242"#,
            "invalid value: integer, expected u32",
        ),
        (
            r#""level":"4242-personal, expected 4242""#,
            "unknown variant, expected `high` or `low`",
        ),
        (r#""level":4242"#, "result[0].level`: "),
        (r#""date":"4242-personal""#, "the value isn't accepted"),
        (
            r#""email":{"4242-personal":"4242"}"#,
            "result[0].email`: invalid type: string, expected u8",
        ),
    ] {
        let body = format!(r#"{{"result":[{{{member}}}]}}"#);
        let error = error(json("200 A", &body)).await;
        let Error::Decode(decode) = &error else {
            panic!("{error:?}")
        };
        assert!(decode.to_string().contains(expected), "{decode}");
        let reason = format!("{error} {}", decode.path());
        let reason = reason.replace(decode.call().host(), "host");
        assert!(!reason.contains("4242"), "{reason}");
    }
}

#[tokio::test]
async fn the_body_of_a_decode_error_is_clipped() {
    let body = format!(r#"{{"result":"{}"}}"#, "ü".repeat(2000));
    let Error::Decode(error) = error(json("200 A", body)).await else {
        panic!()
    };
    assert_eq!(error.body().chars().count(), 513);
    assert!(error.body().ends_with('…'));
}

static ALL: &[&Scheme] = &[
    &Scheme {
        name: "basic",
        placement: Placement::Basic,
        variable: "",
    },
    &Scheme {
        name: "query",
        placement: Placement::Query("key"),
        variable: "",
    },
    &Scheme {
        name: "cookie",
        placement: Placement::Cookie("sid"),
        variable: "",
    },
];

#[tokio::test]
async fn credentials_that_come_back_are_masked_in_every_spelling() {
    // What the server echoes: the secrets, encoded as they were sent, and within JSON.
    let echo = r#"user:pass/wörd dXNlcjpwYXNzL3fDtnJk pass%2Fw%C3%B6rd pass/wörd k"ey k%22ey
        c;oo kie c%3Boo%20kie"#;
    let text = serde_json::to_string(echo).unwrap();
    let body = format!(
        r#"{{"result":{text},"errors":[{{"message":{text},"code":1}}],"messages":[{text}]}}"#
    );
    let credentials =
        || Credentials::from_secrets(ALL, ["user:pass/wörd", "k\"ey", "c;oo kie"].map(Into::into));
    let headers = [("content-type", "application/json"), ("x-ray", "ray k\"ey")];
    for status in ["200 A", "400 A"] {
        let server = Server::start([response(status, &headers, &body)]).await;
        let client = builder(&server).credentials(credentials()).build().unwrap();
        let request = Request::new(&client, Method::GET, "/x", decode::enveloped::<Vec<Card>>);
        let error = request.await.unwrap_err();
        let mut said = said(&error);
        said.push_str(error.request_id().unwrap());
        if let Error::Api(error) = &error {
            said.push_str(error.body());
        }
        for secret in ["pass", "rd", "dXNl", "ey", "oo"] {
            assert!(!said.contains(secret), "{secret}: {said}");
        }
        assert!(said.contains("[redacted]"));
    }
}

static HEADER_AND_COOKIE: &[&Scheme] = &[
    &Scheme {
        name: "header",
        placement: Placement::Header("x-key"),
        variable: "",
    },
    &Scheme {
        name: "cookie",
        placement: Placement::Cookie("sid"),
        variable: "",
    },
];

/// The text of a body, and its excerpt, as an error of a call with these secrets shows them.
async fn masked(secrets: [&str; 2], body: &str) -> [String; 2] {
    let server = Server::start([response("400 A", &[], body)]).await;
    let credentials = Credentials::from_secrets(HEADER_AND_COOKIE, secrets.map(Into::into));
    let client = builder(&server)
        .http_client(http())
        .credentials(credentials);
    let Err(Error::Api(error)) = client.build().unwrap().get::<Value>("/x").await else {
        panic!()
    };
    [error.body().to_owned(), format!("{error:?}")]
}

#[tokio::test]
async fn what_was_masked_is_not_masked_again() {
    for (secrets, body, expected) in [
        (
            ["s3cr3t-edacted", "edac"],
            "s3cr3t-edacted, edac",
            "[redacted], [redacted]",
        ),
        (
            ["s3cr3t", "s3cr3t-long"],
            "s3cr3t-long s3cr3t",
            "[redacted] [redacted]",
        ),
        // Both overlap, or touch.
        (["abcdefgh", "efghijkl"], "<abcdefghijkl>", "<[redacted]>"),
        (["efghijkl", "abcd"], "<abcdefghijkl>", "<[redacted]>"),
        (["s3cr3t", "other"], "no secret", "no secret"),
    ] {
        let [text, _] = masked(secrets, body).await;
        assert_eq!(text, expected, "{body}");
    }
}

#[tokio::test]
async fn a_slash_that_is_escaped_in_json_does_not_uncover_a_secret() {
    let [text, _] = masked(["a/b/c", "other"], r#"{"x":"a\/b\/c"}"#).await;
    assert_eq!(text, r#"{"x":"[redacted]"}"#);
}

#[tokio::test]
async fn a_short_secret_leaves_words_alone_and_is_hidden_where_its_header_is_named() {
    let body = r#"{"message":"a map of a cat","X-Key":"a","cookie":["a"],"email":"a"}"#;
    let [text, debug] = masked(["a", "cat"], body).await;
    let expected =
        r#"{"message":"a map of a cat","X-Key":"[redacted]","cookie":[redacted],"email":"a"}"#;
    assert_eq!(text, expected);
    let hidden = expected.replace(r#""email":"a""#, r#""email":"[redacted]""#);
    assert!(debug.contains(&format!("{hidden:?}")), "{debug}");
}

#[tokio::test]
async fn a_secret_that_is_a_name_does_not_uncover_its_value() {
    let body = r#"{"card_number":"4242-personal","a":1}"#;
    let [_, debug] = masked(["card_number", "umber"], body).await;
    assert!(
        !debug.contains("personal") && debug.contains("a\\\":1"),
        "{debug}"
    );
}

#[tokio::test]
async fn a_secret_at_the_end_of_what_is_looked_at_is_not_cut_in_two() {
    for length in 65_510..65_526 {
        let body = format!(r#"{{"email":"{}"}}s3cr3t-token"#, "x".repeat(length));
        let [_, debug] = masked(["s3cr3t-token", "other"], &body).await;
        assert!(!debug.contains("s3c"), "{length}: {debug}");
    }
}

#[tokio::test]
async fn headers_and_cookies_that_authenticate_are_masked() {
    let headers = [
        ("Authorization", "Bearer token-1"),
        ("proxy-authorization", "Digest token-2"),
        ("cookie", "a=token-3; b=token-4"),
        ("X-Api-Key", "token-5"),
        ("cf-access-client-secret", "token-6"),
        ("x-team", "billing"),
    ];
    let echo = "token-1 token-2 token-3 token-4 token-5 token-6 token-7 token-8 token-9 billing";
    let server = Server::start([response("400 A", &[], echo)]).await;
    let mut builder = builder(&server);
    for (name, value) in headers {
        builder = builder.default_header(name, value);
    }
    let request = builder.build().unwrap().get::<Value>("/x");
    let request = request
        .header("X-Session", "token-7")
        .cookie("c", "token-8")
        .idempotency_key("token-9");
    let Err(Error::Api(error)) = request.await else {
        panic!()
    };
    let expected = format!("{}token-9 billing", "[redacted] ".repeat(8));
    assert_eq!(error.body(), expected);
    assert!(format!("{error:?}").contains(&expected));
}

#[tokio::test]
async fn a_key_that_is_a_user_without_a_password_is_masked() {
    let secrets = ["s3cr3t-key:", "query-key", "cookie-key"].map(Into::into);
    let server = Server::start([response("401 A", &[], "no such key: s3cr3t-key")]).await;
    let client = builder(&server).credentials(Credentials::from_secrets(ALL, secrets));
    let Err(Error::Api(error)) = client.build().unwrap().get::<Value>("/x").await else {
        panic!()
    };
    assert_eq!(error.body(), "no such key: [redacted]");
}

#[tokio::test]
async fn the_body_of_a_rejection_is_raw_but_for_credentials() {
    let body = format!(
        r#"{{"email":"{PERSONAL}","token":{}}}"#,
        serde_json::to_string(TOKEN).unwrap()
    );
    let Error::Api(error) = error(json("400 A", &body)).await else {
        panic!()
    };
    assert_eq!(
        error.body(),
        format!(r#"{{"email":"{PERSONAL}","token":"[redacted]"}}"#)
    );
    assert!(!format!("{error} {error:?}").contains(PERSONAL));
}

#[tokio::test]
async fn sensitive_values_of_forms_and_parts_are_hidden_where_an_error_repeats_them() {
    let body =
        value!({ "name": "cat", "email": PERSONAL, "owner": { "email": "second@example.org" } });
    let parts = [
        Part::new("email", PERSONAL),
        Part::new("owner[email]", "second@example.org"),
    ];
    let echo = format!("no {PERSONAL}, no second@example.org, no cat");
    let server = Server::start([(); 3].map(|()| response("400 A", &[], &echo))).await;
    let client = builder(&server).build().unwrap();
    let request = || client.post::<Value>("/x");
    for request in [
        request().form(&body),
        request().deep_form(&body),
        request().multipart(parts),
    ] {
        let Err(Error::Api(error)) = request.await else {
            panic!()
        };
        let said = format!("{error} {error:?}");
        assert!(said.contains("no cat"), "{said}");
        assert!(
            !said.contains(PERSONAL) && !said.contains("second@"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn a_body_that_is_one_sensitive_value_is_hidden_where_an_error_repeats_it() {
    let echo = format!("no {PERSONAL}, no cat");
    let server = Server::start([(); 3].map(|()| response("400 A", &[], &echo))).await;
    let client = builder(&server).build().unwrap();
    let request = || client.post::<Value>("/x").sensitive_body();
    for request in [
        request().text(PERSONAL),
        request().body("text/csv", PERSONAL),
        request().json(&[PERSONAL]),
    ] {
        let Err(Error::Api(error)) = request.await else {
            panic!()
        };
        let said = format!("{error} {error:?}");
        assert!(said.contains("no cat"), "{said}");
        assert!(!said.contains(PERSONAL), "{said}");
    }
}

#[tokio::test]
async fn headers_of_a_response_are_named_and_not_shown() {
    let headers = [
        ("set-cookie", "hidden"),
        ("content-type", "text/html; hidden"),
    ];
    for status in ["200 A", "400 A"] {
        let error = error(response(status, &headers, "")).await;
        assert!(!said(&error).contains("hidden"), "{error:?}");
    }
}

#[tokio::test]
async fn no_error_shows_a_credential_or_the_query() {
    let server = Server::start([
        Step::Reset(Vec::new()),
        Step::Send(b"nonsense".to_vec()),
        json("403 A", "{}"),
        json("200 A", "[]"),
        response("302 A", &[("location", "ftp://x/?s3cr3t")], ""),
    ])
    .await;
    let client = builder(&server).max_retries(0).build().unwrap();
    for _ in 0..5 {
        let request = client
            .get::<u8>("/x")
            .query("q", PERSONAL)
            .header("x", PERSONAL);
        let said = said(&request.await.unwrap_err());
        assert!(
            !said.contains("s3cr3t") && !said.contains(PERSONAL),
            "{said}"
        );
    }
    let rejected = client
        .get::<Value>("/{a}")
        .path("a", "..")
        .header("x", format!("{TOKEN}\n"));
    assert!(!said(&rejected.await.unwrap_err()).contains("s3cr3t"));
}

#[test]
fn errors_are_small_and_travel_between_threads() {
    fn travels<T: Send + Sync + 'static>() {}
    travels::<Error>();
    assert!(size_of::<Error>() <= 40, "{}", size_of::<Error>());
}
