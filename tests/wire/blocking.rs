//! What a program sees that is not async, and has the feature `blocking`.

use cloudflare_billing::{Client, Error, Pages, Pagination};
use serde_json::json;
use tokio::runtime::{Builder, Runtime};

use crate::billing::{ACCOUNT, client, success};
use crate::server::{Response, Server};

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
fn such_a_program_iterates_over_the_items_of_pages() {
    let runtime = runtime();
    let page = |items: &[u32]| Response::json(200, json!(items));
    let pages = [page(&[1, 2]), page(&[3]), page(&[])];
    let server = runtime.block_on(async { Server::start(pages).await });
    let items = numbers(&client(&server)).into_items().blocking();
    let items: Result<Vec<u32>, Error> = items.collect();
    assert_eq!(items.expect("they are read"), [1, 2, 3]);
    assert_eq!(server.take().len(), 3);
}

#[test]
fn an_async_program_that_iterates_gets_one_error() {
    let runtime = runtime();
    let errors: Vec<_> = runtime.block_on(async {
        let server = Server::start([]).await;
        numbers(&client(&server)).blocking().collect()
    });
    assert!(
        matches!(errors[..], [Err(Error::Configuration(_))]),
        "{errors:?}"
    );
}

fn numbers(client: &Client) -> Pages<u32> {
    let request = client.get::<Vec<u32>>("/numbers");
    request.pages(Pagination::number("page"), |items| items)
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

#[test]
fn what_a_runtime_lets_block_may() {
    let mut of_one_thread = Builder::new_current_thread();
    let of_one_thread = of_one_thread.enable_all().build().expect("a runtime");
    for runtime in [runtime(), of_one_thread] {
        let server = runtime.block_on(Server::start([success(&json!({})), success(&json!({}))]));
        let client = client(&server);
        let profile = runtime.block_on(async {
            let profiles = client.billing().profiles();
            // The connection that this makes is the runtime's, and can be the other's, too.
            profiles.get(ACCOUNT).await.expect("a profile");
            let call = move || profiles.get(ACCOUNT).blocking();
            tokio::task::spawn_blocking(call).await.expect("no panic")
        });
        profile.expect("a profile");
        assert_eq!(server.take().len(), 2);
    }
}

#[test]
fn a_task_of_an_async_program_is_not_stopped() {
    let runtime = runtime();
    let error = runtime.block_on(async {
        let server = Server::start([]).await;
        let profiles = client(&server).billing().profiles();
        let call = tokio::spawn(async move { profiles.get(ACCOUNT).blocking() });
        call.await
            .expect("no panic")
            .expect_err("it is called in a task")
    });
    assert!(matches!(error, Error::Configuration(_)), "{error:?}");
}

#[test]
fn where_a_runtime_is_only_entered_calls_wait() {
    let runtime = runtime();
    let server = runtime.block_on(Server::start([success(&json!({}))]));
    let _entered = runtime.enter();
    let profile = client(&server).billing().profiles().get(ACCOUNT).blocking();
    profile.expect("a profile");
}

fn runtime() -> Runtime {
    let mut runtime = Builder::new_multi_thread();
    runtime
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime")
}
