//! A server is removed, and with it the choice: major

use api::{Client, Error, Server};

pub fn client() -> Result<Client, Error> {
    Client::builder().server(Server::Sandbox).build()
}

fn main() {}
