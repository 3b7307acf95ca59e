//! The bytes of a body or a part: in memory, in a file, or read while they are sent.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use tokio::io::AsyncRead;

#[cfg(not(target_family = "wasm"))]
mod file;
#[cfg(target_family = "wasm")]
mod whole;

/// The bytes of a body or a file: in memory, in a file on disk, or read while they are sent, so that they
/// need not fit into memory.
///
/// Bytes in memory and those of a file can be sent again. Those of a reader can be sent once: a call that
/// sends them is neither tried again nor redirected.
pub struct ByteStream(Piece);

/// A stretch of a body.
#[derive(Clone)]
pub(super) enum Piece {
    Bytes(Bytes),
    Stream(Stream),
}

/// Bytes that are read while they are sent.
#[derive(Clone)]
pub(super) struct Stream {
    source: Source,
    length: Option<u64>,
}

#[derive(Clone)]
enum Source {
    /// Whoever sends it first takes it.
    Reader(Arc<Mutex<Option<Reader>>>),
    /// Opened each time it is sent.
    #[cfg(not(target_family = "wasm"))]
    File(Arc<std::path::Path>),
}

pub(super) type Reader = Pin<Box<dyn AsyncRead + Send>>;

impl ByteStream {
    /// The bytes of a reader, such as a `tokio::fs::File`.
    pub fn new(reader: impl AsyncRead + Send + 'static) -> Self {
        let reader: Reader = Box::pin(reader);
        Self::of(Source::Reader(Arc::new(Mutex::new(Some(reader)))))
    }

    fn of(source: Source) -> Self {
        Self(Piece::Stream(Stream {
            source,
            length: None,
        }))
    }

    /// States how many bytes a reader has, which some services demand. It changes nothing where that is
    /// known: of bytes in memory, and of files.
    ///
    /// If there are fewer or more, the call fails with [`Error::InvalidArgument`]. A body of a stream
    /// that is stated to have none is sent without looking into it.
    ///
    /// [`Error::InvalidArgument`]: super::Error::InvalidArgument
    pub fn with_length(mut self, length: u64) -> Self {
        if let Piece::Stream(stream) = &mut self.0 {
            stream.length = Some(length);
        }
        self
    }
}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        Self(Piece::Bytes(bytes))
    }
}

impl From<Vec<u8>> for ByteStream {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&'static [u8]> for ByteStream {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for ByteStream {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for ByteStream {
    fn from(text: &'static str) -> Self {
        Bytes::from(text).into()
    }
}

impl From<ByteStream> for Piece {
    fn from(stream: ByteStream) -> Self {
        stream.0
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ByteStream")
            .field("length", &self.0.length())
            .finish_non_exhaustive()
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

    /// The bytes, if they are in memory.
    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Stream(_) => None,
        }
    }

    /// Whether it can be sent twice: what a reader has given is gone.
    pub(super) fn is_repeatable(&self) -> bool {
        match self {
            Self::Bytes(_) => true,
            Self::Stream(stream) => !matches!(stream.source, Source::Reader(_)),
        }
    }
}

impl Stream {
    /// The reader, unless it was taken before.
    pub(super) fn take(&self) -> Option<Reader> {
        match &self.source {
            Source::Reader(reader) => {
                let mut reader = reader.lock().unwrap_or_else(PoisonError::into_inner);
                reader.take()
            }
            #[cfg(not(target_family = "wasm"))]
            Source::File(path) => Some(Box::pin(file::FileReader::new(path.clone()))),
        }
    }
}
