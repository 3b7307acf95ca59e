//! Files that requests send.

use std::fmt;

use bytes::Bytes;

use super::byte_stream::ByteStream;

/// A file that a request sends, with its name and its media type.
///
/// Bytes and paths are files by themselves: `vec![0; 8]` is one, and so is `Path::new("logo.png")`.
pub struct File {
    pub(super) content: ByteStream,
    pub(super) name: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) headers: Vec<(String, String)>,
}

impl File {
    /// A file of this content: text, bytes or a [`ByteStream`].
    pub fn new(content: impl Into<ByteStream>) -> Self {
        Self {
            content: content.into(),
            name: None,
            content_type: None,
            headers: Vec::new(),
        }
    }

    /// The file at a path, under its own name. It is opened when the call is sent.
    ///
    /// If it can't be read then, the call fails with [`Error::InvalidArgument`].
    ///
    /// [`Error::InvalidArgument`]: super::Error::InvalidArgument
    #[cfg(not(target_family = "wasm"))]
    pub fn open(path: impl Into<std::path::PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name();
        let name = name.map(|name| name.to_string_lossy().into_owned());
        Self {
            name,
            ..Self::new(ByteStream::open(path))
        }
    }

    /// States the name of the file. A file without one is named like the field that it is sent as.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// States the media type, in place of the one that the API documents, or else of what the ending of
    /// the file's name stands for: `image/png` of `logo.png`, and `application/octet-stream` of a file
    /// without a name or with another ending.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Adds a header to the part that the file is sent as, which few services read.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl From<ByteStream> for File {
    fn from(content: ByteStream) -> Self {
        Self::new(content)
    }
}

impl From<Bytes> for File {
    fn from(content: Bytes) -> Self {
        Self::new(content)
    }
}

impl From<Vec<u8>> for File {
    fn from(content: Vec<u8>) -> Self {
        Self::new(content)
    }
}

impl From<&'static [u8]> for File {
    fn from(content: &'static [u8]) -> Self {
        Self::new(content)
    }
}

#[cfg(not(target_family = "wasm"))]
impl From<std::path::PathBuf> for File {
    fn from(path: std::path::PathBuf) -> Self {
        Self::open(path)
    }
}

#[cfg(not(target_family = "wasm"))]
impl From<&std::path::Path> for File {
    fn from(path: &std::path::Path) -> Self {
        Self::open(path)
    }
}

impl fmt::Debug for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("File")
            .field("content", &self.content)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}
