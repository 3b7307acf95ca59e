//! The data of a successful call, with what came along.

use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::decode::Decoded;
use super::headers::HeaderNames;
use super::message::Message;
use super::reply::Reply;

/// The data of a successful call, with its status, headers and messages.
pub struct Response<T> {
    data: T,
    messages: Vec<Message>,
    reply: Reply,
}

impl<T> Response<T> {
    pub(super) fn new(reply: Reply, decoded: Decoded<T>) -> Self {
        Self {
            data: decoded.data,
            messages: decoded.messages,
            reply,
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.reply.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.reply.headers()
    }

    /// The service's name for the request, to be quoted to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.reply.request_id()
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
        self.reply.body()
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.reply.attempts()
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
