//! An API without authentication gets one: major

use api::{Client, Error};

pub fn connect() -> Result<Client, Error> {
    Client::new()
}

fn main() {}
