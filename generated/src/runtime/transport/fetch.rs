//! What a host of JavaScript carries, by its `fetch`: it follows redirects and decompresses by itself.
//!
//! What `reqwest` has there belongs to one thread. The futures of the crate can be sent to others everywhere; a program with several
//! threads has to await them where they began.

use std::error::Error as _;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame};
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};
use reqwest::{Client, Error, Request, StatusCode, Url};
use send_wrapper::SendWrapper;

use super::{Cause, is_same_origin};

pub const STRAYED: &str =
    "the host's `fetch` followed a redirect to another origin by itself, as it does";

/// The head of a response, with its body.
pub struct Response {
    status: StatusCode,
    headers: HeaderMap,
    body: Incoming,
}

/// The body of a response, as it arrives.
pub struct Incoming(SendWrapper<Chunks>);

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, Error>>>>;

pub fn client() -> Result<Client, Error> {
    Client::builder().build()
}

/// The response, and whether it is of the origin of `asked`.
pub fn send<'a>(
    client: &Client,
    request: Request,
    asked: &'a Url,
) -> impl Future<Output = Result<(Response, bool), Error>> + use<'a> {
    let sending = SendWrapper::new(client.execute(request));
    async move {
        let response = sending.await?;
        let is_of_asked = is_same_origin(response.url(), asked);
        Ok((response.into(), is_of_asked))
    }
}

/// Whether no response came at all, of which the host does not say more.
pub fn is_unreached(error: &Error) -> bool {
    error.is_request()
}

/// What the host says, without its stack, and without an address, whose query may hold a credential.
pub fn cause(error: Error) -> Cause {
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    let line = said.lines().next().unwrap_or_default();
    let line = line.trim_start_matches("JsValue(").trim_end_matches(')');
    let is_shown = !line.is_empty() && !line.contains("://");
    Box::new(Said(
        if is_shown {
            line
        } else {
            "the host does not say why"
        }
        .to_owned(),
    ))
}

#[derive(Debug)]
struct Said(String);

impl fmt::Display for Said {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Said {}

impl Response {
    pub fn status(&self) -> StatusCode {
        self.status
    }

    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    pub fn content_length(&self) -> Option<u64> {
        let length = self.headers.get(CONTENT_LENGTH)?;
        length.to_str().ok()?.parse().ok()
    }

    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let body = &mut self.body.0;
        let chunk = poll_fn(|context| Pin::new(&mut *body).poll_next(context)).await;
        chunk.transpose()
    }
}

impl From<reqwest::Response> for Response {
    fn from(response: reqwest::Response) -> Self {
        let mut headers = response.headers().clone();
        if headers.remove(CONTENT_ENCODING).is_some() {
            // It is decompressed, and longer than that.
            headers.remove(CONTENT_LENGTH);
        }
        Self {
            status: response.status(),
            headers,
            body: Incoming(SendWrapper::new(Box::pin(response.bytes_stream()))),
        }
    }
}

impl From<Response> for Incoming {
    fn from(response: Response) -> Self {
        response.body
    }
}

impl Body for Incoming {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let chunk = Pin::new(&mut self.0).poll_next(context);
        chunk.map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }
}
