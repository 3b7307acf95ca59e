//! An optional body becomes required: major

use api::{Client, Error, models};

pub async fn send(client: &Client) -> Result<(), Error> {
    let profile = models::Profile::new("Ann");
    client.profile().update().body(&profile).await
}

fn main() {}
