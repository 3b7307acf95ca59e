//! What holds of the types, and of the crate in its application.

use std::collections::BTreeSet;

use crate::billing::{Sdk, success};
use cloudflare_billing::models::{Profile, UsageRecord};
use cloudflare_billing::resources::billing::{profiles, usage};
use cloudflare_billing::{Client, ClientBuilder, Credentials, Error, Response};
use serde_json::{Value, json};

const fn is_send<T: Send + 'static>(_: &T) {}
const fn is_shared<T: Clone + Send + Sync + 'static>() {}
const fn is_sent<T: Send + Sync + 'static>() {}

const _: () = {
    is_shared::<Client>();
    is_shared::<ClientBuilder>();
    is_shared::<Credentials>();
    is_shared::<Profile>();
    is_shared::<UsageRecord>();
    is_sent::<Error>();
    is_sent::<Response<Profile>>();
    is_sent::<profiles::GetRequest>();
    is_sent::<usage::PaygoRequest>();
};

#[test]
fn futures_can_be_spawned() {
    let client = Client::new(Credentials::api_token("x")).unwrap();
    let billing = client.billing();
    is_send(&billing.profiles().get("a").into_future());
    is_send(&billing.profiles().get("a").with_response());
    is_send(&billing.usage().paygo("a").into_future());
    is_send(&billing.usage().paygo("a").with_response());
    is_send(&client.get::<Value>("/").into_future());
    is_send(&client.get::<Value>("/").with_response());
    // None of them holds on to the client.
    drop((billing, client));
}

#[tokio::test]
async fn a_client_is_shared_by_many_tasks() {
    let Sdk { server, client } = Sdk::start().await;
    server.respond([success(&json!({"id": "a"}))]);
    let tasks = (0..20).map(|account| {
        let client = client.clone();
        tokio::spawn(async move { client.billing().profiles().get(account).await })
    });
    for task in tasks.collect::<Vec<_>>() {
        assert!(task.await.unwrap().is_ok());
    }
    let accounts: BTreeSet<String> = server.take().into_iter().map(|one| one.target).collect();
    assert_eq!(accounts.len(), 20);
}

#[tokio::test]
async fn a_request_that_is_not_awaited_is_not_sent() {
    let Sdk { server, client } = Sdk::start().await;
    drop(client.billing().profiles().get("a").into_future());
    drop(client.billing().profiles().get("b").with_response());
    server.respond([success(&json!({}))]);
    client.billing().profiles().get("c").await.unwrap();
    assert!(server.only().target.contains("/accounts/c/"));
}

#[test]
fn errors_are_like_everybody_elses() {
    fn boxed() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Client::builder().build()?;
        Ok(())
    }
    let error = boxed().unwrap_err();
    assert!(matches!(
        error.downcast_ref(),
        Some(Error::Configuration(_))
    ));
}

#[test]
fn a_profile_can_be_made_field_by_field() {
    let mut profile = Profile::default();
    profile.city = Some("Anytown".to_owned());
    profile.extra.insert("new".to_owned(), 1.into());
    assert_eq!(
        serde_json::to_string(&profile).unwrap(),
        r#"{"city":"Anytown","new":1}"#
    );
}

/// The feature would change how each crate of an application reads and writes numbers.
#[test]
fn numbers_of_other_crates_are_left_alone() {
    let number: Value = serde_json::from_str("1.10").unwrap();
    assert_eq!(
        number.to_string(),
        "1.1",
        "serde_json/arbitrary_precision is enabled"
    );
}
