//! The client: what all calls share, behind one cheap handle.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName};
use reqwest::{Method, Url};
use serde::de::DeserializeOwned;

use super::allowance::Allowance;
use super::attempt::Observer;
use super::decode;
use super::error::ConfigurationError;
use super::keyring::Keyring;
use super::mask::Mask;
use super::query::Query;
use super::rate_limit::Gate;
use super::request::Request;
use super::retry::Policy;
use super::server::{self, Address, Origin};
use super::service::Service;
use super::transport::Transport;

/// A client of the service, cheap to clone and to share.
// An object, since it is in every request, of each of which rustdoc proves anew that it can be sent to another thread: it would go
// through all that an HTTP client is made of, which is a third of the time that the docs of a large API take.
#[derive(Clone)]
pub struct Client(Arc<dyn Share>);

trait Share: Send + Sync {
    fn shared(&self) -> &Shared;
}

impl Share for Shared {
    fn shared(&self) -> &Shared {
        self
    }
}

pub(super) struct Shared {
    pub(super) service: &'static Service,
    pub(super) transport: Transport,
    pub(super) origin: Origin,
    // Whether a caller set it, or the environment.
    pub(super) base_url_is_given: bool,
    pub(super) server_variables: Vec<(String, String)>,
    pub(super) keyring: Keyring,
    pub(super) mask: Mask,
    pub(super) headers: Arc<HeaderMap>,
    pub(super) timeout: Duration,
    pub(super) policy: Policy,
    pub(super) around: Around,
    pub(super) max_response_bytes: u64,
    pub(super) strict: bool,
}

/// What is around every attempt.
pub(super) struct Around {
    // What is in the query of every call that does not set it otherwise.
    pub(super) query: Query,
    // The base URL.
    pub(super) url: Url,
    // Of the base URL, as errors and observers show it.
    pub(super) host: Arc<str>,
    // The header that says how often the call was tried before, if the service has one.
    pub(super) retry_count: Option<HeaderName>,
    pub(super) allowance: Allowance,
    // Where it is asked for.
    pub(super) gate: Option<Gate>,
    pub(super) observer: Option<Observer>,
}

impl Client {
    pub(super) fn from_shared(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    fn shared(&self) -> &Shared {
        self.0.shared()
    }

    /// Calls an endpoint that this SDK has no method for, with `GET`.
    ///
    /// The path is relative to the base URL and begins with a slash; it may have a query, and
    /// `{placeholders}` to be filled in with `path(name, value)`. The body of the response is read
    /// whole, as JSON, and where there is none by the status or by `HEAD` as null: `()` is the type of
    /// a call that gives nothing. An envelope, if the API has one, is a part of it; where it says that the call failed, that is
    /// the error which it is of any other method.
    ///
    /// It gets the credentials that the API takes where an operation states none of its own, as far
    /// as the client has them; `anonymous` keeps them back.
    ///
    /// A path that could lead elsewhere is rejected when the request is sent. Errors show a path that
    /// is a literal, and never one that was put together at run time, which may hold values.
    pub fn get<T: DeserializeOwned>(&self, path: impl Into<Cow<'static, str>>) -> Request<T> {
        self.request(Method::GET, path)
    }

    /// Calls an endpoint that this SDK has no method for, with `POST`; see [`Client::get`].
    pub fn post<T: DeserializeOwned>(&self, path: impl Into<Cow<'static, str>>) -> Request<T> {
        self.request(Method::POST, path)
    }

    /// Calls an endpoint that this SDK has no method for, with `PUT`; see [`Client::get`].
    pub fn put<T: DeserializeOwned>(&self, path: impl Into<Cow<'static, str>>) -> Request<T> {
        self.request(Method::PUT, path)
    }

    /// Calls an endpoint that this SDK has no method for, with `PATCH`; see [`Client::get`].
    pub fn patch<T: DeserializeOwned>(&self, path: impl Into<Cow<'static, str>>) -> Request<T> {
        self.request(Method::PATCH, path)
    }

    /// Calls an endpoint that this SDK has no method for, with `DELETE`; see [`Client::get`].
    pub fn delete<T: DeserializeOwned>(&self, path: impl Into<Cow<'static, str>>) -> Request<T> {
        self.request(Method::DELETE, path)
    }

    /// Calls an endpoint that this SDK has no method for; see [`Client::get`].
    pub fn request<T: DeserializeOwned>(
        &self,
        method: Method,
        path: impl Into<Cow<'static, str>>,
    ) -> Request<T> {
        let read = if method == Method::HEAD {
            decode::undocumented_head
        } else {
            decode::undocumented
        };
        Request::custom(self, method, path.into(), read)
    }

    pub(super) fn service(&self) -> &'static Service {
        self.shared().service
    }

    pub(super) fn http(&self) -> &Transport {
        &self.shared().transport
    }

    pub(super) fn around(&self) -> &Around {
        &self.shared().around
    }

    pub(super) fn base_url(&self) -> &str {
        self.shared().origin.base()
    }

    /// Where an operation with a server of its own is called.
    pub(super) fn url_of(&self, server: &Address) -> Result<String, ConfigurationError> {
        if self.shared().base_url_is_given && !server.is_relative() {
            return Ok(self.shared().origin.base().to_owned());
        }
        let url = server.resolve(Some(&self.shared().origin), &self.shared().server_variables)?;
        server::checked(&url)
    }

    pub(super) fn mask(&self) -> &Mask {
        &self.shared().mask
    }

    pub(super) fn headers(&self) -> Arc<HeaderMap> {
        Arc::clone(&self.shared().headers)
    }

    pub(super) fn timeout(&self) -> Duration {
        self.shared().timeout
    }

    pub(super) fn policy(&self) -> Policy {
        self.shared().policy
    }

    pub(super) fn max_response_bytes(&self) -> u64 {
        self.shared().max_response_bytes
    }

    /// Whether responses are read as the API's description has them, or not at all.
    pub(super) fn is_strict(&self) -> bool {
        self.shared().strict
    }

    pub(super) fn keyring(&self) -> &Keyring {
        &self.shared().keyring
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("base_url", &self.base_url())
            .field("credentials", &self.shared().keyring)
            .finish_non_exhaustive()
    }
}
