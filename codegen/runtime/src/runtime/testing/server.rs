//! The fake as a server at a port of this machine.

use std::net::Ipv4Addr;
use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use reqwest::Body;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::memory;
use super::shared::Shared;

/// A port that is free, and its URL.
pub(super) async fn bind() -> (TcpListener, String) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let listener = listener.unwrap_or_else(|error| panic!("the fake has no port: {error}"));
    let address = listener.local_addr();
    let address = address.unwrap_or_else(|error| panic!("the fake has no address: {error}"));
    (listener, format!("http://{address}"))
}

/// Takes connections until it is dropped, which ends them.
pub(super) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        if let Ok((stream, _)) = listener.accept().await {
            connections.spawn(connection(stream, shared.clone()));
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    let respond = service_fn(|request: hyper::Request<hyper::body::Incoming>| {
        memory::respond(shared.clone(), request.map(Body::wrap))
    });
    // A connection that breaks is the client's to notice.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), respond)
        .await;
}
