//! The data of a successful call, with what came along.

use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{ETAG, HeaderMap};

use super::decode::Decoded;
use super::deviations::Deviation;
use super::error::{DecodeError, FailedCall};
use super::headers::HeaderNames;
use super::message::Message;
use super::raw_response::RawResponse;
use super::response_header::{self, FromHeader, Header};

/// The data of a successful call, with its status, headers and messages.
pub struct Response<T> {
    data: T,
    messages: Vec<Message>,
    deviations: Vec<Deviation>,
    raw: RawResponse,
    call: FailedCall,
}

impl<T> Response<T> {
    pub(super) fn new(raw: RawResponse, decoded: Decoded<T>, call: FailedCall) -> Self {
        Self {
            data: decoded.data,
            messages: decoded.messages,
            deviations: decoded.deviations,
            raw,
            call,
        }
    }

    /// A response that says that nothing changed.
    pub(super) fn without_data(raw: RawResponse, call: FailedCall) -> Response<Option<T>> {
        Response {
            data: None,
            messages: Vec::new(),
            deviations: Vec::new(),
            raw,
            call,
        }
    }

    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        let (data, rest) = self.split();
        Response {
            data: change(data),
            messages: rest.messages,
            deviations: rest.deviations,
            raw: rest.raw,
            call: rest.call,
        }
    }

    /// Whether the service said that nothing changed (304), as `if_none_match` of a request asks.
    pub fn not_modified(&self) -> bool {
        self.status() == StatusCode::NOT_MODIFIED
    }

    /// The entity tag of what came, for `if_none_match` (RFC 9110, section 8.8.3).
    pub fn etag(&self) -> Option<&str> {
        self.headers().get(ETAG)?.to_str().ok()
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.raw.headers()
    }

    /// Reads a header that the API's description has, by its constant in `headers`.
    ///
    /// # Errors
    ///
    /// If the response has it, and its value isn't of the type.
    pub fn read_header<H: FromHeader>(&self, header: Header<H>) -> Result<Option<H>, DecodeError> {
        response_header::read(self.headers(), header)
            .map_err(|reason| self.unreadable((header.name(), &reason)))
    }

    /// The data, and the response without it.
    pub(super) fn split(self) -> (T, Response<()>) {
        let response = Response {
            data: (),
            messages: self.messages,
            deviations: self.deviations,
            raw: self.raw,
            call: self.call,
        };
        (self.data, response)
    }

    pub(super) fn raw(&self) -> &RawResponse {
        &self.raw
    }

    /// The error that something in it can't be understood: where that is, and why.
    pub(super) fn unreadable(&self, (path, reason): (&str, &str)) -> DecodeError {
        let id = self.request_id().map(str::to_owned);
        let of = (self.call.clone(), self.status(), id);
        DecodeError::of_header(of, path, reason.to_owned())
    }

    /// The service's name for the request, to be quoted to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.raw.request_id()
    }

    /// What else the service had to say.
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// Where the data is not what the API's description states, if it is not.
    ///
    /// A response that contradicts its description is read by what it means:
    /// - a number or a boolean where text is stated is its text; text that says a number or a
    ///   boolean is that where one is stated, and so are 0 and 1 for a boolean; null is an empty list
    ///   or object where there must be one;
    /// - what names its type and can't be read as that is of an unknown type (`Unknown`), and an item
    ///   of a list of known texts that is no scalar is unknown by its JSON text;
    /// - otherwise the innermost field around it that may be missing is `None`, and its value is in
    ///   `extra` beside it; an item or a whole result that may be null is `None`; and a map is
    ///   without the entry, which is in `extra` under the name of the map, if that is a field.
    ///
    /// What has to be there and can't be read is an error all the same, as is anything of this kind
    /// in a response longer than 16 MiB or nested deeper than 127 levels. See also
    /// [`ClientBuilder::strict`](super::ClientBuilder::strict).
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
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
            .field("deviations", &self.deviations)
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}
