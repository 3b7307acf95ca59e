//! An optional property is added to what is sent and received: minor

use api::{Client, Error, models};

pub async fn call(client: &Client) -> Result<String, Error> {
    let profile: models::Profile = client.profile().get().await?;
    Ok(profile.name)
}

pub async fn send(client: &Client) -> Result<(), Error> {
    let profile = models::Profile::new("Ann");
    client.profile().update(&profile).await
}

fn main() {}
