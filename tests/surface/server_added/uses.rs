//! A server with a variable is added: minor

use api::{Client, Error, Server};

pub fn client() -> Result<Client, Error> {
    Client::builder().server(Server::Sandbox).build()
}

fn main() {}
