//! An optional property is added to what is sent and received: minor

use api::{Client, Error, models};

pub async fn call(client: &Client) -> Result<String, Error> {
    let profile: models::Profile = client.profiles().get_profile().await?;
    Ok(profile.name)
}

pub async fn send(client: &Client) -> Result<(), Error> {
    let profile = models::Profile::new("Ann");
    client.profiles().put_profile(&profile).await
}

fn main() {}
