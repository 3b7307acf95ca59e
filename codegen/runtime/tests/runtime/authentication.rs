//! Where credentials come from and where they go.

use std::process::Command;

use runtime::runtime::{ClientBuilder, Credentials, Error, Placement, Scheme, Secret, Service};
use serde_json::Value;

use super::support::{
    EMAIL_AND_KEY, SERVICE, Server, TOKEN, TOKEN_ONLY, builder, client, of_service, response,
    without_credentials,
};

static EVERYWHERE: &[&Scheme] = &[
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

static GUARDED: Service = Service {
    alternatives: &[EVERYWHERE],
    security: &[EVERYWHERE],
    undocumented: &[EVERYWHERE],
    ..SERVICE
};

static COOKIE: &[&Scheme] = &[&Scheme {
    name: "cookie",
    placement: Placement::Cookie("sid"),
    variable: "",
}];

static BY_COOKIE: Service = Service {
    alternatives: &[COOKIE],
    security: &[COOKIE],
    undocumented: &[COOKIE],
    ..SERVICE
};

static QUERY: &[&Scheme] = &[&Scheme {
    name: "query",
    placement: Placement::Query("key"),
    variable: "",
}];

static BY_QUERY: Service = Service {
    alternatives: &[QUERY],
    security: &[QUERY],
    undocumented: &[QUERY],
    ..SERVICE
};

#[tokio::test]
async fn a_bearer_token_is_sent() {
    let server = Server::start([]).await;
    client(&server).get::<Value>("/x").await.unwrap();
    assert_eq!(
        server.only().header("authorization"),
        Some(format!("Bearer {TOKEN}").as_str())
    );
}

#[tokio::test]
async fn the_schemes_of_an_alternative_are_sent_together() {
    let server = Server::start([]).await;
    let credentials = Credentials::from_secrets(EMAIL_AND_KEY, ["a@b.c".into(), "k".into()]);
    let client = without_credentials(&server).credentials(credentials);
    let client = client.build().unwrap();
    client.get::<Value>("/x").await.unwrap();
    let sent = server.only();
    assert_eq!(sent.header("x-email"), Some("a@b.c"));
    assert_eq!(sent.header("x-key"), Some("k"));
    assert_eq!(sent.header("authorization"), None);
}

#[tokio::test]
async fn basic_query_and_cookie_secrets_have_their_places() {
    let server = Server::start([]).await;
    let secrets = ["Aladdin:open sesame".into(), "a&b".into(), "s%3Ac;d".into()];
    let credentials = Credentials::from_secrets(EVERYWHERE, secrets);
    let client = of_service(&GUARDED, &server).credentials(credentials);
    let client = client.build().unwrap();
    client.get::<Value>("/x?a=1").cookie("b", 2).await.unwrap();
    let sent = server.only();
    assert_eq!(
        sent.header("authorization"),
        Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    );
    assert_eq!(sent.target, "/v1/x?a=1&key=a%26b");
    assert_eq!(sent.header("cookie"), Some("b=2; sid=s%3Ac%3Bd"));
}

#[tokio::test]
async fn cookies_of_all_origins_are_one_header() {
    let server = Server::start([]).await;
    let secrets = ["a:b".into(), "q".into(), "secret".into()];
    let credentials = Credentials::from_secrets(EVERYWHERE, secrets);
    let client = of_service(&GUARDED, &server).credentials(credentials);
    let client = client.default_header("cookie", "theme=dark; b=1").build();
    let client = client.unwrap();
    client.get::<Value>("/x").cookie("b", 2).await.unwrap();
    let by_hand = client.get::<Value>("/x").cookie("b", 2);
    by_hand.header("Cookie", "sid=mine;c=3;").await.unwrap();
    let sent = server.sent();
    let sent: Vec<&str> = sent
        .iter()
        .filter_map(|sent| sent.header("cookie"))
        .collect();
    assert_eq!(sent, ["theme=dark; b=2; sid=secret", "sid=mine; c=3; b=2"]);
}

#[tokio::test]
async fn a_cookie_of_every_call_stands_for_credentials() {
    let server = Server::start([]).await;
    let builder = |cookie: &str| of_service(&BY_COOKIE, &server).default_header("cookie", cookie);
    let client = builder("theme=dark; sid=mine").build().unwrap();
    client.get::<Value>("/x").await.unwrap();
    assert_eq!(server.only().header("cookie"), Some("theme=dark; sid=mine"));
    assert!(configuration_error(builder("theme=dark")).starts_with("there are no credentials"));
}

#[tokio::test]
async fn a_secret_that_begins_with_the_name_of_its_scheme_is_sent_once() {
    let server = Server::start([]).await;
    for token in ["Bearer abc1", "bearer  abc1", "abc1"] {
        let credentials = Credentials::from_secrets(TOKEN_ONLY, [token.into()]);
        let client = without_credentials(&server).credentials(credentials);
        let client = client.build().unwrap();
        client.get::<Value>("/x").await.unwrap();
    }
    for sent in server.sent() {
        assert_eq!(sent.header("authorization"), Some("Bearer abc1"));
    }
}

#[test]
fn basic_credentials_without_a_colon_are_rejected() {
    let secrets = ["s3cr3t".into(), "a".into(), "b".into()];
    let credentials = Credentials::from_secrets(EVERYWHERE, secrets);
    let builder = ClientBuilder::for_service(&GUARDED).base_url("https://acme.example");
    let builder = builder.credentials(credentials);
    assert_eq!(
        configuration_error(builder),
        "the secret for `basic` has no colon: it is `user:password`, or `key:` of a key alone"
    );
}

#[tokio::test]
async fn a_key_is_a_user_without_a_password() {
    static KEY: &[&Scheme] = &[&Scheme {
        name: "api_key",
        placement: Placement::BasicKey,
        variable: "",
    }];
    static BY_KEY: Service = Service {
        alternatives: &[KEY],
        security: &[KEY],
        undocumented: &[KEY],
        ..SERVICE
    };
    let echo = response("400 Bad Request", &[], "c2VjcmV0Og== secret");
    let server = Server::start([echo]).await;
    let client = |key: &str| {
        let credentials = Credentials::from_secrets(KEY, [key.into()]);
        of_service(&BY_KEY, &server).credentials(credentials)
    };
    let error = client("secret").build().unwrap().get::<Value>("/x").await;
    let shown = error.unwrap_err().to_string();
    assert!(
        !shown.contains("secret") && !shown.contains("c2VjcmV0"),
        "{shown}"
    );
    client("user:pass")
        .build()
        .unwrap()
        .get::<Value>("/x")
        .await
        .unwrap();
    let sent = server.sent();
    let sent: Vec<_> = sent
        .iter()
        .map(|sent| sent.header("authorization"))
        .collect();
    assert_eq!(
        sent,
        [Some("Basic c2VjcmV0Og=="), Some("Basic dXNlcjpwYXNz")]
    );
}

#[tokio::test]
async fn a_user_and_a_password_are_told_apart_by_the_first_colon() {
    let server = Server::start([]).await;
    let builder = |user| {
        let secrets = [Secret::basic(user, "pass:word"), "a".into(), "b".into()];
        of_service(&GUARDED, &server).credentials(Credentials::from_secrets(EVERYWHERE, secrets))
    };
    let client = builder("rosa").build().unwrap();
    client.get::<Value>("/x").await.unwrap();
    let sent = server.only();
    assert_eq!(
        sent.header("authorization"),
        Some("Basic cm9zYTpwYXNzOndvcmQ=")
    );
    assert_eq!(
        configuration_error(builder("ro:sa")),
        "the secret for `basic` can't be sent: the name of the user has a colon"
    );
}

#[tokio::test]
async fn an_anonymous_call_has_no_credentials() {
    let server = Server::start([]).await;
    client(&server)
        .get::<Value>("/x")
        .anonymous()
        .await
        .unwrap();
    assert!(!server.only().text().contains(TOKEN));
}

#[tokio::test]
async fn a_header_of_the_call_wins_over_the_credentials() {
    let server = Server::start([]).await;
    let client = builder(&server)
        .default_header("x-team", "a")
        .build()
        .unwrap();
    let request = client
        .get::<Value>("/x")
        .header("authorization", "mine")
        .header("x-team", "b");
    request.await.unwrap();
    assert_eq!(server.only().header("authorization"), Some("mine"));
    assert_eq!(server.only().header("x-team"), Some("b"));
}

#[tokio::test]
async fn a_header_of_every_call_stands_for_credentials() {
    let server = Server::start([]).await;
    let builder = without_credentials(&server).default_header("X-Key", "k");
    builder.build().unwrap().get::<Value>("/x").await.unwrap();
    assert_eq!(server.only().header("x-key"), Some("k"));
    let other = without_credentials(&server).default_header("x-team", "k");
    assert!(configuration_error(other).starts_with("there are no credentials"));
}

#[tokio::test]
async fn a_query_parameter_of_every_call_stands_for_credentials() {
    let server = Server::start([]).await;
    let builder = of_service(&BY_QUERY, &server).default_query("key", "k");
    builder.build().unwrap().get::<Value>("/x").await.unwrap();
    assert_eq!(server.only().target, "/v1/x?key=k");
    let other = of_service(&BY_QUERY, &server).default_query("team", "k");
    assert!(configuration_error(other).starts_with("there are no credentials"));
}

fn configuration_error(builder: ClientBuilder) -> String {
    let Err(Error::Configuration(error)) = builder.build() else {
        panic!("built")
    };
    error.to_string()
}

#[test]
fn missing_credentials_are_rejected_with_the_variables_to_set() {
    let builder = ClientBuilder::for_service(&SERVICE).base_url("http://localhost");
    assert_eq!(
        configuration_error(builder),
        "there are no credentials: set ACME_TOKEN, or ACME_EMAIL and ACME_KEY, or call `credentials`"
    );
}

#[test]
fn secrets_that_cannot_be_sent_are_rejected_without_showing_them() {
    for (secrets, reason) in [
        (vec!["a\nb", "k"], "the secret for `email` can't be sent"),
        (vec!["a@b.c", ""], "the secret for `key` can't be sent"),
        (
            vec!["a@b.c"],
            "the credentials don't have one secret per scheme",
        ),
    ] {
        let secrets = secrets.into_iter().map(Into::into);
        let builder = ClientBuilder::for_service(&SERVICE).base_url("http://localhost");
        let builder = builder.credentials(Credentials::from_secrets(EMAIL_AND_KEY, secrets));
        assert_eq!(configuration_error(builder), reason);
    }
}

#[test]
fn the_base_url_is_checked() {
    let with = |url: &str| {
        let builder = ClientBuilder::for_service(&SERVICE).base_url(url);
        builder.credentials(super::support::credentials())
    };
    for url in [
        "",
        "x",
        "/x",
        "ftp://a.b",
        "http://",
        "http://a.b?c",
        "http://a.b#c",
        "http://u@a.b",
        "http://u:secret@a.b",
        "http://:secret@a.b",
    ] {
        assert!(!configuration_error(with(url)).contains("secret"), "{url}");
    }
    for url in ["http://a.b", "https://a.b/", "https://a.b/c/"] {
        with(url).build().unwrap();
    }
}

#[test]
fn default_headers_are_checked() {
    for (name, value) in [("x y", "1"), ("x-y", "sec\nret")] {
        let builder = ClientBuilder::for_service(&SERVICE).base_url("http://localhost");
        let builder = builder.credentials(super::support::credentials());
        let error = configuration_error(builder.default_header(name, value));
        assert_eq!(error, format!("the default header `{name}` can't be sent"));
    }
}

#[test]
fn a_service_without_authentication_needs_none() {
    static OPEN: Service = Service {
        alternatives: &[],
        credentials_required: false,
        base_url: "http://a.b",
        ..SERVICE
    };
    let client = ClientBuilder::for_service(&OPEN)
        .from_env()
        .unwrap()
        .build()
        .unwrap();
    assert!(format!("{client:?}").contains("http://a.b"));
}

/// Not a test of its own: it says what a process with certain variables sees.
#[test]
#[ignore = "run by the tests of the environment"]
fn report_environment() {
    match ClientBuilder::for_service(&SERVICE)
        .from_env()
        .and_then(ClientBuilder::build)
    {
        Ok(client) => println!("{client:?}"),
        Err(error) => println!("{error}"),
    }
}

/// The same of what is sent by a client that was given email and key.
#[tokio::test]
#[ignore = "run by the tests of the environment"]
async fn report_sent() {
    let server = Server::start([]).await;
    let credentials = Credentials::from_secrets(EMAIL_AND_KEY, ["a@b.c".into(), "k".into()]);
    let builder = without_credentials(&server).credentials(credentials);
    let client = builder.from_env().unwrap().build().unwrap();
    client.get::<Value>("/x").await.unwrap();
    println!("{client:?} {:?}", server.only());
}

fn report(variables: &[(&str, &str)]) -> String {
    report_of("report_environment", variables)
}

fn report_of(test: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let test = format!("authentication::{test}");
    command.args(["--ignored", "--nocapture", "--exact", &test]);
    for name in ["ACME_TOKEN", "ACME_EMAIL", "ACME_KEY", "ACME_BASE_URL"] {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_scheme_whose_variable_is_set_is_taken() {
    let url = ("ACME_BASE_URL", "http://a.b/c");
    let token = report(&[
        url,
        ("ACME_TOKEN", "t"),
        ("ACME_EMAIL", "e"),
        ("ACME_KEY", "k"),
    ]);
    let expected = r#"base_url: "http://a.b/c", credentials: ["api_token", "email", "key"]"#;
    assert!(token.contains(expected), "{token}");
    let pair = report(&[
        url,
        ("ACME_TOKEN", ""),
        ("ACME_EMAIL", "e"),
        ("ACME_KEY", "k"),
    ]);
    assert!(pair.contains(r#"credentials: ["email", "key"]"#), "{pair}");
}

#[test]
fn what_is_given_comes_before_the_environment() {
    let said = report_of("report_sent", &[("ACME_TOKEN", "t"), ("ACME_KEY", "other")]);
    assert!(said.contains(r#"["email", "key", "api_token"]"#), "{said}");
    assert!(said.contains(r#"("x-key", "k")"#), "{said}");
    assert!(!said.contains("authorization"), "{said}");
}

#[test]
fn an_incomplete_set_of_variables_is_an_error() {
    let error = report(&[
        ("ACME_BASE_URL", "http://a.b"),
        ("ACME_EMAIL", "e"),
        ("ACME_KEY", ""),
    ]);
    assert!(
        error.contains("set ACME_TOKEN, or ACME_EMAIL and ACME_KEY"),
        "{error}"
    );
    let error = report(&[("ACME_TOKEN", "t")]);
    let expected = "there is no server: call `base_url`, or set `ACME_BASE_URL`";
    assert!(error.contains(expected), "{error}");
}
