//! What an application sees that has the feature `tracing`.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::billing::{ACCOUNT, client, success};
use crate::server::{Response, Server};

#[tokio::test]
async fn what_a_response_contradicts_is_traced_without_its_values() {
    known().await;
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .without_time()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let traced = tracing::subscriber::set_default(subscriber);
    let server = Server::start([success(&json!({ "card_expiry_year": "canary" }))]).await;
    let profile = client(&server).billing().profiles().get(ACCOUNT).await;
    drop(traced);
    assert_eq!(profile.unwrap().card_expiry_year, None);
    assert_eq!(
        log.text(),
        " WARN cloudflare_billing::runtime::trace: the response contradicts the description of the API \
         http.request.method=\"GET\" url.template=\"/accounts/{account_id}/billing/profile\" \
         path=\"result.card_expiry_year\" expected=\"an integer\" found=\"a string\"\n"
    );
}

#[tokio::test]
async fn a_call_is_a_span_and_each_attempt_an_event() {
    known().await;
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .without_time()
        .with_ansi(false)
        .with_max_level(tracing::Level::DEBUG)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::CLOSE)
        .with_writer(move || writer.clone())
        .finish();
    let traced = tracing::subscriber::set_default(subscriber);
    let rejected = Response::json(503, "{}");
    let server = Server::start([rejected, success(&json!({}))]).await;
    let profile = client(&server).billing().profiles().get(ACCOUNT).await;
    drop(traced);
    profile.unwrap();
    let log = log.text();
    let own: Vec<&str> = log
        .lines()
        .filter(|line| line.contains("cloudflare_billing"))
        .collect();
    let [first, second, close] = own.as_slice() else {
        panic!("two attempts and the end of a span: {log}");
    };
    for (attempt, status) in [(first, 503), (second, 200)] {
        assert!(
            attempt.contains(&format!("http.response.status_code={status}")),
            "{attempt}"
        );
    }
    for told in [
        "otel.kind=\"client\"",
        "otel.name=GET /accounts/{account_id}/billing/profile",
        "server.address=\"127.0.0.1",
        "http.response.status_code=200",
        "http.request.resend_count=1",
    ] {
        assert!(close.contains(told), "{close}");
    }
    assert!(!log.contains(ACCOUNT), "{log}");
}

/// Makes what is traced known: a place that another thread makes known while a subscriber comes is never asked about.
async fn known() {
    let odd = success(&json!({ "card_expiry_year": "odd" }));
    let server = Server::start([Response::json(503, "{}"), odd]).await;
    let profile = client(&server).billing().profiles().get(ACCOUNT).await;
    assert!(profile.is_ok());
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        let bytes = self.0.lock().expect("no writer panics");
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no writer panics").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
