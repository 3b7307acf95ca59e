//! The data of a successful call, with what came along.

use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::decode::Decoded;
use super::headers::HeaderNames;
use super::message::Message;
use super::raw_response::RawResponse;

/// The data of a successful call, with its status, headers and messages.
pub struct Response<T> {
    data: T,
    messages: Vec<Message>,
    raw: RawResponse,
}

impl<T> Response<T> {
    pub(super) fn new(raw: RawResponse, decoded: Decoded<T>) -> Self {
        Self {
            data: decoded.data,
            messages: decoded.messages,
            raw,
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.raw.headers()
    }

    /// The service's name for the request, to be quoted to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.raw.request_id()
    }

    /// What else the service had to say.
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// What was asked for.
    pub fn data(&self) -> &T {
        &self.data
    }

    /// What was asked for, without the rest.
    pub fn into_data(self) -> T {
        self.data
    }

    /// The whole body as it arrived, decompressed: it may hold more than the data and the messages.
    pub fn body(&self) -> &Bytes {
        self.raw.body()
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.raw.attempts()
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status())
            .field("headers", &HeaderNames(self.headers()))
            .field("request_id", &self.request_id())
            .field("messages", &self.messages)
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}
