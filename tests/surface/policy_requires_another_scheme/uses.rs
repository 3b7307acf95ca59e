//! The policy requires another security scheme of all operations: major, fails at run time

use api::{Client, Credentials, Error};

pub async fn profile() -> Result<String, Error> {
    let client = Client::new(Credentials::token("secret"))?;
    client.profiles().get("1").await
}

fn main() {}
