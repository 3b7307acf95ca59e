//! The policy says how to wait for what a call starts: minor

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    Ok(client.jobs().create().await?.id)
}

fn main() {}
