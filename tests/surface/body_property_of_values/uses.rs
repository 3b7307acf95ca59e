//! A property of a body has known values, and was any text: major

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update("Ann").age('y').await
}

fn main() {}
