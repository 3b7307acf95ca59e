//! An optional property of a body may not be null any more: major

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update("Ann").city_null().await
}

fn main() {}
