//! A required body may be null now: minor

use api::{Client, Error, models};

pub async fn send(client: &Client) -> Result<(), Error> {
    let profile = models::Profile::new("Ann");
    client.profile().update(&profile).await
}

fn main() {}
