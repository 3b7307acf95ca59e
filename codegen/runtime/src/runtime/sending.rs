//! A body on its way: its pieces, one after the other.

use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::io::ReadBuf;

use super::byte_stream::{Piece, Reader};

/// How many bytes of a stream are read at once.
const CHUNK: usize = 16 * 1024;

/// A body on its way, for one attempt.
pub(super) struct Sending {
    pieces: VecDeque<Piece>,
    stream: Option<Stream>,
    // What is left of the whole, if that is known.
    left: Option<u64>,
}

/// A stream that has been begun.
struct Stream {
    // A reader can be sent to another thread and not shared; nobody ever waits for this lock.
    reader: Mutex<Reader>,
    buffer: Vec<u8>,
    left: Option<u64>,
    last: Option<Bytes>,
}

/// Why a stream could not be sent whole. It shows nothing of what its reader says.
#[derive(Debug, Clone, Copy)]
enum Broken {
    Unreadable(io::ErrorKind),
    TooShort,
    TooLong,
    Gone,
}

/// Why the body could not be sent, if the connection is not to blame.
pub(super) fn failure(error: &reqwest::Error) -> Option<String> {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(broken) = error.downcast_ref::<Broken>() {
            return Some(broken.to_string());
        }
        cause = error.source();
    }
    None
}

impl Sending {
    /// The pieces, whose streams are taken when their turn comes.
    pub(super) fn new(pieces: Vec<Piece>) -> Self {
        Self {
            left: pieces.iter().map(Piece::length).sum(),
            pieces: pieces.into(),
            stream: None,
        }
    }

    /// The next bytes; none at the end.
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Broken>> {
        loop {
            if let Some(stream) = &mut self.stream {
                match ready!(stream.poll_next(context))? {
                    Some(bytes) => return Poll::Ready(Ok(Some(bytes))),
                    None => self.stream = None,
                }
            }
            match self.pieces.pop_front() {
                Some(Piece::Bytes(bytes)) if bytes.is_empty() => {}
                Some(Piece::Bytes(bytes)) => return Poll::Ready(Ok(Some(bytes))),
                Some(Piece::Stream(stream)) => {
                    let reader = stream.take().ok_or(Broken::Gone)?;
                    self.stream = Some(Stream::new(reader, Piece::Stream(stream).length()));
                }
                None => return Poll::Ready(Ok(None)),
            }
        }
    }
}

impl http_body::Body for Sending {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Ready(match ready!(self.poll_next(context)) {
            Ok(Some(bytes)) => {
                let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                self.left = self.left.map(|left| left.saturating_sub(length));
                Some(Ok(Frame::data(bytes)))
            }
            Ok(None) => None,
            Err(broken) => Some(Err(broken.into())),
        })
    }

    fn is_end_stream(&self) -> bool {
        self.stream.is_none() && self.pieces.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.left.map(SizeHint::with_exact).unwrap_or_default()
    }
}

impl Stream {
    fn new(reader: Reader, length: Option<u64>) -> Self {
        Self {
            reader: Mutex::new(reader),
            buffer: vec![0; CHUNK],
            left: length,
            last: None,
        }
    }

    /// The next bytes. The last ones are held back until it is known that they are the last, as
    /// nobody asks for more than was stated.
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Bytes>, Broken>> {
        loop {
            let bytes = ready!(self.poll_read(context))?;
            if bytes.is_empty() {
                let is_short = self.left.is_some_and(|left| left > 0);
                return Poll::Ready(if is_short {
                    Err(Broken::TooShort)
                } else {
                    Ok(self.last.take())
                });
            }
            if let Some(left) = self.left {
                let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                self.left = Some(left.checked_sub(length).ok_or(Broken::TooLong)?);
            }
            if self.left != Some(0) {
                return Poll::Ready(Ok(Some(bytes)));
            }
            self.last = Some(bytes);
        }
    }

    fn poll_read(&mut self, context: &mut Context<'_>) -> Poll<Result<Bytes, Broken>> {
        let reader = self
            .reader
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        let mut buffer = ReadBuf::new(&mut self.buffer);
        let read = ready!(reader.as_mut().poll_read(context, &mut buffer));
        read.map_err(|error| Broken::Unreadable(error.kind()))?;
        Poll::Ready(Ok(Bytes::copy_from_slice(buffer.filled())))
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(kind) => write!(formatter, "its stream can't be read: {kind}"),
            Self::TooShort => formatter.write_str("its stream is shorter than stated"),
            Self::TooLong => formatter.write_str("its stream is longer than stated"),
            Self::Gone => formatter.write_str("its stream was sent before"),
        }
    }
}

impl Error for Broken {}
