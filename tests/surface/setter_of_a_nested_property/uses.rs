//! An optional property is added to what a request nests: minor

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    let address = api::models::Address::new("s").city("c");
    client.profile().update("Ann").address(address).await
}

fn main() {}
