//! `Debug` of what a caller holds shows no secret, and futures can be sent anywhere.

use runtime::runtime::{
    Client, ClientBuilder, Credentials, Extra, Redacted, Request, Response, redact,
};
use serde_json::{Value, json};

use super::support::{EMAIL_AND_KEY, Server, TOKEN, builder, client, credentials};

#[tokio::test]
async fn nothing_that_a_caller_holds_shows_a_secret() {
    let server = Server::start([]).await;
    let builder = builder(&server).default_header("x-default", TOKEN);
    let client = builder.clone().build().unwrap();
    let request = client
        .get::<Value>("/{id}")
        .path("id", TOKEN)
        .query("q", TOKEN);
    let request = request
        .header("x-mine", TOKEN)
        .cookie("c", TOKEN)
        .json(&TOKEN);
    let pair = Credentials::from_secrets(EMAIL_AND_KEY, [TOKEN.into(), TOKEN.into()]);
    let shown = format!(
        "{:?} {builder:?} {client:?} {request:#?} {pair:?}",
        credentials()
    );
    assert!(!shown.contains("s3cr3t"), "{shown}");
    for expected in [
        "api_token",
        "[\"email\", \"key\"]",
        "/{id}",
        "x-mine",
        "\"q\"",
    ] {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
}

#[tokio::test]
async fn the_future_of_a_call_can_be_spawned() {
    let server = Server::start([]).await;
    let call = client(&server).get::<Value>("/x").with_response();
    tokio::spawn(call).await.unwrap().unwrap();
    tokio::spawn(client(&server).get::<Value>("/x").into_future())
        .await
        .unwrap()
        .unwrap();
}

#[test]
fn everything_travels_between_threads() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    fn sent<T: Send + 'static>() {}
    shared::<Client>();
    shared::<ClientBuilder>();
    shared::<Credentials>();
    sent::<Request<Value>>();
    sent::<Response<Value>>();
    sent::<<Request<std::rc::Rc<()>> as IntoFuture>::IntoFuture>();
}

#[test]
fn redacted_values_are_present_but_not_shown() {
    assert_eq!(
        format!("{:?}", redact::option(&Some("x"))),
        "Some([redacted])"
    );
    assert_eq!(format!("{:?}", redact::option::<u8>(&None)), "None");
    assert_eq!(format!("{Redacted:?}"), "[redacted]");
}

#[test]
fn extra_properties_behave_as_a_map() {
    let mut extra: Extra = [("a".to_owned(), json!("personal"))].into_iter().collect();
    assert_eq!(format!("{extra:?}"), r#"{"a": _}"#);
    extra.insert("b".to_owned(), json!(2));
    let text = serde_json::to_string(&extra).unwrap();
    assert_eq!(text, r#"{"a":"personal","b":2}"#);
    assert_eq!(serde_json::from_str::<Extra>(&text).unwrap(), extra);
    assert_eq!((&extra).into_iter().count(), 2);
    assert_eq!(
        extra.into_iter().map(|(name, _)| name).collect::<String>(),
        "ab"
    );
}
