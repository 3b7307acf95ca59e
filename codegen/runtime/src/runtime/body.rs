//! What a request sends, and whether it can be sent twice.

use std::borrow::Cow;
use std::io;

use bytes::Bytes;
use serde::Serialize;
use serde_json::value::RawValue;

use super::byte_stream::{ByteStream, Piece};
use super::error::InvalidArgumentError;
use super::fields::Fields;
use super::finite;
use super::headers::is_range;
use super::multipart::{self, Part};
use super::sending::Sending;

pub(super) use super::sending::failure;

/// What a request sends: JSON, a form, parts, or bytes of any media type.
#[derive(Clone)]
pub(super) struct Body {
    media_type: Cow<'static, str>,
    pieces: Vec<Piece>,
    // The parts that are values and no files, by their names.
    values: Vec<(String, Bytes)>,
}

impl Body {
    /// A value as JSON.
    pub(super) fn json(value: &impl Serialize) -> serde_json::Result<Self> {
        Ok(Self::raw("application/json", finite::to_vec(value)?))
    }

    /// Text.
    pub(super) fn text(text: String) -> Self {
        Self::of("text/plain", vec![Piece::Bytes(text.into())])
    }

    /// The pairs of a form.
    pub(super) fn form(pairs: String) -> Self {
        Self::raw("application/x-www-form-urlencoded", pairs)
    }

    /// Bytes as they are.
    pub(super) fn raw(media_type: &'static str, bytes: impl Into<ByteStream>) -> Self {
        Self::of(media_type, vec![bytes.into().into()])
    }

    /// The parts, one after the other.
    pub(super) fn parts(
        media_type: &str,
        parts: impl IntoIterator<Item = Part>,
    ) -> Result<Self, InvalidArgumentError> {
        let boundary = multipart::boundary();
        let parts: Vec<Part> = parts.into_iter().collect();
        let values = parts.iter().filter_map(Part::value).collect();
        let mut media_type = media_type.to_owned();
        // RFC 2387, section 3.1, requires the type of the first part.
        let asks = media_type.starts_with("multipart/related") && !media_type.contains("type=");
        if let Some(first) = parts.first().filter(|_| asks) {
            media_type.push_str(&format!("; type=\"{}\"", first.media_type()));
        }
        media_type.push_str(&format!("; boundary={boundary}"));
        let pieces = multipart::encoded(parts, &boundary)?;
        Ok(Self {
            values,
            ..Self::of(media_type, pieces)
        })
    }

    fn of(media_type: impl Into<Cow<'static, str>>, pieces: Vec<Piece>) -> Self {
        Self {
            media_type: media_type.into(),
            pieces,
            values: Vec::new(),
        }
    }

    /// The same, of another media type.
    pub(super) fn with_media_type(self, media_type: &'static str) -> Self {
        Self {
            media_type: media_type.into(),
            ..self
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

    /// The text, if it is JSON.
    pub(super) fn as_json(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [Piece::Bytes(bytes)] if self.media_type.contains("json") => {
                std::str::from_utf8(bytes).ok()
            }
            _ => None,
        }
    }

    /// What is sent, if that is a text which is at hand.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [Piece::Bytes(bytes)] => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    /// The same, of which one member has this value; what is no object stays as it is.
    pub(super) fn with_json_member(
        &self,
        name: &str,
        value: &impl Serialize,
    ) -> serde_json::Result<Self> {
        let Some(object) = self.as_json().filter(|json| json.starts_with('{')) else {
            return Ok(self.clone());
        };
        let mut fields = Fields::default();
        fields.take_members(&serde_json::from_str::<&RawValue>(object)?)?;
        fields.set(name, value)?;
        let media_type = self.media_type.clone();
        Ok(Self {
            media_type,
            ..fields.into_body()?
        })
    }

    /// The same of another text, which is JSON as well.
    pub(super) fn with_json(self, json: String) -> Self {
        Self {
            media_type: self.media_type,
            ..Self::of("", vec![Piece::Bytes(json.into())])
        }
    }

    /// The pairs, if it is a form.
    pub(super) fn as_form(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [Piece::Bytes(bytes)] if self.media_type.contains("x-www-form-urlencoded") => {
                std::str::from_utf8(bytes).ok()
            }
            _ => None,
        }
    }

    /// The texts among its parts, by their names.
    pub(super) fn part_values(&self) -> impl Iterator<Item = (&str, &str)> {
        let values = self.values.iter();
        values.filter_map(|(name, value)| Some((name.as_str(), std::str::from_utf8(value).ok()?)))
    }

    /// Whether the media type names what separates the parts, so that no other can stand for it.
    pub(super) fn is_multipart(&self) -> bool {
        self.media_type.starts_with("multipart/")
    }

    /// Whether it can be sent twice.
    pub(super) fn is_repeatable(&self) -> bool {
        self.pieces.iter().all(Piece::is_repeatable)
    }

    /// Looks for the files that it is read from.
    pub(super) async fn measure(&mut self) -> Result<(), InvalidArgumentError> {
        for piece in &mut self.pieces {
            let measured = piece.measure().await;
            measured.map_err(|error| InvalidArgumentError::new("body", unreadable(&error)))?;
        }
        Ok(())
    }

    /// The body for one attempt.
    pub(super) fn start(&self) -> reqwest::Body {
        match self.pieces.as_slice() {
            [Piece::Bytes(bytes)] => bytes.clone().into(),
            #[cfg(not(target_family = "wasm"))]
            pieces => reqwest::Body::wrap(Sending::new(pieces.to_vec())),
            #[cfg(target_family = "wasm")]
            pieces => {
                let bytes = pieces.iter().filter_map(Piece::bytes);
                bytes.collect::<Vec<&[u8]>>().concat().into()
            }
        }
    }
}

/// Why a file can't be sent. Its path is the caller's own, and shown to nobody.
pub(super) fn unreadable(error: &io::Error) -> String {
    format!("the file can't be read: {}", error.kind())
}
