//! One whole response, before anything in it is given a meaning.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};
use serde_json::Value;

use super::charset;
use super::decode::Failure;
use super::headers::HeaderNames;
use super::message::Message;
use super::service::Service;
use super::streams::Open;

/// One whole response of the service.
pub struct RawResponse {
    pub(super) service: &'static Service,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) attempts: u32,
    pub(super) note: Option<&'static str>,
    pub(super) strict: bool,
    // What is still to come of the body, which is empty then.
    pub(super) open: Option<Box<Open>>,
}

impl RawResponse {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, decompressed.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The service's name for the request.
    pub fn request_id(&self) -> Option<&str> {
        let values = self
            .service
            .request_id_headers
            .iter()
            .map(|name| self.headers.get(*name));
        values.flatten().find_map(|value| value.to_str().ok())
    }

    pub(super) fn service(&self) -> &'static Service {
        self.service
    }

    /// Its head with another body.
    pub(super) fn with_body(&self, body: Bytes) -> Self {
        Self {
            service: self.service,
            status: self.status,
            headers: self.headers.clone(),
            body,
            attempts: self.attempts,
            note: self.note,
            strict: self.strict,
            open: None,
        }
    }

    /// Whether the body is a file rather than a message: neither JSON nor text.
    pub(super) fn is_file(&self) -> bool {
        let content_type = self.headers.get(CONTENT_TYPE);
        content_type.is_some_and(|value| {
            let value = value.to_str().unwrap_or("?");
            !is_json(value) && !media_type(value).to_ascii_lowercase().starts_with("text/")
        })
    }

    /// Whether it is read as the API's description has it, or not at all.
    pub(super) fn is_strict(&self) -> bool {
        self.strict
    }

    /// What the runtime has to add to the service's own words.
    pub(super) fn note(&self) -> Option<&'static str> {
        self.note
    }

    /// The body as text, whatever it holds.
    pub(super) fn text(&self) -> Cow<'_, str> {
        charset::lossy(&self.body, self.charset())
    }

    /// The body as text.
    pub(super) fn exact_text(&self) -> Result<Cow<'_, str>, Failure> {
        charset::text(&self.body, self.charset()).map_err(|reason| self.garbled(reason))
    }

    /// The body, if it can be JSON.
    pub(super) fn json(&self) -> Result<Cow<'_, str>, Failure> {
        if self.body.is_empty() {
            return Err(Failure::unreadable(".", "expected JSON, got an empty body"));
        }
        if let Some(reason) = not_json(&self.headers) {
            return Err(Failure::unreadable(".", reason));
        }
        let text = charset::json(&self.body, || self.charset());
        text.map_err(|reason| self.garbled(reason))
    }

    /// The charset that the Content-Type names.
    fn charset(&self) -> Option<&str> {
        charset::label(self.headers.get(CONTENT_TYPE)?.to_str().ok()?)
    }

    /// The body is no text: a coding that is still there is why.
    fn garbled(&self, reason: String) -> Failure {
        // What the client decodes, it takes out of the headers.
        let coding = self.headers.get(CONTENT_ENCODING);
        let coding = coding.map(|coding| charset::shown(coding.to_str().unwrap_or("?")));
        match coding {
            Some(coding) => {
                let reason =
                    format!("the body has the content coding `{coding}`, which can't be undone");
                Failure::unreadable(".", reason)
            }
            None => Failure::unreadable(".", reason),
        }
    }

    /// The body as any JSON value; null if it is none.
    pub(super) fn any_json(&self) -> Value {
        let text = charset::json(&self.body, || self.charset()).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// What the service says in its envelope, if the body has one.
    pub(super) fn errors_and_messages(&self, body: &Value) -> (Vec<Message>, Vec<Message>) {
        let Some(envelope) = self.service.envelope else {
            return Default::default();
        };
        let list = |name| body.get(name).map(Message::list).unwrap_or_default();
        (list(envelope.errors), list(envelope.messages))
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RawResponse")
            .field("status", &self.status)
            .field("headers", &HeaderNames(&self.headers))
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Why the body is no JSON by its Content-Type, if it isn't.
pub(super) fn not_json(headers: &HeaderMap) -> Option<String> {
    let content_type = headers.get(CONTENT_TYPE)?.to_str().unwrap_or("?");
    (!is_json(content_type)).then(|| {
        let found = media_type(content_type);
        format!("expected JSON, got the content type `{found}`")
    })
}

/// Why the body is no stream of items by its Content-Type, if it isn't: it is JSON as a whole, or a page. Lines of JSON are
/// often called JSON.
pub(super) fn not_items(headers: &HeaderMap, may_be_json: bool) -> Option<String> {
    let content_type = headers.get(CONTENT_TYPE)?.to_str().unwrap_or("?");
    let found = media_type(content_type);
    let is_other = found.eq_ignore_ascii_case("text/html") || !may_be_json && is_json(content_type);
    is_other.then(|| format!("expected a stream, got the content type `{found}`"))
}

/// Whether the body says of itself that it is text for people.
pub(super) fn is_plain_text(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).map(|value| value.to_str());
    matches!(content_type, Some(Ok(text)) if media_type(text).eq_ignore_ascii_case("text/plain"))
}

fn is_json(content_type: &str) -> bool {
    // As nearly all say it.
    let rest = content_type.strip_prefix("application/json");
    if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(';')) {
        return true;
    }
    let media_type = media_type(content_type);
    let known = ["application/json", "text/json"];
    let known = known
        .iter()
        .any(|known| known.eq_ignore_ascii_case(media_type));
    known || ends_with(media_type, "+json")
}

/// In whichever case.
fn ends_with(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len());
    let last = start.and_then(|start| text.as_bytes().get(start..));
    last.is_some_and(|last| last.eq_ignore_ascii_case(end.as_bytes()))
}

fn media_type(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}
