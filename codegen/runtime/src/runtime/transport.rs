//! What carries requests: an HTTP client, or a service of the application's own in its place.

use std::error::Error as StdError;
use std::fmt;

use reqwest::Request;

pub(super) use self::host::{Incoming, Response, STRAYED, cause, client, is_unreached};

#[cfg(target_family = "wasm")]
#[path = "transport/fetch.rs"]
mod host;
#[cfg(not(target_family = "wasm"))]
#[path = "transport/native.rs"]
mod host;

pub(super) type Cause = Box<dyn StdError + Send + Sync>;

/// Cheap to clone.
#[derive(Clone)]
pub(super) enum Transport {
    Client(reqwest::Client),
    #[cfg(not(target_family = "wasm"))]
    Service(host::Carrier),
}

/// Why nothing came back.
#[derive(Debug)]
pub(super) enum Unsent {
    Client(reqwest::Error),
    Service(Cause),
}

impl Transport {
    /// The response, and whether it is of the origin that was asked.
    pub(super) async fn send(&self, request: Request) -> Result<(Response, bool), Unsent> {
        match self {
            Self::Client(client) => {
                let origin = request.url().origin();
                let sent = host::send(client, request).await;
                let (response, url) = sent.map_err(Unsent::Client)?;
                Ok((response, url.origin() == origin))
            }
            #[cfg(not(target_family = "wasm"))]
            Self::Service(service) => Ok((service.send(request).await?, true)),
        }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Client(_) => "Client",
            #[cfg(not(target_family = "wasm"))]
            Self::Service(_) => "Service",
        })
    }
}
