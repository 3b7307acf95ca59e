//! A success response comes with another media type: patch, fails at run time

use api::{Client, Error, models};

pub async fn call(client: &Client) -> Result<models::Profile, Error> {
    client.profile().get().await
}

fn main() {}
