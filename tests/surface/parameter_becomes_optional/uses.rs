//! A required parameter becomes optional: major

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    client.profiles().get("1", 3).await
}

fn main() {}
