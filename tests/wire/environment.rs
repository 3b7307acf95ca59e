//! A client that is configured by the environment, in a process of its own.

use std::process::{Command, Output};

use crate::billing::{EMAIL, KEY, TOKEN};
use crate::schema;
use crate::server::{Response, Sent, Server};

const TOKEN_VARIABLE: (&str, &str) = ("CLOUDFLARE_API_TOKEN", TOKEN);
const EMAIL_VARIABLE: (&str, &str) = ("CLOUDFLARE_EMAIL", EMAIL);
const KEY_VARIABLE: (&str, &str) = ("CLOUDFLARE_API_KEY", KEY);

#[tokio::test]
async fn a_token_is_taken() {
    let sent = sent_with(&[TOKEN_VARIABLE]).await;
    assert_eq!(authentication(&sent), [Some(TOKEN), None, None]);
}

#[tokio::test]
async fn an_email_and_a_key_are_taken() {
    let sent = sent_with(&[EMAIL_VARIABLE, KEY_VARIABLE]).await;
    assert_eq!(authentication(&sent), [None, Some(EMAIL), Some(KEY)]);
}

#[tokio::test]
async fn the_token_is_preferred() {
    let sent = sent_with(&[TOKEN_VARIABLE, EMAIL_VARIABLE, KEY_VARIABLE]).await;
    assert_eq!(authentication(&sent), [Some(TOKEN), None, None]);
}

#[tokio::test]
async fn an_empty_variable_counts_as_none() {
    let empty = ("CLOUDFLARE_API_TOKEN", "");
    let sent = sent_with(&[empty, EMAIL_VARIABLE, KEY_VARIABLE]).await;
    assert_eq!(authentication(&sent), [None, Some(EMAIL), Some(KEY)]);
}

#[tokio::test]
async fn missing_variables_are_named() {
    for half in [&[][..], &[EMAIL_VARIABLE], &[KEY_VARIABLE]] {
        let output = run(half.to_vec()).await;
        assert!(!output.status.success());
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        for name in [
            "CLOUDFLARE_API_TOKEN",
            "CLOUDFLARE_EMAIL",
            "CLOUDFLARE_API_KEY",
        ] {
            assert!(text.contains(name), "{name} isn't in {text}");
        }
        assert!(!text.contains(EMAIL) && !text.contains(KEY), "{text}");
    }
}

#[tokio::test]
async fn an_unusable_base_url_is_rejected() {
    let cases = [
        ("billing", "relative URL"),
        ("ftp://example.com", "neither http nor https"),
        ("http://user:pass-w0rd@example.com", "a user or a password"),
        ("http://example.com/?key=1", "a query"),
    ];
    for (url, reason) in cases {
        let output = run(vec![TOKEN_VARIABLE, ("CLOUDFLARE_BASE_URL", url)]).await;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(text.contains(reason), "{url}: {text}");
        assert!(!text.contains("pass-w0rd"), "{text}");
        assert!(!text.contains(TOKEN), "{text}");
    }
}

/// The one request of the application, which must succeed.
async fn sent_with(variables: &[(&'static str, &str)]) -> Sent {
    let server = Server::start([Response::json(200, schema::usage_examples().remove(0))]).await;
    let mut variables: Vec<_> = variables
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    variables.push(("CLOUDFLARE_BASE_URL", server.url("/client/v4")));
    let output = run(variables).await;
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "0.75\n");
    server.only()
}

/// Runs the application with these variables of the SDK's and no others.
async fn run<V>(variables: Vec<(&'static str, V)>) -> Output
where
    V: AsRef<std::ffi::OsStr> + Send + 'static,
{
    let mut command = Command::new(env!("CARGO_BIN_EXE_application"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CLOUDFLARE_") {
            command.env_remove(name);
        }
    }
    command.envs(variables);
    let output = tokio::task::spawn_blocking(move || command.output()).await;
    output
        .expect("no panic")
        .expect("the application can be run")
}

/// The token, the email and the key of a request.
fn authentication(sent: &Sent) -> [Option<&str>; 3] {
    let token = sent.header("authorization");
    [
        token.map(|value| value.strip_prefix("Bearer ").expect("a bearer token")),
        sent.header("x-auth-email"),
        sent.header("x-auth-key"),
    ]
}
