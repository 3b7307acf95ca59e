//! An optional property of a body is removed: major

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update("Ann").city("Rome").await
}

fn main() {}
