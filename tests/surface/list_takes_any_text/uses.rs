//! The numbers of a list become texts: minor

use api::{Client, Error};

pub async fn call(client: &Client) -> Result<String, Error> {
    client.profiles().list([1, 2]).await
}

pub async fn call_with_an_option(client: &Client) -> Result<String, Error> {
    client.profiles().list(vec![1]).limits([3]).await
}

fn main() {}
