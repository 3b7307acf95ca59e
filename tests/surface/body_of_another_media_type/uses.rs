//! A body is sent as another media type: patch, fails at run time

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update("Ann").await
}

fn main() {}
