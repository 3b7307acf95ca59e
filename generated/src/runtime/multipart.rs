//! Parts: `multipart/form-data` as RFC 7578 and the WHATWG's HTML (section 4.10.21.8) have it, and what is
//! written like it.

use std::fmt;

use bytes::Bytes;
use reqwest::header::HeaderValue;

use super::body::unreadable;
use super::byte_stream::{ByteStream, Piece};
use super::error::InvalidArgumentError;
use super::file::File;
use super::headers::{header, is_range};

pub(super) const FORM_DATA: &str = "multipart/form-data";

/// One part of a body: a named value, or a file.
pub struct Part {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
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

    /// A part that is a file, as which it has a name: the file's own, or that of the part.
    pub fn file(name: impl Into<String>, file: impl Into<File>) -> Self {
        let (name, file) = (name.into(), file.into());
        let file_name = file.name.unwrap_or_else(|| name.clone());
        Self {
            file_name: Some(file_name),
            content_type: file.content_type,
            headers: file.headers,
            ..Self::of(name, file.content.into())
        }
    }

    fn of(name: impl Into<String>, content: Piece) -> Self {
        Self {
            name: name.into(),
            file_name: None,
            content_type: None,
            headers: Vec::new(),
            content,
        }
    }

    /// Its name and its content, if it is no file.
    pub(super) fn value(&self) -> Option<(String, Bytes)> {
        match &self.content {
            Piece::Bytes(content) if self.file_name.is_none() => {
                Some((self.name.clone(), content.clone()))
            }
            _ => None,
        }
    }

    /// Makes the part a file of this name. Services take a part without one for a plain value.
    pub fn file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// States the media type. Without it a file has the one that the ending of its name stands for, or
    /// else `application/octet-stream`, and what is no file has no content type, which means text
    /// (RFC 7578, section 4.4).
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Adds a header to the part, which few services read.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Looks for the file that it is read from.
    pub(super) async fn measure(&mut self) -> Result<(), InvalidArgumentError> {
        let measured = self.content.measure().await;
        measured.map_err(|error| InvalidArgumentError::new(self.name.as_str(), unreadable(&error)))
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
        if let Some(content_type) = self.stated_media_type() {
            if is_range(content_type) || HeaderValue::from_str(content_type).is_err() {
                return Err(self.rejected("the content type of the part can't be sent"));
            }
            head.push_str(&format!("\r\ncontent-type: {content_type}"));
        }
        for (name, value) in &self.headers {
            if header(name, value).is_none() {
                return Err(self.rejected("a header of the part can't be sent"));
            }
            head.push_str(&format!("\r\n{name}: {value}"));
        }
        head.push_str("\r\n\r\n");
        Ok(head)
    }

    fn stated_media_type(&self) -> Option<&str> {
        let guessed = self.file_name.as_ref().map(|name| {
            let guess = mime_guess::from_path(name).first_raw();
            guess.unwrap_or("application/octet-stream")
        });
        self.content_type.as_deref().or(guessed)
    }

    /// What it is, stated or not (RFC 2046, section 5.1).
    pub(super) fn media_type(&self) -> &str {
        let stated = self.stated_media_type().unwrap_or("text/plain");
        stated.split(';').next().unwrap_or(stated).trim()
    }

    fn rejected(&self, reason: &'static str) -> InvalidArgumentError {
        InvalidArgumentError::new(self.name.as_str(), reason)
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
