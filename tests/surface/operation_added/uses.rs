//! An operation is added: minor

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    client.profile().get().await
}

fn main() {}
