//! The items of all pages can be asked for: minor

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<usize, Error> {
    Ok(client.pets().list().limit(3).await?.len())
}

fn main() {}
