//! A property of a body is a number, and was a text: major

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update("Ann").age("3").await
}

fn main() {}
