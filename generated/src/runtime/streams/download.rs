//! A response whose body is taken as it arrives.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll, ready};

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::Flow;
use super::open::Context;
use crate::runtime::error::{Error, InvalidArgumentError};
use crate::runtime::headers::HeaderNames;
use crate::runtime::raw_response::RawResponse;

/// The body of a successful response, decompressed, while it arrives.
///
/// It is a `futures_core::Stream` of bytes, and an [`AsyncRead`], whose errors hold an [`Error`]. It has no limit on time or length but the
/// timeout of the call, which is how long the service may be silent. Nothing is asked for again once
/// it is open: a part that is missing may be asked for by the header `range`, if the service has that.
pub struct Download {
    flow: Option<Flow>,
    // What was not read yet.
    chunk: Bytes,
    response: RawResponse,
    context: Context,
}

impl Download {
    pub(in crate::runtime) fn new(flow: Flow, context: Context, response: RawResponse) -> Self {
        Self {
            flow: Some(flow),
            chunk: Bytes::new(),
            response,
            context,
        }
    }

    /// The next bytes, once some are there; `None` at the end.
    ///
    /// # Errors
    ///
    /// [`Error::Timeout`] if the service was silent for too long, and [`Error::Connect`] if the
    /// connection broke; nothing follows.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    /// Writes all that is left, flushes the writer, and returns how many bytes that was.
    ///
    /// # Errors
    ///
    /// As [`chunk`](Self::chunk), and [`Error::InvalidArgument`] if the writer fails.
    pub async fn write_to(mut self, writer: &mut (impl AsyncWrite + Unpin)) -> Result<u64, Error> {
        let mut length = 0;
        while let Some(chunk) = self.chunk().await {
            let chunk = chunk?;
            let written = write_all(writer, &chunk).await;
            written.map_err(|error| self.unwritten(&error))?;
            length += chunk.len() as u64;
        }
        let flushed = poll_fn(|context| Pin::new(&mut *writer).poll_flush(context)).await;
        flushed.map_err(|error| self.unwritten(&error))?;
        Ok(length)
    }

    /// The bytes, piece after piece, in a program that is not async.
    ///
    /// Within an async runtime, which this would stop, an error is all that comes.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> impl Iterator<Item = Result<Bytes, Error>> {
        crate::runtime::blocking::each(self)
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The media type of the body, if it is stated.
    pub fn content_type(&self) -> Option<&str> {
        self.headers().get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The length of the body, if it is stated: it is not where the body came compressed.
    pub fn content_length(&self) -> Option<u64> {
        self.headers()
            .get(CONTENT_LENGTH)?
            .to_str()
            .ok()?
            .parse()
            .ok()
    }

    /// The service's name for the request, to be quoted to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.response.request_id()
    }

    fn poll_chunk(&mut self, context: &mut TaskContext<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if !self.chunk.is_empty() {
            return Poll::Ready(Some(Ok(std::mem::take(&mut self.chunk))));
        }
        let Some(flow) = &mut self.flow else {
            return Poll::Ready(None);
        };
        let chunk = ready!(flow.poll_chunk(context));
        if !matches!(chunk, Some(Ok(_))) {
            self.flow = None;
        }
        let broken = |broken| self.context.broken(broken, &self.response);
        Poll::Ready(chunk.map(|chunk| chunk.map_err(broken)))
    }

    fn unwritten(&self, error: &io::Error) -> Error {
        self.failed("writer", error)
    }

    /// What is written to failed, which the caller named so.
    pub(super) fn failed(&self, name: &str, error: &io::Error) -> Error {
        let reason = format!("it failed: {error}");
        Error::from(InvalidArgumentError::new(name, reason)).of_call(self.context.call.clone())
    }
}

impl futures_core::Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_chunk(context)
    }
}

impl AsyncRead for Download {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut TaskContext<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        match ready!(this.poll_chunk(context)) {
            None => Poll::Ready(Ok(())),
            Some(Err(error)) => Poll::Ready(Err(io::Error::other(error))),
            Some(Ok(mut chunk)) => {
                let part = chunk.split_to(chunk.len().min(buffer.remaining()));
                buffer.put_slice(&part);
                this.chunk = chunk;
                Poll::Ready(Ok(()))
            }
        }
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Download")
            .field("status", &self.status())
            .field("headers", &HeaderNames(self.headers()))
            .field("request_id", &self.request_id())
            .finish_non_exhaustive()
    }
}

pub(super) async fn write_all(
    writer: &mut (impl AsyncWrite + Unpin),
    mut bytes: &[u8],
) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = poll_fn(|context| Pin::new(&mut *writer).poll_write(context, bytes)).await?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        bytes = &bytes[written..];
    }
    Ok(())
}
