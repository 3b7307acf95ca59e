//! An optional property of a body is added: minor

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update("Ann").await
}

fn main() {}
