//! A property of the body of an error is removed: major

use api::{Client, Error, models};

pub async fn call(client: &Client) -> Option<String> {
    match client.profile().get().await {
        Err(Error::Api(error)) => error.read::<models::GetProfileNotFound>().ok()?.reason,
        _ => None,
    }
}

fn main() {}
