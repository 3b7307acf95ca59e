//! What is sent again says so in another header: patch

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<(), Error> {
    client.profile().get().await
}

fn main() {}
