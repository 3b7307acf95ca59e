//! What carries requests: an HTTP client, or a service of the application's own in its place.

use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::{Body, Request, Response};
use tower_service::Service;

pub(super) type Cause = Box<dyn StdError + Send + Sync>;

/// Cheap to clone.
#[derive(Clone)]
pub(super) enum Transport {
    Client(reqwest::Client),
    Service(Arc<dyn Carry>),
}

/// Why nothing came back.
#[derive(Debug)]
pub(super) enum Unsent {
    Client(reqwest::Error),
    Service(Cause),
}

/// A service whose types are forgotten.
pub(super) trait Carry: Send + Sync {
    fn carry(&self, request: http::Request<Body>) -> Carried;
}

type Carried = Pin<Box<dyn Future<Output = Result<http::Response<Body>, Cause>> + Send>>;

struct Forgotten<S>(S);

impl Transport {
    pub(super) fn of_service<S, B>(service: S) -> Self
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
        Self::Service(Arc::new(Forgotten(service)))
    }

    /// The response, and whether it is of the origin that was asked.
    pub(super) async fn send(&self, request: Request) -> Result<(Response, bool), Unsent> {
        match self {
            Self::Client(client) => {
                let origin = request.url().origin();
                let response = client.execute(request).await.map_err(Unsent::Client)?;
                let same = response.url().origin() == origin;
                Ok((response, same))
            }
            Self::Service(service) => {
                let request = http::Request::try_from(request).map_err(Unsent::Client)?;
                let response = service.carry(request).await.map_err(Unsent::Service)?;
                Ok((Response::from(response), true))
            }
        }
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

impl fmt::Debug for Transport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Client(_) => "Client",
            Self::Service(_) => "Service",
        })
    }
}
