//! A required body may be null now: minor

use std::collections::BTreeMap;

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    let profile = BTreeMap::from([("name".to_owned(), "Ann".to_owned())]);
    client.profile().update(&profile).await
}

fn main() {}
