//! The items of an optional list may be lists, too: major

use api::models::Line;
use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    let lines = Some(vec![Line::from("l")]);
    let address = api::models::Address::new("s").lines(lines);
    client.profile().update("Ann").address(address).await
}

fn main() {}
