//! The style of a parameter changes: patch, fails at run time

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    client.profiles().get("1").await
}

pub async fn call_with_an_option(client: &Client) -> Result<String, Error> {
    client.profiles().get("1").fields(["name"]).await
}

fn main() {}
