//! A security scheme is renamed: major

use api::{Client, Credentials, Error};

pub fn connect() -> Result<Client, Error> {
    Client::new(Credentials::token("secret"))
}

fn main() {}
