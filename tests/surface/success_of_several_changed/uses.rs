//! What one of several successes holds is another type: major

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
