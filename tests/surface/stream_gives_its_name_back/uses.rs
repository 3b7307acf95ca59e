//! The setter of a property is in place of the call for a stream: major

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<(), Error> {
    let mut replies = client.replies().create().stream().await?;
    while let Some(reply) = replies.next().await {
        println!("{}", reply?.text);
    }
    Ok(())
}

fn main() {}
