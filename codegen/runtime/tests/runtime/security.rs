//! Which credentials a call gets: those that it lists, and no others.

use runtime::runtime::{
    Client, ClientBuilder, Credentials, Error, Method, Placement, Request, Scheme, Security,
    Service, decode,
};
use serde_json::Value;

use super::sent::Sent;
use super::support::{SERVICE, Server, of_service};

static BEARER: Scheme = Scheme {
    name: "bearer",
    placement: Placement::Bearer,
    variable: "",
};
static BASIC: Scheme = Scheme {
    name: "basic",
    placement: Placement::Basic,
    variable: "",
};
static SESSION: Scheme = Scheme {
    name: "session",
    placement: Placement::Cookie("SID"),
    variable: "",
};
static APP_KEY: Scheme = Scheme {
    name: "app_key",
    placement: Placement::Query("key"),
    variable: "",
};
static APP_TOKEN: Scheme = Scheme {
    name: "app_token",
    placement: Placement::Query("token"),
    variable: "",
};
static OTHER: Scheme = Scheme {
    name: "other",
    placement: Placement::Authorization("Token"),
    variable: "",
};

static BOARD: Service = Service {
    alternatives: &[
        &[&APP_KEY, &APP_TOKEN],
        &[&BEARER],
        &[&SESSION],
        &[&BASIC],
        &[&OTHER],
    ],
    security: &[&[&APP_KEY, &APP_TOKEN]],
    undocumented: &[&[&APP_KEY, &APP_TOKEN]],
    credentials_required: false,
    ..SERVICE
};

static MAYBE_BEARER: Security = &[&[&BEARER], &[]];
static EITHER: Security = &[&[&BEARER], &[&SESSION], &[&BASIC]];
static BY_OTHER: Security = &[&[&OTHER]];
static BEARER_WITH_SESSION: Security = &[&[&BEARER, &SESSION]];

/// The schemes by themselves, as credentials are made.
static ALONE: [&[&Scheme]; 6] = [
    &[&BEARER],
    &[&BASIC],
    &[&SESSION],
    &[&APP_KEY],
    &[&APP_TOKEN],
    &[&OTHER],
];

fn with(builder: ClientBuilder, scheme: &'static Scheme, secret: &str) -> ClientBuilder {
    let alone = ALONE.iter().find(|alone| alone[0].name == scheme.name);
    builder.credentials(Credentials::from_secrets(alone.unwrap(), [secret.into()]))
}

fn client(server: &Server, held: &[&'static Scheme]) -> Client {
    let builder = of_service(&BOARD, server);
    let builder = held.iter().fold(builder, |builder, scheme| {
        // A key of basic authentication is a user without a password.
        let colon = if scheme.name == "basic" { ":" } else { "" };
        with(builder, scheme, &format!("{}-secret{colon}", scheme.name))
    });
    builder.build().unwrap()
}

fn call(client: &Client) -> Request<()> {
    Request::new(client, Method::GET, "/x", decode::empty)
}

/// The names of the schemes whose secrets were sent.
fn sent(request: &Sent) -> Vec<&'static str> {
    let text = request.text();
    let all = [&BEARER, &SESSION, &APP_KEY, &APP_TOKEN, &OTHER];
    let mut found: Vec<&str> = all
        .iter()
        .map(|scheme| scheme.name)
        .filter(|name| text.contains(&format!("{name}-secret")))
        .collect();
    found.extend(text.contains("Basic ").then_some("basic"));
    found
}

const EVERY: [&Scheme; 6] = [&BEARER, &BASIC, &SESSION, &APP_KEY, &APP_TOKEN, &OTHER];

#[tokio::test]
async fn a_path_that_is_not_documented_gets_what_is_stated_of_all() {
    static USUAL: Service = Service {
        security: &[&[&SESSION]],
        undocumented: &[&[&BEARER], &[&BASIC]],
        ..BOARD
    };
    let server = Server::start([]).await;
    let builder = with(of_service(&USUAL, &server), &BEARER, "bearer-secret");
    let client = with(builder, &SESSION, "session-secret").build().unwrap();
    call(&client).await.unwrap();
    let _: Result<Value, Error> = client.get("/y").await;
    let sent: Vec<_> = server.sent().iter().map(sent).collect();
    assert_eq!(sent, [["session"], ["bearer"]]);
}

#[tokio::test]
async fn a_call_gets_the_first_complete_alternative_and_only_that() {
    let cases: [(&[&Scheme], Security, &[&str]); 8] = [
        (&EVERY, BOARD.security, &["app_key", "app_token"]),
        (&EVERY, EITHER, &["bearer"]),
        (&[&BASIC, &SESSION], EITHER, &["session"]),
        (&[&BASIC, &APP_KEY], EITHER, &["basic"]),
        (&EVERY, BEARER_WITH_SESSION, &["bearer", "session"]),
        (&EVERY, MAYBE_BEARER, &["bearer"]),
        (&[&BASIC], MAYBE_BEARER, &[]),
        (&EVERY, &[], &[]),
    ];
    for (held, security, expected) in cases {
        let server = Server::start([]).await;
        let client = client(&server, held);
        call(&client).security(security).await.unwrap();
        assert_eq!(sent(&server.only()), expected, "{security:?}");
    }
}

#[tokio::test]
async fn a_call_that_lacks_credentials_is_not_sent() {
    let server = Server::start([]).await;
    let client = client(&server, &[&APP_KEY]);
    for (security, expected) in [
        (BOARD.security, "`app_key` and `app_token`"),
        (EITHER, "`bearer`, or `session`, or `basic`"),
        (BEARER_WITH_SESSION, "`bearer` and `session`"),
    ] {
        let error = call(&client).security(security).await.unwrap_err();
        assert!(matches!(error, Error::Configuration(_)));
        let said = error.to_string();
        let expected = format!("the call needs credentials that the client lacks: {expected}");
        assert!(said.contains(&expected), "{said}");
        assert!(said.starts_with("GET /x"), "{said}");
        assert!(!said.contains("secret"), "{said}");
    }
    assert_eq!(server.sent().len(), 0);
}

#[tokio::test]
async fn an_undocumented_call_gets_what_the_document_has_for_all() {
    let server = Server::start([]).await;
    let full = client(&server, &EVERY);
    full.get::<Value>("/x").await.unwrap();
    let poor = client(&server, &[&BEARER, &APP_KEY]);
    poor.get::<Value>("/x").await.unwrap();
    let [first, second] = <[Sent; 2]>::try_from(server.sent()).unwrap();
    assert_eq!(sent(&first), ["app_key", "app_token"]);
    assert_eq!(sent(&second), [""; 0]);
}

#[tokio::test]
async fn a_secret_that_the_caller_writes_counts() {
    let server = Server::start([]).await;
    let client = client(&server, &[&SESSION]);
    let by_hand = || call(&client).header("authorization", "mine");
    by_hand().security(EITHER).await.unwrap();
    by_hand().security(BEARER_WITH_SESSION).await.unwrap();
    // The operation does not list it; the caller knows better.
    by_hand().await.unwrap();
    call(&client)
        .query("key", "a")
        .query("token", "b")
        .await
        .unwrap();
    let [either, both, other, query] = <[Sent; 4]>::try_from(server.sent()).unwrap();
    assert_eq!(sent(&either), [""; 0]);
    assert_eq!(sent(&both), ["session"]);
    for sent in [&either, &both, &other] {
        assert_eq!(sent.header("authorization"), Some("mine"));
    }
    assert_eq!(query.target, "/v1/x?key=a&token=b");
}

#[tokio::test]
async fn the_last_secret_of_a_scheme_counts() {
    let server = Server::start([]).await;
    let builder = with(of_service(&BOARD, &server), &OTHER, "old");
    let client = with(builder, &OTHER, "new").build().unwrap();
    call(&client).security(BY_OTHER).await.unwrap();
    assert_eq!(server.only().header("authorization"), Some("Token new"));
}

#[tokio::test]
async fn all_that_a_client_holds_is_masked() {
    let echo = r#"{"message":"bearer-secret session-secret basic-secret app_key-secret"}"#;
    let server = Server::start([super::support::json("403 Forbidden", echo)]).await;
    let client = client(&server, &EVERY);
    let error = call(&client).security(EITHER).await.unwrap_err();
    let shown = format!("{error} {error:?} {client:?}");
    assert!(!shown.contains("-secret"), "{shown}");
}
