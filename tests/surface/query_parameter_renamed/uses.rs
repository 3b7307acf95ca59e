//! A required parameter of the query is renamed: patch, fails at run time

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    client.profiles().get("1", 3).await
}

fn main() {}
