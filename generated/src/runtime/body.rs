//! What a request sends, and whether it can be sent twice.

use std::borrow::Cow;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use serde::Serialize;
use tokio::io::AsyncRead;

use super::error::InvalidArgumentError;
use super::form;
use super::headers::is_range;
use super::multipart;
use super::sending::Sending;

pub use super::multipart::Part;
pub(super) use super::sending::failure;

/// What a request sends: JSON, a form, parts, or bytes of any media type.
#[derive(Clone)]
pub(super) struct Body {
    media_type: Cow<'static, str>,
    pieces: Vec<Piece>,
}

/// A stretch of a body.
#[derive(Clone)]
pub(super) enum Piece {
    Bytes(Bytes),
    Stream(SharedStream),
}

/// A stream that whoever sends it first takes.
#[derive(Clone)]
pub(super) struct SharedStream {
    reader: Arc<Mutex<Option<Reader>>>,
    length: Option<u64>,
}

pub(super) type Reader = Pin<Box<dyn AsyncRead + Send>>;

impl Body {
    /// A value as JSON.
    pub(super) fn json(value: &impl Serialize) -> serde_json::Result<Self> {
        Ok(Self::raw("application/json", serde_json::to_vec(value)?))
    }

    /// A value as a form; a nested member is written as `a[b]`.
    pub(super) fn form(value: &impl Serialize) -> serde_json::Result<Self> {
        let text = form::encoded(value)?;
        Ok(Self::raw("application/x-www-form-urlencoded", text))
    }

    /// Bytes as they are.
    pub(super) fn raw(media_type: &'static str, bytes: impl Into<Bytes>) -> Self {
        Self::of(media_type, vec![Piece::Bytes(bytes.into())])
    }

    /// Bytes that are read while they are sent.
    pub(super) fn stream(media_type: &'static str, stream: ByteStream) -> Self {
        Self::of(media_type, vec![stream.into()])
    }

    /// The parts, one after the other.
    pub(super) fn multipart(
        parts: impl IntoIterator<Item = Part>,
    ) -> Result<Self, InvalidArgumentError> {
        let boundary = multipart::boundary();
        let pieces = multipart::encoded(parts, &boundary)?;
        Ok(Self::of(multipart::media_type(&boundary), pieces))
    }

    fn of(media_type: impl Into<Cow<'static, str>>, pieces: Vec<Piece>) -> Self {
        Self {
            media_type: media_type.into(),
            pieces,
        }
    }

    /// The media type to send, if it is known: a document may state a range.
    pub(super) fn media_type(&self) -> Option<&str> {
        if !is_range(&self.media_type) {
            return Some(&self.media_type);
        }
        let binary = ["*/", "application/"];
        let binary = binary
            .iter()
            .any(|start| self.media_type.starts_with(start));
        binary.then_some("application/octet-stream")
    }

    /// Whether the media type names what separates the parts, so that no other can stand for it.
    pub(super) fn is_multipart(&self) -> bool {
        self.media_type.starts_with("multipart/")
    }

    /// Whether it can be sent twice: a stream is gone once it has been read.
    pub(super) fn is_repeatable(&self) -> bool {
        self.pieces
            .iter()
            .all(|piece| matches!(piece, Piece::Bytes(_)))
    }

    /// The body for one attempt.
    pub(super) fn start(&self) -> reqwest::Body {
        match self.pieces.as_slice() {
            [Piece::Bytes(bytes)] => bytes.clone().into(),
            pieces => reqwest::Body::wrap(Sending::new(pieces.to_vec())),
        }
    }
}

impl Piece {
    /// How many bytes it has, if that is known.
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Stream(stream) => stream.length,
        }
    }
}

impl SharedStream {
    /// The reader, unless it was taken before.
    pub(super) fn take(&self) -> Option<Reader> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        reader.take()
    }
}

/// Bytes that are read while they are sent, so that they need not fit into memory.
///
/// They can be sent once: a call that sends them is neither tried again nor redirected.
pub struct ByteStream {
    reader: Reader,
    length: Option<u64>,
}

impl ByteStream {
    /// The bytes of a reader, such as a `tokio::fs::File`.
    pub fn new(reader: impl AsyncRead + Send + 'static) -> Self {
        Self {
            reader: Box::pin(reader),
            length: None,
        }
    }

    /// States how many bytes there are, which some services demand.
    ///
    /// If there are fewer or more, the call fails with [`Error::InvalidArgument`]. A body of a stream
    /// that is stated to have none is sent without looking into it.
    ///
    /// [`Error::InvalidArgument`]: super::Error::InvalidArgument
    pub fn with_length(mut self, length: u64) -> Self {
        self.length = Some(length);
        self
    }
}

impl From<ByteStream> for Piece {
    fn from(stream: ByteStream) -> Self {
        Self::Stream(SharedStream {
            reader: Arc::new(Mutex::new(Some(stream.reader))),
            length: stream.length,
        })
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ByteStream")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}
