//! An optional property is added to what is sent and received: minor

use api::{Client, Error, models};

pub async fn call(client: &Client) -> Result<String, Error> {
    let profile: models::Profile = client.profile().get().await?;
    Ok(profile.name)
}

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update("Ann").await
}

fn main() {}
