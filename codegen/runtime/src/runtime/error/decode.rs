//! A response that could not be read.

use std::fmt;

use reqwest::StatusCode;

use super::super::mask::Mask;
use super::super::raw_response::RawResponse;
use super::{Error, FailedCall};

/// How much of the body is kept.
const EXCERPT: usize = 512;

/// The service responded, and its response could not be read.
pub struct DecodeError(Box<Inner>);

struct Inner {
    call: FailedCall,
    status: StatusCode,
    request_id: Option<String>,
    path: String,
    reason: String,
    body: String,
}

impl DecodeError {
    pub(in crate::runtime) fn new(
        response: &RawResponse,
        mask: &Mask,
        call: FailedCall,
        path: &str,
        reason: &str,
    ) -> Self {
        Self(Box::new(Inner {
            call,
            status: response.status(),
            request_id: response.request_id().map(|id| mask.secrets(id)),
            path: mask.secrets(path),
            reason: mask.secrets(reason),
            body: mask.excerpt(&response.text(), EXCERPT),
        }))
    }

    /// Of an error of the service, whose texts show nothing that must be hidden.
    pub(super) fn of_error(
        (call, status, request_id): (FailedCall, StatusCode, Option<String>),
        (path, reason): (String, String),
        body: String,
    ) -> Self {
        Self(Box::new(Inner {
            call,
            status,
            request_id,
            path,
            reason,
            body,
        }))
    }

    /// Of a header of the response, whose value is not shown.
    pub(in crate::runtime) fn of_header(
        of: (FailedCall, StatusCode, Option<String>),
        name: &str,
        reason: String,
    ) -> Self {
        Self::of_error(of, (name.to_owned(), reason), String::new())
    }

    /// The call that failed.
    pub fn call(&self) -> &FailedCall {
        &self.0.call
    }

    /// The path of the value that could not be read, such as `result[0].cost`; `.` is the whole. Of a
    /// header it is the name.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The service's name for the request, to be quoted to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The beginning of the body, without credentials and without the values that the schema
    /// calls sensitive.
    pub fn body(&self) -> &str {
        &self.0.body
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            call,
            path,
            reason,
            status,
            request_id,
            ..
        } = &*self.0;
        write!(
            formatter,
            "{call}: the response ({status}) can't be read at `{path}`: {reason}"
        )?;
        call.end(formatter, request_id.as_deref())
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DecodeError")
            .field("call", &self.0.call)
            .field("path", &self.0.path)
            .field("reason", &self.0.reason)
            .field("status", &self.0.status)
            .field("request_id", &self.0.request_id)
            .field("body", &self.0.body)
            .finish()
    }
}

impl std::error::Error for DecodeError {}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}
