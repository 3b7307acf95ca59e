//! The data of the envelope is in another property: patch, fails at run time

use api::{Client, Error, models};

pub async fn call(client: &Client) -> Result<String, Error> {
    let profile: models::Profile = client.profile().get().await?;
    Ok(profile.name)
}

fn main() {}
