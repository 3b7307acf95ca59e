//! A stream can be asked for beside the success response: minor

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    Ok(client.profile().get().await?.name)
}

fn main() {}
