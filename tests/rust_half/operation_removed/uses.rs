//! An operation is removed: major

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<(), Error> {
    client.profiles().delete_profile().await
}

fn main() {}
