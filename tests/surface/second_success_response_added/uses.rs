//! A second 2xx of another type is added: major

use api::{Client, Error, models};

pub async fn call(client: &Client) -> Result<String, Error> {
    let profile: models::Profile = client.profile().get().await?;
    Ok(profile.name)
}

fn main() {}
