//! Whatever a server answers, nothing panics, and what is wrong ends in an error.

use cloudflare_billing::{Client, Error};
use proptest::collection::vec;
use proptest::prelude::*;
use tests::billing::{build, builder};
use tests::schema;
use tests::server::{Answer, Server};
use tokio::runtime::{Builder, Runtime};

const CARD: &str = "4242424242424242";

#[test]
fn any_bytes_in_any_answer() {
    let sdk = Sdk::start();
    let content_type = prop::sample::select(vec!["application/json", "text/html", "", "\u{1}é"]);
    let encoding = prop::sample::select(vec!["identity", "gzip", "br", "?"]);
    proptest!(|(
        status in 200..=999_u16,
        content_type in content_type,
        encoding in encoding,
        body in vec(any::<u8>(), 0..200),
    )| {
        let answer = Answer::new(status, body)
            .header("content-type", content_type)
            .header("content-encoding", encoding);
        for error in sdk.errors(answer) {
            if status >= 300 {
                prop_assert!(matches!(error, Error::Api(_) | Error::Connect(_)), "{error:?}");
            }
        }
    });
}

#[test]
fn any_bytes_in_place_of_an_answer() {
    let sdk = Sdk::start();
    let start = prop::sample::select(vec!["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\n\r\n"]);
    proptest!(|(start in start, bytes in vec(any::<u8>(), 0..200))| {
        let errors = sdk.errors(Answer::raw([start.as_bytes(), &bytes].concat()));
        prop_assert_eq!(errors.len(), 2);
    });
}

#[test]
fn any_change_of_a_good_answer() {
    let sdk = Sdk::start();
    let samples = [vec![schema::profile_example()], schema::usage_examples()].concat();
    let samples: Vec<String> = samples.iter().map(ToString::to_string).collect();
    proptest!(|(
        sample in prop::sample::select(samples),
        at in any::<prop::sample::Index>(),
        removed in 0..20_usize,
        inserted in vec(any::<u8>(), 0..4),
    )| {
        let mut body = sample.into_bytes();
        let at = at.index(body.len());
        let end = (at + removed).min(body.len());
        body.splice(at..end, inserted);
        sdk.errors(Answer::new(200, body).header("content-type", "application/json"));
    });
}

#[test]
fn a_card_is_hidden_wherever_an_answer_ends() {
    let sdk = Sdk::start();
    let sample = schema::profile_example().to_string();
    assert!(sample.contains(CARD));
    proptest!(|(at in any::<prop::sample::Index>(), status in prop::sample::select(vec![200, 400]))| {
        let answer = Answer::json(status, &sample[..at.index(sample.len())]);
        let errors = sdk.errors(answer);
        prop_assert_eq!(errors.len(), 2);
        for error in errors {
            prop_assert!(!format!("{error:?}").contains(CARD), "{error:?}");
        }
    });
}

/// A server with a client.
struct Sdk {
    runtime: Runtime,
    server: Server,
    client: Client,
}

impl Sdk {
    fn start() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let server = runtime.block_on(Server::start([]));
        let client = build(builder(&server).max_retries(0));
        Self {
            runtime,
            server,
            client,
        }
    }

    /// The errors that the operations end in, each shown in every way.
    fn errors(&self, answer: Answer) -> Vec<Error> {
        self.server.answer([answer]);
        let billing = self.client.billing();
        let profile = self
            .runtime
            .block_on(billing.profiles().get("a").into_future());
        let usage = self
            .runtime
            .block_on(billing.usage().paygo("a").into_future());
        let errors: Vec<Error> = profile.err().into_iter().chain(usage.err()).collect();
        for error in &errors {
            assert!(!error.to_string().is_empty());
            assert!(!format!("{error:?} {error:#?}").is_empty());
        }
        errors
    }
}
