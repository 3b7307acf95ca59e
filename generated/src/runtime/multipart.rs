//! `multipart/form-data`, as RFC 7578 and the WHATWG's HTML (section 4.10.21.8) have it.

use std::fmt;

use bytes::Bytes;
use reqwest::header::HeaderValue;

use super::body::{ByteStream, Piece};
use super::error::InvalidArgumentError;
use super::headers::is_range;

/// One part of a `multipart/form-data` body: a named value, or a file.
pub struct Part {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    content: Piece,
}

impl Part {
    /// A part with this text or these bytes.
    pub fn new(name: impl Into<String>, content: impl Into<Bytes>) -> Self {
        Self::of(name, Piece::Bytes(content.into()))
    }

    /// A part that is read while it is sent. The call can then be made once: it is neither tried
    /// again nor redirected.
    pub fn stream(name: impl Into<String>, stream: ByteStream) -> Self {
        Self::of(name, stream.into())
    }

    fn of(name: impl Into<String>, content: Piece) -> Self {
        Self {
            name: name.into(),
            file_name: None,
            content_type: None,
            content,
        }
    }

    /// Makes the part a file of this name. Services take a part without one for a plain value.
    pub fn file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// States the media type. Without it a file is `application/octet-stream`, and what is no file
    /// has no content type, which means text (RFC 7578, section 4.4).
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// What is before the content.
    fn head(&self, boundary: &str) -> Result<String, InvalidArgumentError> {
        let mut head = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"{}\"",
            escaped(&self.name)
        );
        if let Some(file_name) = &self.file_name {
            head.push_str(&format!("; filename=\"{}\"", escaped(file_name)));
        }
        let binary = self.file_name.as_ref().map(|_| "application/octet-stream");
        if let Some(content_type) = self.content_type.as_deref().or(binary) {
            if is_range(content_type) || HeaderValue::from_str(content_type).is_err() {
                let reason = "the content type of the part can't be sent";
                return Err(InvalidArgumentError::new(self.name.as_str(), reason));
            }
            head.push_str(&format!("\r\ncontent-type: {content_type}"));
        }
        head.push_str("\r\n\r\n");
        Ok(head)
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Part")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Text that is in no part, which nobody can foresee.
pub(super) fn boundary() -> String {
    format!("{:032x}", fastrand::u128(..))
}

/// The media type of a body with this boundary.
pub(super) fn media_type(boundary: &str) -> String {
    format!("multipart/form-data; boundary={boundary}")
}

/// The parts between their boundaries.
pub(super) fn encoded(
    parts: impl IntoIterator<Item = Part>,
    boundary: &str,
) -> Result<Vec<Piece>, InvalidArgumentError> {
    let mut pieces = Vec::new();
    for part in parts {
        pieces.push(Piece::Bytes(part.head(boundary)?.into()));
        pieces.push(part.content);
        pieces.push(Piece::Bytes(Bytes::from_static(b"\r\n")));
    }
    pieces.push(Piece::Bytes(format!("--{boundary}--\r\n").into()));
    Ok(pieces)
}

/// A name that ends neither its quotes nor its line. Other characters are written as they are.
fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
