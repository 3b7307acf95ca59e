//! What says that it did not go well is an error, whatever its status.

use api::testing::Fake;
use api::{Error, models};
use serde_json::json;

use crate::server::outcome;

pub fn reads() {
    outcome(calls()).unwrap();
}

async fn calls() -> Result<(), Error> {
    let fake = Fake::in_memory();
    let client = fake.client();
    fake.messages().create().returns_json(json!({"ok": true, "ts": "1"}));
    assert_eq!(client.messages().create("a").await?.ts, "1");
    let failed = Fake::in_memory();
    let client = failed.client();
    failed.messages().create().returns_json(json!({"ok": false, "error": "no_text"}));
    let Err(Error::Api(error)) = client.messages().create("").await else {
        panic!("it failed");
    };
    assert!(error.to_string().contains("no_text"), "{error}");
    let failure: models::Failure = error.read().unwrap();
    assert_eq!(failure.error, "no_text");
    failed.messages().search().returns_json(json!({"ok": false, "error": "no_query"}));
    assert!(client.messages().search().await.is_err());
    // Whatever else may come in its place.
    let rejected = json!({"ok": false, "error": "no_room"});
    failed.rooms().get().returns_json(rejected.clone());
    assert!(matches!(client.rooms().get().await, Err(Error::Api(_))));
    failed.rooms().update().returns_json(rejected.clone());
    assert!(matches!(client.rooms().update().await, Err(Error::Api(_))));
    failed.rooms().create().returns_json(rejected);
    assert!(matches!(client.rooms().create().await, Err(Error::Api(_))));
    Ok(())
}
