//! A required property of a body is added: major

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update("Ann").await
}

fn main() {}
