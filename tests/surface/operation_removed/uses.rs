//! An operation is removed: major

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<(), Error> {
    client.profile().delete().await
}

fn main() {}
