//! The setter of a property is an argument's name now: major

use api::{Client, Error};

pub async fn edit(client: &Client) -> Result<(), Error> {
    client.users().edit(1).id(7).await
}

fn main() {}
