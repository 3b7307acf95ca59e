//! Headers that hold what a caller gave: checked, and kept out of every log.

use std::fmt;

use reqwest::header::{
    CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING,
};

/// What says where a request ends, which only the HTTP client knows.
const FRAMING: &[HeaderName] = &[CONTENT_LENGTH, TRANSFER_ENCODING];

/// How many headers are added to most requests: `accept`, the secret, how often it was tried, the codings and the host.
const ADDED: usize = 5;

/// The header that a caller asks for, if it can be sent.
pub(super) fn header(name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
    let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
    let is_range = name == CONTENT_TYPE && is_range(value);
    let value = secret_value(value)?;
    (!is_range && !FRAMING.contains(&name)).then_some((name, value))
}

/// Whether it stands for many media types (RFC 9110, section 12.5.1), so that nothing is of it.
pub(super) fn is_range(media_type: &str) -> bool {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .contains('*')
}

/// A value that no log and no compression table will keep.
pub(super) fn secret_value(value: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_bytes(value.as_bytes()).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// A copy with room for what is added to most requests, by the HTTP client too, so that nothing is moved then.
pub(super) fn copied(headers: &HeaderMap) -> HeaderMap {
    let mut copy = HeaderMap::with_capacity(headers.len() + ADDED);
    for (name, value) in headers {
        copy.append(name, value.clone());
    }
    copy
}

/// Shows the names of headers; their values may be secret.
pub(super) struct HeaderNames<'a>(pub(super) &'a HeaderMap);

impl fmt::Debug for HeaderNames<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_list()
            .entries(self.0.keys().map(HeaderName::as_str))
            .finish()
    }
}
