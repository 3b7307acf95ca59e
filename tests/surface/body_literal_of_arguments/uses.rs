//! What has to be given becomes too much for arguments: major

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update("1", "2", "3").await
}

fn main() {}
