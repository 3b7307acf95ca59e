//! Files that are sent, by their paths.

use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, ReadBuf};

use super::{ByteStream, Piece, Source};

impl ByteStream {
    /// The bytes of the file at a path, which is opened when the call is sent.
    ///
    /// If it can't be read then, the call fails with [`Error::InvalidArgument`].
    ///
    /// [`Error::InvalidArgument`]: crate::runtime::Error::InvalidArgument
    pub fn open(path: impl Into<PathBuf>) -> Self {
        Self::of(Source::File(path.into().into()))
    }
}

impl Piece {
    /// Looks how long the file is. It has to be there, and to be no folder.
    pub(in crate::runtime) async fn measure(&mut self) -> io::Result<()> {
        let Self::Stream(stream) = self else {
            return Ok(());
        };
        let Source::File(path) = &stream.source else {
            return Ok(());
        };
        let found = tokio::fs::metadata(path).await?;
        if found.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        // What is no plain file, like a pipe, says nothing of its length.
        stream.length = found.is_file().then_some(found.len());
        Ok(())
    }
}

/// A file that is opened when it is read first.
pub enum FileReader {
    Opening(Opening),
    Open(tokio::fs::File),
}

type Opening = Pin<Box<dyn Future<Output = io::Result<tokio::fs::File>> + Send>>;

impl FileReader {
    pub fn new(path: Arc<Path>) -> Self {
        Self::Opening(Box::pin(tokio::fs::File::open(path)))
    }
}

impl AsyncRead for FileReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Self::Opening(opening) = &mut *self {
            let file = ready!(opening.as_mut().poll(context))?;
            *self = Self::Open(file);
        }
        match &mut *self {
            Self::Open(file) => Pin::new(file).poll_read(context, buffer),
            Self::Opening(_) => Poll::Pending,
        }
    }
}
