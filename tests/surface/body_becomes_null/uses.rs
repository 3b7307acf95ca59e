//! A body of properties may be null: none

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update("Ann").await
}

fn main() {}
