//! The style of a list in a path changes: patch, fails at run time

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    client.profiles().get(["1", "2"]).await
}

fn main() {}
