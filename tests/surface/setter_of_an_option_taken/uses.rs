//! A property is added that is called as the setter of an `Option` of another one is: major

use api::{Client, Error};

pub async fn send(client: &Client) -> Result<(), Error> {
    let born: Option<api::jiff::civil::Date> = "2001-02-03".parse().ok();
    client.profile().update("Ann").maybe_born(born).await
}

fn main() {}
