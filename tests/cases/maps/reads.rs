//! An entry that is of another type is kept in `extra`, and goes back to its map when it is written.

use api::Client;
use serde_json::json;

use crate::server::{Response, Server, outcome};

pub fn reads() {
    let given = json!({
        "counts": { "a": 1, "b": [2] },
        "deep": { "x": { "y": 1, "z": { "free": 2 } } },
        "listed": { "some": [{ "id": "1" }], "none": "" },
    });
    let body = given.to_string();
    let server = Server::start(move |_| Response::json(&body));
    let client = Client::builder().base_url(&server.url).build().unwrap();
    let maps = outcome(client.maps().get().with_response().into_future()).unwrap();
    let found = maps.deviations().iter().map(|one| one.path()).collect::<Vec<_>>();
    assert_eq!(found, ["counts.b", "deep.x.y", "listed.none"]);
    let maps = maps.into_data();
    assert_eq!((maps.counts.len(), maps.counts["a"]), (1, 1));
    assert_eq!(maps.deep.as_ref().unwrap()["x"]["z"]["free"], 2);
    assert_eq!(maps.listed.as_ref().unwrap()["some"].len(), 1);
    assert_eq!(maps.extra["deep"], json!({ "x": { "y": 1 } }));
    assert_eq!(json!(maps), given);
}
