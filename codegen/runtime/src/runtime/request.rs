//! One call while it is being put together.

mod body;
mod draft;
mod following;
mod parameters;
mod preparing;

use std::borrow::Cow;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{ACCEPT, IF_NONE_MATCH};
use reqwest::{Method, StatusCode};

use self::draft::Draft;
use super::accept;
use super::client::Client;
use super::conditional::Conditional;
use super::decode::{self, Decode, Failure};
use super::error::{ApiError, DecodeError, Error};
use super::execute::{Call, Delivery};
use super::headers::HeaderNames;
use super::optional::OptionalText;
use super::raw_response::RawResponse;
use super::response::Response;
use super::server::Address;
use super::service::Security;
use super::streams::Download;
use super::trace;

const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// One call, which is sent when it is awaited.
///
/// An argument that can't be sent is reported then, before anything is.
#[must_use = "a request does nothing until it is awaited"]
pub struct Request<T> {
    // Each setter moves the request, and so no more than a pointer.
    draft: Box<Draft>,
    decode: Decode<T>,
}

// What each request type hands on to is `#[inline(never)]` where it is more than a few instructions: rustc would copy it into
// the inline methods of every request of a large API, which was a third of the time of a release build.
impl<T> Request<T> {
    /// A call of an endpoint whose path may have `{placeholders}`.
    pub fn new(client: &Client, method: Method, path: &'static str, decode: Decode<T>) -> Self
    where
        T: 'static,
    {
        let (accept, delivery) = (accept::of_type::<T>(), Delivery::of_type::<T>());
        Self {
            draft: Draft::declared(client, method, path, accept, delivery),
            decode,
        }
    }

    /// The same by method and path in one, as `GET /pets/{id}`.
    pub fn of(client: &Client, operation: &'static str, decode: Decode<T>) -> Self
    where
        T: 'static,
    {
        let (method, path) = operation.split_once(' ').expect("it has a method");
        let method = Method::from_bytes(method.as_bytes()).expect("the generator knows a token");
        Self::new(client, method, path, decode)
    }

    /// A call of an endpoint whose path a caller wrote.
    pub(super) fn custom(
        client: &Client,
        method: Method,
        path: Cow<'static, str>,
        decode: Decode<T>,
    ) -> Self {
        Self {
            draft: Draft::custom(client, method, path),
            decode,
        }
    }

    /// Calls a server of the operation's own, unless the client was given a base URL.
    pub fn server(mut self, server: Address) -> Self {
        self.draft.server = Some(server);
        self
    }

    /// Calls another server than the client's, with the client's credentials.
    #[inline(never)]
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.draft.base_url(&base_url.into());
        self
    }

    /// Sets a header, in place of the client's if it has the same.
    ///
    /// A `content-type` counts in place of the body's own, whichever is set first.
    pub fn header<K>(mut self, name: impl Into<String>, value: impl OptionalText<K>) -> Self {
        if let Some(value) = value.text() {
            self.draft.header(name.into(), &value);
        }
        self
    }

    /// Asks for these media types, unless a header `accept` is set, here or for all calls.
    pub fn accept(mut self, media_types: impl Into<Cow<'static, str>>) -> Self {
        self.draft.accept = media_types.into();
        self
    }

    /// Asks for another media type than the usual one, and takes the body as it is, whatever comes.
    #[inline(never)]
    pub fn raw(self, media_type: impl Into<String>) -> Request<Bytes> {
        let request = self.read_as(decode::bytes, Delivery::Flowing);
        request.header(ACCEPT.as_str(), media_type.into())
    }

    /// Leaves the body of a success to whoever reads it, while it arrives.
    pub fn open(mut self) -> Self {
        self.draft.delivery = Delivery::Open;
        self
    }

    /// The same call, whose response is read in another way, while it arrives.
    #[inline(never)]
    pub fn open_as<U>(self, decode: Decode<U>) -> Request<U> {
        self.read_as(decode, Delivery::Open)
    }

    /// Takes the body as it arrives, instead of reading it.
    ///
    /// The timeout of the call is how long the service may be silent then, and there is no limit on
    /// the whole.
    pub fn download(self) -> Request<Download> {
        self.open_as(decode::download)
    }

    pub(super) fn read_as<U>(mut self, decode: Decode<U>, delivery: Delivery) -> Request<U> {
        self.draft.delivery = delivery;
        Request {
            draft: self.draft,
            decode,
        }
    }

    /// Sends no credentials with this call.
    pub fn anonymous(self) -> Self {
        self.security(&[])
    }

    /// States what this call takes of the client's credentials.
    pub fn security(mut self, security: Security) -> Self {
        self.draft.security = security;
        self
    }

    /// Limits how long one attempt of this call may take.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.draft.timeout = timeout;
        self
    }

    /// Limits how often this call is tried again.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.draft.policy.max_retries = max_retries;
        self
    }

    /// Sends a key by which the service recognizes a repeated request, so that a call that changes
    /// something can be tried again.
    pub fn idempotency_key(self, key: impl Into<String>) -> Self {
        self.header(IDEMPOTENCY_KEY, key.into())
    }

    /// Sends the call and returns its data together with status, headers and messages.
    ///
    /// # Errors
    ///
    /// If an argument was rejected, no whole response arrived, or the response isn't a success that can
    /// be read.
    pub async fn with_response(self) -> Result<Response<T>, Error> {
        let (call, response) = self.draft.send(false).await?;
        read(&call, response, self.decode)
    }

    /// The same, where a response without data says that nothing changed.
    pub(super) async fn with_response_if_modified(self) -> Result<Response<Option<T>>, Error> {
        let (call, response) = self.draft.send(true).await?;
        if response.status() == StatusCode::NOT_MODIFIED {
            let call = call.failed(response.attempts());
            return Ok(Response::without_data(response, call));
        }
        read(&call, response, self.decode).map(|response| response.map(Some))
    }

    /// Asks for what changed only: where the entity tag ([`Response::etag`]) is still that of what the
    /// service has, it sends nothing, and the data is `None` (RFC 9110, section 13.1.2).
    #[inline(never)]
    pub fn if_none_match(self, etag: impl Into<String>) -> Conditional<T> {
        Conditional(self.header(IF_NONE_MATCH.as_str(), etag.into()))
    }

    /// Sends the call and waits for its data, in a program that is not async.
    ///
    /// # Errors
    ///
    /// As for awaiting it; and in a task of an async runtime, which this would stop.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Result<T, Error> {
        super::blocking::wait(async { self.with_response().await.map(Response::into_data) })
    }
}

/// What came as data, with what came along.
fn read<T>(call: &Call, response: RawResponse, decode: Decode<T>) -> Result<Response<T>, Error> {
    match decode(&response) {
        Ok(decoded) => {
            let made = call.failed(response.attempts());
            trace::deviations(&made, &decoded.deviations);
            Ok(Response::new(response, decoded, made))
        }
        Err(failure) => Err(unread(call, &response, failure)),
    }
}

fn unread(call: &Call, response: &RawResponse, failure: Failure) -> Error {
    let failed = call.failed(response.attempts());
    match failure {
        Failure::Rejected => ApiError::new(response, &call.mask(), failed).into(),
        Failure::Unreadable { path, reason } => {
            DecodeError::new(response, &call.mask(), failed, &path, &reason).into()
        }
    }
}

/// What a call gives once it is awaited.
pub(crate) type Pending<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

impl<T: 'static> Request<T> {
    /// [`with_response`](Self::with_response), whose type has a name.
    #[inline(never)]
    pub(crate) fn pending(self) -> Pending<Response<T>> {
        Box::pin(self.with_response())
    }
}

impl<T: 'static> IntoFuture for Request<T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pending<T>;

    #[inline(never)]
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { self.with_response().await.map(Response::into_data) })
    }
}

impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { draft, .. } = self;
        formatter
            .debug_struct("Request")
            .field("method", &draft.method)
            .field("path", &draft.target.shown())
            .field("query", &draft.query.names().collect::<Vec<_>>())
            .field("headers", &HeaderNames(&draft.headers))
            .finish_non_exhaustive()
    }
}
