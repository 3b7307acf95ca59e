//! What a response without a body says in its headers.

use api::{Client, headers};

use crate::server::{Response, Server, outcome};

pub fn reads() {
    let created = Response::json("").status(201);
    let created = created.header("location", "/jobs/7").header("x-position", "3");
    let server = Server::of([created]);
    let client = Client::builder().base_url(&server.url).build().unwrap();
    outcome(async {
        let response = client.jobs().create().with_response().await.unwrap();
        let location = response.read_header(headers::LOCATION).unwrap();
        assert_eq!(location.as_deref(), Some("/jobs/7"));
    });
}
