//! One call while it is being put together.

mod body;
mod following;
mod parameters;
mod preparing;

use std::borrow::Cow;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, IF_NONE_MATCH};
use reqwest::{Method, StatusCode, Url};

use super::accept;
use super::body::Body;
use super::client::Client;
use super::conditional::Conditional;
use super::decode::{self, Decode, Failure};
use super::error::{ApiError, DecodeError, Error, InvalidArgumentError};
use super::execute::{self, Call, Delivery};
use super::fields::Fields;
use super::finite;
use super::headers::{HeaderNames, header};
use super::optional::OptionalText;
use super::parts::Parts;
use super::query::Query;
use super::raw_response::RawResponse;
use super::response::Response;
use super::retry;
use super::server::{self, Address};
use super::service::Security;
use super::streams::Download;
use super::target::Target;
use super::trace;

const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// One call, which is sent when it is awaited.
///
/// An argument that can't be sent is reported then, before anything is.
#[must_use = "a request does nothing until it is awaited"]
pub struct Request<T> {
    client: Client,
    method: Method,
    target: Target,
    // In place of the client's.
    server: Option<Address>,
    // In place of both.
    base_url: Option<String>,
    query: Query,
    // In place of path and query: a page that a response named.
    followed: Option<Followed>,
    accept: Cow<'static, str>,
    headers: HeaderMap,
    cookies: Vec<String>,
    body: Option<Body>,
    // In place of the body, once they are sent.
    parts: Parts,
    fields: Fields,
    // Whether the caller stated the media type.
    typed: bool,
    // Whether it is one value that must not be shown.
    sensitive_body: bool,
    security: Security,
    // Whether it is not sent where the client has none of the credentials that it takes.
    secured: bool,
    timeout: Duration,
    policy: retry::Policy,
    decode: Decode<T>,
    delivery: Delivery,
    // The first argument that was rejected.
    rejected: Option<InvalidArgumentError>,
}

/// The URL of a page.
struct Followed {
    url: Url,
    /// It gets nothing that is meant for the API.
    is_foreign: bool,
}

impl<T> Request<T> {
    /// A call of an endpoint whose path may have `{placeholders}`.
    pub fn new(client: &Client, method: Method, path: &'static str, decode: Decode<T>) -> Self
    where
        T: 'static,
    {
        let request = Self::with_target(client, method, Target::declared(path), decode);
        let delivery = Delivery::of_type::<T>();
        Self {
            delivery,
            ..request
        }
        .accept(accept::of_type::<T>())
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
        let (target, rejected) = match Target::custom(path) {
            Ok(target) => (target, None),
            Err(error) => (Target::rejected(), Some(error)),
        };
        Self {
            rejected,
            security: client.service().undocumented,
            secured: false,
            ..Self::with_target(client, method, target, decode)
        }
    }

    fn with_target(client: &Client, method: Method, target: Target, decode: Decode<T>) -> Self {
        Self {
            client: client.clone(),
            method,
            target,
            server: None,
            base_url: None,
            query: Query::default(),
            followed: None,
            accept: accept::undocumented().into(),
            headers: client.headers().clone(),
            cookies: Vec::new(),
            body: None,
            parts: Parts::default(),
            fields: Fields::default(),
            typed: false,
            sensitive_body: false,
            security: client.service().security,
            secured: true,
            timeout: client.timeout(),
            policy: client.policy(),
            decode,
            delivery: Delivery::Whole,
            rejected: None,
        }
    }

    /// Calls a server of the operation's own, unless the client was given a base URL.
    pub fn server(mut self, server: Address) -> Self {
        self.server = Some(server);
        self
    }

    /// Calls another server than the client's, with the client's credentials.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        match server::checked(&base_url.into()) {
            Ok(base_url) => self.base_url = Some(base_url),
            Err(error) => self.reject(InvalidArgumentError::new("base_url", error.to_string())),
        }
        self
    }

    /// Sets a header, in place of the client's if it has the same.
    ///
    /// A `content-type` counts in place of the body's own, whichever is set first.
    pub fn header<K>(mut self, name: impl Into<String>, value: impl OptionalText<K>) -> Self {
        let Some(value) = value.text() else {
            return self;
        };
        let name = name.into();
        match header(&name, &value) {
            Some((name, value)) => {
                self.typed |= name == CONTENT_TYPE;
                self.headers.insert(name, value);
            }
            None => self.reject(InvalidArgumentError::new(
                name,
                "it can't be sent as a header",
            )),
        }
        self
    }

    /// Asks for these media types, unless a header `accept` is set, here or for all calls.
    pub fn accept(mut self, media_types: impl Into<Cow<'static, str>>) -> Self {
        self.accept = media_types.into();
        self
    }

    /// Asks for another media type than the usual one, and takes the body as it is, whatever comes.
    pub fn raw(self, media_type: impl Into<String>) -> Request<Bytes> {
        let request = self.read_as(decode::bytes, Delivery::Flowing);
        request.header(ACCEPT.as_str(), media_type.into())
    }

    /// Leaves the body of a success to whoever reads it, while it arrives.
    pub fn open(mut self) -> Self {
        self.delivery = Delivery::Open;
        self
    }

    /// The same call, whose response is read in another way, while it arrives.
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

    pub(super) fn read_as<U>(self, decode: Decode<U>, delivery: Delivery) -> Request<U> {
        Request {
            client: self.client,
            method: self.method,
            target: self.target,
            server: self.server,
            base_url: self.base_url,
            query: self.query,
            followed: self.followed,
            accept: self.accept,
            headers: self.headers,
            cookies: self.cookies,
            body: self.body,
            parts: self.parts,
            fields: self.fields,
            typed: self.typed,
            sensitive_body: self.sensitive_body,
            security: self.security,
            secured: self.secured,
            timeout: self.timeout,
            policy: self.policy,
            decode,
            delivery,
            rejected: self.rejected,
        }
    }

    /// Sends no credentials with this call.
    pub fn anonymous(self) -> Self {
        self.security(&[])
    }

    /// States what this call takes of the client's credentials.
    pub fn security(mut self, security: Security) -> Self {
        self.security = security;
        self
    }

    /// Limits how long one attempt of this call may take.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Limits how often this call is tried again.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.policy.max_retries = max_retries;
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
        let decode = self.decode;
        let call = self.measured().await.into_call()?;
        let response = execute::execute(&call).await?;
        read(&call, response, decode)
    }

    /// The same, where a response without data says that nothing changed.
    pub(super) async fn with_response_if_modified(self) -> Result<Response<Option<T>>, Error> {
        let decode = self.decode;
        let call = Call {
            conditional: true,
            ..self.measured().await.into_call()?
        };
        let response = execute::execute(&call).await?;
        if response.status() == StatusCode::NOT_MODIFIED {
            let call = call.failed(response.attempts());
            return Ok(Response::without_data(response, call));
        }
        read(&call, response, decode).map(|response| response.map(Some))
    }

    /// Asks for what changed only: where the entity tag ([`Response::etag`]) is still that of what the
    /// service has, it sends nothing, and the data is `None` (RFC 9110, section 13.1.2).
    pub fn if_none_match(self, etag: impl Into<String>) -> Conditional<T> {
        Conditional(self.header(IF_NONE_MATCH.as_str(), etag.into()))
    }

    /// Sends the call and waits for its data, in a program that is not async.
    ///
    /// # Errors
    ///
    /// As for awaiting it; and within an async runtime, which this would stop.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> Result<T, Error> {
        super::blocking::wait(async { self.with_response().await.map(Response::into_data) })
    }

    fn serialized<V>(&mut self, name: &'static str, value: serde_json::Result<V>) -> Option<V> {
        if let Err(error) = &value {
            self.reject(unserializable(name, error));
        }
        value.ok()
    }

    fn check(&mut self, result: Result<(), InvalidArgumentError>) {
        if let Err(error) = result {
            self.reject(error);
        }
    }

    fn reject(&mut self, error: InvalidArgumentError) {
        self.rejected.get_or_insert(error);
    }
}

fn unserializable(name: &'static str, error: &serde_json::Error) -> InvalidArgumentError {
    let reason = finite::reason(error);
    InvalidArgumentError::new(
        name,
        reason.unwrap_or_else(|| "it can't be serialized".to_owned()),
    )
}

/// What came as data, with what came along.
fn read<T>(call: &Call, response: RawResponse, decode: Decode<T>) -> Result<Response<T>, Error> {
    match decode(&response) {
        Ok(decoded) => {
            let made = call.failed(response.attempts());
            trace::deviations(&made, &decoded.deviations);
            Ok(Response::new(response, decoded, made))
        }
        Err(Failure::Rejected) => {
            Err(ApiError::new(&response, &call.mask(), call.failed(response.attempts())).into())
        }
        Err(Failure::Unreadable { path, reason }) => Err({
            let failed = call.failed(response.attempts());
            DecodeError::new(&response, &call.mask(), failed, &path, &reason).into()
        }),
    }
}

/// What a call gives once it is awaited.
pub(crate) type Pending<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

impl<T: 'static> Request<T> {
    /// [`with_response`](Self::with_response), whose type has a name.
    pub(crate) fn pending(self) -> Pending<Response<T>> {
        Box::pin(self.with_response())
    }
}

impl<T: 'static> IntoFuture for Request<T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pending<T>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { self.with_response().await.map(Response::into_data) })
    }
}

impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.target.shown())
            .field("query", &self.query.names().collect::<Vec<_>>())
            .field("headers", &HeaderNames(&self.headers))
            .finish_non_exhaustive()
    }
}
