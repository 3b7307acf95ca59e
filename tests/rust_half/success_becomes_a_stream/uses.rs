//! The success response is a stream of what it was: major

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    Ok(client.profiles().get_profile().await?.name)
}

fn main() {}
