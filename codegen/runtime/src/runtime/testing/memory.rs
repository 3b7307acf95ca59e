//! The fake as the service of a client.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use reqwest::Body;

use super::reply::Reply;
use super::shared::{Received, Shared};

/// Responds within the process.
#[derive(Clone)]
pub(super) struct InMemory(pub(super) Arc<Shared>);

impl tower_service::Service<http::Request<Body>> for InMemory {
    type Response = http::Response<Body>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<http::Response<Body>>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        Box::pin(respond(self.0.clone(), request))
    }
}

/// Reads the request, and gives what is stated for it when its time has come.
pub(super) async fn respond(
    shared: Arc<Shared>,
    request: http::Request<Body>,
) -> io::Result<http::Response<Body>> {
    let (parts, body) = request.into_parts();
    // It has no other way of being read.
    let body = reqwest::Response::from(http::Response::new(body))
        .bytes()
        .await;
    let body = body.map_err(io::Error::other)?;
    let reply = shared.respond(Received { parts, body });
    if !reply.delay.is_zero() {
        tokio::time::sleep(reply.delay).await;
    }
    if reply.disconnects {
        return Err(io::Error::from(io::ErrorKind::ConnectionReset));
    }
    Ok(response(reply))
}

fn response(reply: Reply) -> http::Response<Body> {
    let mut response = http::Response::new(Body::from(reply.body));
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    response
}
