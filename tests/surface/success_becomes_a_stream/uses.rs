//! The success response is a stream of what it was: major

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    Ok(client.profile().get().await?.name)
}

fn main() {}
