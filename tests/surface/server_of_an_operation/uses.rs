//! An operation gets a server of its own: patch, fails at run time

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    client.profiles().get("1").await
}

fn main() {}
