//! What is secret or personal is shown by nothing.

use std::fmt::Debug;

use crate::billing::{ACCOUNT, EMAIL, KEY, Sdk, TOKEN, at, build, builder, client, success};
use crate::schema::{self, Property};
use crate::server::{Nobody, Response, Server};
use cloudflare_billing::{Credentials, Error};
use serde_json::{Map, Value, json};

#[tokio::test]
async fn a_profile_hides_every_sensitive_field() {
    let canaries = Canaries::new();
    let server = Server::start([success(&canaries.profile())]).await;
    let request = client(&server).billing().profiles().get(ACCOUNT);
    let response = request.with_response().await.unwrap();
    for text in shown(&response).into_iter().chain(shown(response.data())) {
        canaries.assert_absent(&text);
        for property in &canaries.0 {
            let shown = format!("{}: Some(", property.name);
            assert!(text.contains(&shown), "{} is gone", property.name);
        }
    }
    // The values themselves are there.
    let written = serde_json::to_value(response.into_data()).unwrap();
    assert_eq!(written, canaries.profile());
}

#[test]
fn the_schema_marks_what_is_sensitive() {
    let canaries = Canaries::new();
    assert_eq!(canaries.0.len(), 29);
    for name in ["card_number", "payment_nonce", "validation_code", "vat"] {
        assert!(canaries.0.iter().any(|one| one.name == name), "{name}");
    }
}

#[tokio::test]
async fn unknown_fields_are_hidden_too() {
    let server = Server::start([success(&json!({"passport": "canary"}))]).await;
    let profile = client(&server).billing().profiles().get(ACCOUNT).await;
    for text in shown(&profile.unwrap()) {
        assert!(text.contains("passport"), "{text}");
        assert!(!text.contains("canary"), "{text}");
    }
}

/// The last field is wrong, so that the others have been read by then.
#[tokio::test]
async fn a_response_that_cannot_be_read_hides_them() {
    let (canaries, sdk) = (Canaries::new(), Sdk::strict().await);
    let lenient = Sdk::start().await;
    for wrong in &canaries.0 {
        let mut profile = canaries.profile();
        profile[&wrong.name] = json!({"canary": [canaries.profile()]});
        lenient.server.respond([success(&profile)]);
        let read = lenient.client.billing().profiles().get(ACCOUNT);
        let read = read.with_response().await.unwrap();
        let path = format!("result.{}", wrong.name);
        assert_eq!(read.deviations()[0].path(), path);
        for text in shown(&read) {
            canaries.assert_absent(&text);
        }
        let error = sdk.profile(success(&profile)).await.unwrap_err();
        let Error::Decode(unreadable) = &error else {
            panic!("{error:?}");
        };
        assert_eq!(unreadable.path(), path);
        canaries.assert_hidden(&error);
        canaries.assert_absent(unreadable.body());
    }
}

#[tokio::test]
async fn a_broken_response_hides_them() {
    let (canaries, sdk) = (Canaries::new(), Sdk::start().await);
    for property in &canaries.0 {
        let profile = json!({ &property.name: value(property) });
        let body = json!({"success": true, "result": profile}).to_string();
        // From the middle of the value, right behind it, and with rubbish.
        for cut in [body.len() - 5, body.len() - 2, body.len() - 1] {
            for end in ["", "]", "\u{fffd}"] {
                let response = Response::json(200, format!("{}{end}", &body[..cut]));
                canaries.assert_hidden(&sdk.profile(response).await.unwrap_err());
            }
        }
    }
}

#[tokio::test]
async fn a_refusal_hides_them() {
    let (canaries, sdk) = (Canaries::new(), Sdk::start().await);
    let body = json!({"success": false, "errors": null, "result": canaries.profile()});
    for response in [Response::json(400, &body), Response::json(200, &body)] {
        let error = sdk.profile(response).await.unwrap_err();
        assert!(matches!(error, Error::Api(_)), "{error:?}");
        canaries.assert_hidden(&error);
    }
}

#[tokio::test]
async fn credentials_are_shown_by_nothing_that_is_made_of_them() {
    for credentials in [
        Credentials::api_token(TOKEN),
        Credentials::api_key(EMAIL, KEY),
    ] {
        let builder = at("http://127.0.0.1:1").credentials(credentials.clone());
        let builder = builder.default_header("x-other-key", "canary");
        let client = build(builder.clone());
        let billing = client.billing();
        let profile = billing.profiles().get("canary").header("x-a", "canary");
        let usage = billing.usage().paygo("canary").query("a", "canary");
        let other = client.get::<Value>("/x").query("a", "canary");
        let texts = [
            shown(&credentials),
            shown(&builder),
            shown(&client),
            shown(&billing),
            shown(&billing.profiles()),
            shown(&billing.usage()),
            shown(&profile),
            shown(&usage),
            shown(&other.header("x-a", "canary")),
        ];
        for text in texts.as_flattened() {
            for secret in [TOKEN, EMAIL, KEY, "canary"] {
                assert!(!text.contains(secret), "{secret} is in {text}");
            }
        }
    }
}

#[tokio::test]
async fn credentials_are_shown_by_no_error() {
    let unusual = "t/+=\"\\ken";
    let echo = json!({"success": false, "errors": [{"message": unusual, "code": 1}]}).to_string();
    let responses = [
        Response::json(403, &echo).header("cf-ray", unusual),
        Response::json(200, &echo),
        Response::json(200, json!({"result": {"id": [unusual]}})).header("cf-ray", unusual),
        Response::new(502, format!("<p>Bearer {unusual}</p>")),
        Response::new(302, "").header("location", &format!("ftp://{unusual}/")),
        Response::raw(unusual),
    ];
    let server = Server::start([]).await;
    let client = build(
        builder(&server)
            .credentials(Credentials::api_token(unusual))
            .strict()
            .max_retries(0),
    );
    for response in responses {
        server.respond([response]);
        let error = client.billing().profiles().get(ACCOUNT).await.unwrap_err();
        let mut texts = every_text(&error);
        match &error {
            Error::Api(error) => texts.push(error.body().to_owned()),
            Error::Decode(error) => texts.push(error.body().to_owned()),
            _ => {}
        }
        for text in texts {
            let text = text.replace("\\\\", "\\").replace("\\\"", "\"");
            assert!(!text.contains(unusual), "{text}");
        }
    }
}

#[tokio::test]
async fn an_unreachable_server_hides_the_query() {
    let nobody = Nobody::new().unwrap();
    let client = build(at(&nobody.url()).max_retries(0));
    let usage = client.billing().usage().paygo("canary-account");
    let error = usage.query("key", "canary-value").await.unwrap_err();
    for text in every_text(&error) {
        assert!(!text.contains("canary"), "{text}");
    }
}

#[test]
fn credentials_that_cannot_be_sent_are_not_quoted() {
    for secret in ["", "canary\n", "canary\0"] {
        let error = builder_error(Credentials::api_token(secret));
        assert!(error.to_string().contains("api_token"), "{error}");
        let error = builder_error(Credentials::api_key(EMAIL, secret));
        assert!(error.to_string().contains("api_key"), "{error}");
    }
}

fn builder_error(credentials: Credentials) -> Error {
    let error = at("http://127.0.0.1:1").credentials(credentials).build();
    let error = error.expect_err("a secret that can't be sent");
    for text in every_text(&error) {
        assert!(!text.contains("canary") && !text.contains(EMAIL), "{text}");
    }
    error
}

/// The sensitive properties of a profile, each with a value that nothing else has.
struct Canaries(Vec<Property>);

impl Canaries {
    fn new() -> Self {
        let properties = schema::properties("Profile").into_iter();
        Self(properties.filter(|property| property.sensitive).collect())
    }

    fn profile(&self) -> Value {
        let pairs = self.0.iter().map(|one| (one.name.clone(), value(one)));
        Value::Object(pairs.collect::<Map<_, _>>())
    }

    #[track_caller]
    fn assert_absent(&self, text: &str) {
        for property in &self.0 {
            let value = value(property).to_string();
            let value = value.trim_matches('"');
            assert!(!text.contains(value), "{} is in {text}", property.name);
        }
    }

    #[track_caller]
    fn assert_hidden(&self, error: &Error) {
        for text in every_text(error) {
            self.assert_absent(&text);
        }
    }
}

fn value(property: &Property) -> Value {
    match property.kind.as_str() {
        "integer" => json!(700_000 + property.name.len()),
        _ => json!(format!("canary-{}", property.name)),
    }
}

/// All that an error tells: itself, and each cause behind it.
fn every_text(error: &Error) -> Vec<String> {
    let mut texts = shown(error).to_vec();
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = next {
        texts.extend([
            error.to_string(),
            format!("{error:?}"),
            format!("{error:#?}"),
        ]);
        next = error.source();
    }
    texts
}

fn shown(value: &impl Debug) -> [String; 2] {
    [format!("{value:?}"), format!("{value:#?}")]
}
