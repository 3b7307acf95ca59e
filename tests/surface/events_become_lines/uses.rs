//! Events become lines, which cannot be asked for after the last one: major, fails at run time

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<(), Error> {
    let mut pets = client.pets().watch().reconnecting();
    while let Some(pet) = pets.next().await {
        println!("{}", pet?.name);
    }
    Ok(())
}

fn main() {}
