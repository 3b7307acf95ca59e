//! What carries requests where there are sockets and threads.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::redirect::Policy;
use reqwest::{Body, Client, Error, Request, Url};
use tower_service::Service;

use super::{Cause, Transport, is_same_origin};

pub use reqwest::{Body as Incoming, Response};

pub const STRAYED: &str = "the HTTP client followed a redirect to another origin by itself: build it \
                           with `redirect::Policy::none()`";

/// A client that leaves redirects to the crate.
pub fn client() -> Result<Client, Error> {
    Client::builder().redirect(Policy::none()).build()
}

/// The response, and whether it is of the origin of `asked`.
pub fn send<'a>(
    client: &Client,
    request: Request,
    asked: &'a Url,
) -> impl Future<Output = Result<(Response, bool), Error>> + use<'a> {
    let sending = client.execute(request);
    async move {
        let response = sending.await?;
        let is_of_asked = is_same_origin(response.url(), asked);
        Ok((response, is_of_asked))
    }
}

/// Whether no server was reached at all.
pub fn is_unreached(error: &Error) -> bool {
    error.is_connect()
}

/// The error without the address, whose query may hold a credential.
pub fn cause(error: Error) -> Cause {
    Box::new(error.without_url())
}

/// A service of the application's own.
#[derive(Clone)]
pub struct Carrier(Arc<dyn Carry>);

/// A service whose types are forgotten.
trait Carry: Send + Sync {
    fn carry(&self, request: http::Request<Body>) -> Carried;
}

pub type Carried = Pin<Box<dyn Future<Output = Result<http::Response<Body>, Cause>> + Send>>;

struct Forgotten<S>(S);

impl Transport {
    pub(in crate::runtime) fn of_service<S, B>(service: S) -> Self
    where
        S: Service<http::Request<Body>, Response = http::Response<B>>
            + Clone
            + Send
            + Sync
            + 'static,
        S::Error: Into<Cause>,
        S::Future: Send,
        B: http_body::Body<Data = Bytes> + Send + Sync + 'static,
        B::Error: Into<Cause>,
    {
        Self::Service(Carrier(Arc::new(Forgotten(service))))
    }
}

impl Carrier {
    pub fn begin(&self, request: Request) -> Result<Carried, Error> {
        let request = http::Request::try_from(request)?;
        Ok(self.0.carry(request))
    }
}

impl<S, B> Carry for Forgotten<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<Cause>,
    S::Future: Send,
    B: http_body::Body<Data = Bytes> + Send + Sync + 'static,
    B::Error: Into<Cause>,
{
    fn carry(&self, request: http::Request<Body>) -> Carried {
        let mut service = self.0.clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(Into::into)?;
            let response = service.call(request).await.map_err(Into::into)?;
            Ok(response.map(Body::wrap))
        })
    }
}
