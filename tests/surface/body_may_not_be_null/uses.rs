//! A required body may be null no more: major

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update(None).await
}

fn main() {}
