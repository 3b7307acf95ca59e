//! A response is added to a success that is one of several: minor

use api::resources::profile::GetOutcome;
use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    Ok(match client.profile().get().await? {
        GetOutcome::Ok(profile) => profile.name,
        GetOutcome::Accepted(text) => text,
        _ => String::new(),
    })
}

fn main() {}
