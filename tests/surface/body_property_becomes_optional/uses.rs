//! A required property of a body becomes optional: major

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update("Ann", "Rome").await
}

fn main() {}
