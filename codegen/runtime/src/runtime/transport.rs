//! What carries requests: an HTTP client, or a service of the application's own in its place.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;

use reqwest::{Request, Url};

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
    /// The response, and whether it is of the origin that was asked: that of `asked`.
    pub(super) fn send<'a>(
        &self,
        request: Request,
        asked: &'a Url,
    ) -> impl Future<Output = Result<(Response, bool), Unsent>> + use<'a> {
        // The request is handed over at once, so that it is no part of what is waited for.
        let begun = match self {
            Self::Client(client) => Begun::Client(host::send(client, request, asked)),
            #[cfg(not(target_family = "wasm"))]
            Self::Service(service) => Begun::Service(service.begin(request)),
        };
        async move {
            match begun {
                Begun::Client(sending) => sending.await.map_err(Unsent::Client),
                #[cfg(not(target_family = "wasm"))]
                Begun::Service(carried) => {
                    let response = carried.map_err(Unsent::Client)?.await;
                    Ok((response.map_err(Unsent::Service)?.into(), true))
                }
            }
        }
    }
}

/// A request on its way.
enum Begun<F> {
    Client(F),
    #[cfg(not(target_family = "wasm"))]
    Service(Result<host::Carried, reqwest::Error>),
}

/// Whether two URLs of HTTP have one origin (RFC 6454, section 5).
fn is_same_origin(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host_str() == other.host_str()
        && one.port_or_known_default() == other.port_or_known_default()
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
