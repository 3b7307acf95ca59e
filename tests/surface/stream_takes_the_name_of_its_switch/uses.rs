//! A call for a stream is in place of the setter of the property that asks for one: major

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    Ok(client.replies().create().stream(false).await?.text)
}

fn main() {}
