//! What a program sees that is not async, and has the feature `blocking`.

use serde_json::json;
use tokio::runtime::{Builder, Runtime};

use crate::billing::{ACCOUNT, client, success};
use crate::server::Server;

#[test]
fn a_program_that_is_not_async_waits_for_its_calls() {
    let runtime = runtime();
    let empty = || success(&json!({}));
    let server = runtime.block_on(async { Server::start([empty(), empty()]).await });
    let client = client(&server);
    // The second call is made over the connection of the first, which the shared runtime keeps.
    for _ in 0..2 {
        let profile = client.billing().profiles().get(ACCOUNT).blocking();
        assert_eq!(profile.expect("a profile").card_expiry_year, None);
    }
    assert_eq!(server.take().len(), 2);
}

#[test]
fn an_async_program_is_not_stopped() {
    let runtime = runtime();
    let error = runtime.block_on(async {
        let server = Server::start([]).await;
        let profile = client(&server).billing().profiles().get(ACCOUNT).blocking();
        profile.expect_err("it is called within a runtime")
    });
    let text = error.to_string();
    assert!(text.contains("await the request there"), "{text}");
}

fn runtime() -> Runtime {
    let mut runtime = Builder::new_multi_thread();
    runtime
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime")
}
