//! The bodies of errors are exchanged: patch, fails at run time

use api::{Client, Error, models};

pub async fn call(client: &Client) -> Option<String> {
    match client.profile().get().await {
        Err(Error::Api(error)) if error.is_not_found() => {
            error.read::<models::Problem>().ok().map(|problem| problem.title)
        }
        Err(Error::Api(error)) => error.read::<models::Fault>().ok().map(|fault| fault.name),
        _ => None,
    }
}

fn main() {}
