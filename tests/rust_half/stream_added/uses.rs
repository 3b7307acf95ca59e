//! A stream can be asked for beside the success response: minor

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    Ok(client.profiles().get_profile().await?.name)
}

fn main() {}
