//! Whatever an argument holds, it arrives as it was given.

use crate::billing::{client, success};
use crate::server::{Sent, Server};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use serde_json::{Value, json};
use tokio::runtime;

use crate::properties::strategies::text;

#[test]
fn an_account_arrives_as_given() {
    let runtime = runtime();
    let server = runtime.block_on(Server::start([success(&json!({}))]));
    let profiles = client(&server).billing().profiles();
    proptest!(|(account in text())| {
        prop_assume!(!is_rejected(&account));
        runtime.block_on(profiles.get(&account).into_future()).expect("a profile");
        let sent = server.only();
        let segments: Vec<&str> = sent.target.split('/').collect();
        prop_assert_eq!(segments.len(), 7);
        prop_assert_eq!(
            [&segments[..4], &segments[5..]].concat(),
            ["", "client", "v4", "accounts", "billing", "profile"]
        );
        prop_assert_eq!(decoded(segments[4]), account);
    });
}

#[test]
fn a_query_arrives_as_given() {
    let runtime = runtime();
    let server = runtime.block_on(Server::start([success(&json!([]))]));
    let usage = client(&server).billing().usage();
    proptest!(|(pairs in proptest::collection::vec((text(), text()), 1..4))| {
        let request = pairs.iter().fold(usage.paygo("a"), |request, (name, value)| {
            request.query(name, value)
        });
        runtime.block_on(request.into_future()).expect("records");
        prop_assert_eq!(pairs_of(&server.only()), pairs);
    });
}

#[test]
fn an_own_path_never_leaves_the_base_url() {
    let runtime = runtime();
    let server = runtime.block_on(Server::start([success(&json!({}))]));
    let client = client(&server);
    let part = prop_oneof![
        text(),
        prop::sample::select(vec!["/", "..", ".", "%2e", "\\", "//", "?", ":", "@"])
            .prop_map(str::to_owned),
    ];
    proptest!(|(parts in proptest::collection::vec(part, 0..6))| {
        let path = format!("/{}", parts.concat());
        let result = runtime.block_on(client.get::<Value>(path).into_future());
        let sent = server.take();
        prop_assert_eq!(sent.len(), usize::from(result.is_ok()));
        for sent in sent {
            prop_assert!(sent.target.starts_with("/client/v4/"), "{}", sent.target);
        }
    });
}

fn is_rejected(account: &str) -> bool {
    let account = account.to_ascii_lowercase().replace("%2e", ".");
    matches!(account.as_str(), "" | "." | "..")
}

fn runtime() -> runtime::Runtime {
    let mut builder = runtime::Builder::new_current_thread();
    builder.enable_all().build().expect("a runtime")
}

fn pairs_of(sent: &Sent) -> Vec<(String, String)> {
    let pairs = sent.query().expect("a query").split('&');
    let pairs = pairs.map(|pair| pair.split_once('=').expect("a value"));
    pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text)
        .decode_utf8()
        .expect("text")
        .into_owned()
}
