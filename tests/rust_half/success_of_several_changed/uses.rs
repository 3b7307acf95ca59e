//! What one of several successes holds is another type: major

use api::resources::profiles::GetProfileOutcome;
use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    Ok(match client.profiles().get_profile().await? {
        GetProfileOutcome::Ok(profile) => profile.name,
        GetProfileOutcome::Accepted(text) => text,
        _ => String::new(),
    })
}

fn main() {}
