//! The service's rejection of a call.

use std::fmt;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::super::decode::{self, Failure};
use super::super::headers::HeaderNames;
use super::super::mask::Mask;
use super::super::message::Message;
use super::super::rate_limit;
use super::super::raw_response::{self, RawResponse};
use super::super::response_header::{self, FromHeader, Header};
use super::super::retry;
use super::said::{self, Shown};
use super::{DecodeError, Error, FailedCall, wrapped};

/// How much of the body `Debug` shows.
const EXCERPT: usize = 512;

/// The service rejected the call.
pub struct ApiError(Box<Inner>);

struct Inner {
    call: FailedCall,
    status: StatusCode,
    headers: HeaderMap,
    request_id: Option<String>,
    errors: Vec<Message>,
    messages: Vec<Message>,
    body: String,
    excerpt: String,
    note: Option<&'static str>,
    sensitive: &'static [&'static str],
    strict: bool,
}

impl ApiError {
    pub(in crate::runtime) fn new(response: &RawResponse, mask: &Mask, call: FailedCall) -> Self {
        let body = response.text();
        let json = response.any_json();
        let mask = &mask.clone().with_values_of(&json);
        let (mut errors, messages) = response.errors_and_messages(&json);
        if errors.is_empty() {
            let is_text = json.is_null() && raw_response::is_plain_text(response.headers());
            let said = if is_text { Value::from(&*body) } else { json };
            errors = said::messages(&said, &mask.hidden());
        }
        let clean = |messages: Vec<Message>| {
            messages
                .into_iter()
                .map(|one| one.map_text(|text| mask.said(text)))
                .collect()
        };
        Self(Box::new(Inner {
            call,
            status: response.status(),
            headers: response.headers().clone(),
            request_id: response.request_id().map(|id| mask.secrets(id)),
            errors: clean(errors),
            messages: clean(messages),
            excerpt: mask.excerpt(&body, EXCERPT),
            body: mask.body(&body),
            note: response.note(),
            sensitive: response.service().sensitive,
            strict: response.is_strict(),
        }))
    }

    /// The call that failed.
    pub fn call(&self) -> &FailedCall {
        &self.0.call
    }

    /// The status of the response: 200 as well, where the body says that the call failed.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Reads a header that the API's description has, by its constant in `headers`.
    ///
    /// # Errors
    ///
    /// If the response has it, and its value isn't of the type.
    pub fn read_header<H: FromHeader>(&self, header: Header<H>) -> Result<Option<H>, DecodeError> {
        response_header::read(self.headers(), header).map_err(|reason| {
            let id = self.request_id().map(str::to_owned);
            let of = (self.call().clone(), self.status(), id);
            DecodeError::of_header(of, header.name(), reason)
        })
    }

    /// The service's name for the request, to be quoted to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The reasons that the service gave, as far as its response is in a usual form: in the API's
    /// envelope, as a problem (RFC 9457), as a `message`, an `error` or a list of them, or as plain text.
    pub fn errors(&self) -> &[Message] {
        &self.0.errors
    }

    /// What else the service had to say.
    pub fn messages(&self) -> &[Message] {
        &self.0.messages
    }

    /// The body as text, in which only the credentials of the call are masked: wherever they have
    /// four characters or more, and in JSON where a property is named after their header.
    ///
    /// At most 1 MiB of it is kept. Bytes that aren't UTF-8 are replaced.
    pub fn body(&self) -> &str {
        &self.0.body
    }

    /// Reads the body as JSON: as the type that the docs of the method have for the status. A body of
    /// `text/plain` is a `String`. What an object has as its only member, `error`, is read by itself where the type is a model
    /// that has no such member, unless the client is strict.
    ///
    /// Credentials of the call are masked in it, as in [`body`](Self::body).
    ///
    /// # Errors
    ///
    /// If the body isn't JSON, or isn't a `T`.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let Inner {
            call,
            status,
            headers,
            request_id,
            body,
            excerpt,
            sensitive,
            strict,
            ..
        } = &*self.0;
        let read = match raw_response::not_json(headers) {
            Some(_) if raw_response::is_plain_text(headers) => {
                let text = Value::from(body.as_str()).to_string();
                decode::value(&text, None, sensitive, *strict)
            }
            Some(reason) => Err(Failure::unreadable(".", reason)),
            None if *strict => decode::value(body, None, sensitive, true),
            None => decode::value(wrapped::unwrapped::<T>(body), None, sensitive, false),
        };
        read.map(|(value, _)| value).map_err(|failure| {
            let unreadable = match failure {
                Failure::Unreadable { path, reason } => (path, reason),
                Failure::Rejected => (".".to_owned(), String::new()),
            };
            let of = (call.clone(), *status, request_id.clone());
            DecodeError::of_error(of, unreadable, excerpt.clone())
        })
    }

    /// Whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        retry::is_retryable(self.0.status, &self.0.headers)
    }

    /// Whether the service asks to send less: 429, or 403 with headers that say that no request is left.
    pub fn is_rate_limited(&self) -> bool {
        let forbidden = self.0.status == StatusCode::FORBIDDEN;
        let exhausted = || rate_limit::exhausted(&self.0.headers).is_some();
        self.0.status == StatusCode::TOO_MANY_REQUESTS || (forbidden && exhausted())
    }

    /// Whether there is no such thing (404).
    pub fn is_not_found(&self) -> bool {
        self.0.status == StatusCode::NOT_FOUND
    }

    /// Whether the credentials are missing, wrong, or not allowed to do this (401 and 403).
    pub fn is_authentication(&self) -> bool {
        matches!(
            self.0.status,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
        )
    }

    /// How long the service asks to wait before the next call. The client waits by itself for up
    /// to a minute; if more is asked for, it fails at once, and this is left to the caller.
    pub fn retry_after(&self) -> Option<Duration> {
        retry::requested_wait(&self.0.headers)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            call,
            status,
            errors,
            note,
            request_id,
            ..
        } = &*self.0;
        write!(formatter, "{call}: {status}")?;
        let mut separator = ": ";
        for error in errors {
            write!(formatter, "{separator}{}", Shown(&error.message))?;
            if let Some(code) = error.code {
                write!(formatter, " (code {code})")?;
            }
            separator = "; ";
        }
        if let Some(note) = note {
            write!(formatter, "{separator}{note}")?;
        }
        call.end(formatter, request_id.as_deref())
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ApiError")
            .field("call", &self.0.call)
            .field("status", &self.0.status)
            .field("errors", &self.0.errors)
            .field("messages", &self.0.messages)
            .field("request_id", &self.0.request_id)
            .field("headers", &HeaderNames(&self.0.headers))
            .field("body", &self.0.excerpt)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ApiError {}

impl From<ApiError> for Error {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}
