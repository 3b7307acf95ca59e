//! Whatever a server responds, nothing panics, and what is wrong ends in an error.

use crate::billing::{Sdk, build, builder};
use crate::schema;
use crate::server::Response;
use cloudflare_billing::Error;
use proptest::collection::vec;
use proptest::prelude::*;
use tokio::runtime::{Builder, Runtime};

const CARD: &str = "4242424242424242";

#[test]
fn any_bytes_in_any_response() {
    let sdk = Blocking::start();
    let content_type = prop::sample::select(vec!["application/json", "text/html", "", "\u{1}é"]);
    let encoding = prop::sample::select(vec!["identity", "gzip", "br", "?"]);
    proptest!(|(
        status in 200..=999_u16,
        content_type in content_type,
        encoding in encoding,
        body in vec(any::<u8>(), 0..200),
    )| {
        let response = Response::new(status, body)
            .header("content-type", content_type)
            .header("content-encoding", encoding);
        for error in sdk.errors(&response) {
            if status >= 300 {
                prop_assert!(matches!(error, Error::Api(_) | Error::Connect(_)), "{error:?}");
            }
        }
    });
}

#[test]
fn any_bytes_in_place_of_a_response() {
    let sdk = Blocking::start();
    let start = prop::sample::select(vec!["", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\n\r\n"]);
    proptest!(|(start in start, bytes in vec(any::<u8>(), 0..200))| {
        let errors = sdk.errors(&Response::raw([start.as_bytes(), &bytes].concat()));
        prop_assert_eq!(errors.len(), 2);
    });
}

#[test]
fn any_change_of_a_good_response() {
    let sdk = Blocking::start();
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
        sdk.errors(&Response::new(200, body).header("content-type", "application/json"));
    });
}

#[test]
fn a_card_is_hidden_wherever_a_response_ends() {
    let sdk = Blocking::start();
    let sample = schema::profile_example().to_string();
    assert!(sample.contains(CARD));
    proptest!(|(at in any::<prop::sample::Index>(), status in prop::sample::select(vec![200, 400]))| {
        let response = Response::json(status, &sample[..at.index(sample.len())]);
        let errors = sdk.errors(&response);
        prop_assert_eq!(errors.len(), 2);
        for error in errors {
            prop_assert!(!format!("{error:?}").contains(CARD), "{error:?}");
        }
    });
}

/// The SDK for code that isn't asynchronous, with a single attempt per call.
struct Blocking {
    runtime: Runtime,
    sdk: Sdk,
}

impl Blocking {
    fn start() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let mut sdk = runtime.block_on(Sdk::start());
        sdk.client = build(builder(&sdk.server).max_retries(0));
        Self { runtime, sdk }
    }

    /// The errors that the operations end in, each shown in every way.
    fn errors(&self, response: &Response) -> Vec<Error> {
        let profile = self.sdk.profile(response.clone());
        let profile = self.runtime.block_on(profile).err();
        let usage = self.sdk.usage(response.clone());
        let usage = self.runtime.block_on(usage).err();
        let errors: Vec<Error> = profile.into_iter().chain(usage).collect();
        for error in &errors {
            assert!(!error.to_string().is_empty());
            assert!(!format!("{error:?} {error:#?}").is_empty());
        }
        errors
    }
}
