//! A flow of OAuth 2.0 is removed: major, fails at run time

use api::{Client, Credentials, Error, OAuth2};

pub fn connect() -> Result<Client, Error> {
    let tokens = OAuth2::client_credentials("application", "secret").scopes(["read"]);
    Client::new(Credentials::login(tokens))
}

fn main() {}
