//! A required body may be null no more: major

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profiles().put_profile(None).await
}

fn main() {}
