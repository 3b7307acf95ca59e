//! An API key goes into another header: patch, fails at run time

use api::{Client, Credentials, Error};

pub fn connect() -> Result<Client, Error> {
    Client::new(Credentials::token("secret"))
}

fn main() {}
