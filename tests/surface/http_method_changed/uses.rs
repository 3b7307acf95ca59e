//! The HTTP method changes from PUT to DELETE: major, fails at run time

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    client.profiles().update("1").await
}

fn main() {}
