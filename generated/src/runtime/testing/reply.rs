//! What is responded to a request.

use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

/// A response as it is sent.
#[derive(Debug, Clone)]
#[doc(hidden)]
pub struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) delay: Duration,
    /// The connection ends in place of a response.
    pub(crate) disconnects: bool,
}

impl Reply {
    /// A success.
    pub fn new(media_type: &'static str, body: impl Into<Bytes>) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        Self {
            headers,
            body: body.into(),
            ..Self::empty(StatusCode::OK)
        }
    }

    /// One without a body.
    pub fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            delay: Duration::ZERO,
            disconnects: false,
        }
    }

    /// As the response of these statuses and media types; a range of either is for the first in it.
    pub fn documented(
        mut self,
        statuses: impl Into<crate::runtime::outcomes::Statuses>,
        media_types: &[&'static str],
    ) -> Self {
        let status = statuses.into().first().clamp(200, 299);
        self.status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
        let named = media_types.iter().find(|name| !name.contains('*'));
        if let Some(name) = named.and_then(|name| HeaderValue::from_str(name).ok()) {
            self.headers.insert(CONTENT_TYPE, name);
        }
        self
    }
}
