//! The items of all pages can no longer be asked for: major

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<(), Error> {
    let mut pets = client.pets().list().items();
    while let Some(pet) = pets.next().await {
        println!("{}", pet?.name);
    }
    Ok(())
}

fn main() {}
