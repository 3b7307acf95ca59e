//! A property of what has to be given in a struct may be null: major

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    client.profile().update(api::models::Profile { a: "1".to_owned(), b: "2".to_owned(), c: "3".to_owned(), d: "4".to_owned() }).await
}

fn main() {}
