//! An optional body becomes required: major

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update().name("Ann").await
}

fn main() {}
