//! A required property is added to what is received: minor

use api::{Client, Error, models};

pub async fn call(client: &Client) -> Result<String, Error> {
    let profile: models::Profile = client.profile().get().await?;
    Ok(profile.name)
}

fn main() {}
