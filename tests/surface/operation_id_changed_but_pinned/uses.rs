//! An operationId and a tag change where the name is pinned: none

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    client.profiles().get_profile("1").await
}

fn main() {}
