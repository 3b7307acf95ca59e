//! An optional body becomes required: major

use api::{Client, Error, models};

pub async fn send(client: &Client) -> Result<(), Error> {
    let profile = models::Profile::new("Ann");
    client.profiles().put_profile().body(&profile).await
}

fn main() {}
