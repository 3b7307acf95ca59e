//! A required parameter is added: major

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    client.profiles().get("1").await
}

fn main() {}
