//! A stream can no longer be asked for beside the success response: major

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<(), Error> {
    let mut profiles = client.profile().get().stream().await?;
    while let Some(profile) = profiles.next().await {
        println!("{}", profile?.name);
    }
    Ok(())
}

fn main() {}
