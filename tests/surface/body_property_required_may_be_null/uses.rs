//! A required property of a body may be null: major

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update('A').await
}

fn main() {}
