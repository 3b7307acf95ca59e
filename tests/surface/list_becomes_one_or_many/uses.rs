//! A list becomes a value or a list, which an iterator is not: major

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update("Ann").tags(["a", "b"].into_iter()).await
}

fn main() {}
