//! A prefix moves from the server into the paths: patch

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    client.profiles().get("1").await
}

fn main() {}
