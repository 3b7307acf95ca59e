//! An optional parameter becomes required: major

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    client.profiles().get("1").await
}

pub async fn call_with_an_option(client: &Client) -> Result<String, Error> {
    client.profiles().get("1").limit(3).await
}

fn main() {}
