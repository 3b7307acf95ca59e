//! A request that came, without its credentials.

use std::fmt;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::difference;
use super::route::Values;
use super::shared::Received;
use crate::runtime::sensitive;
use crate::runtime::service::{Placement, Scheme, Service};
use crate::runtime::spellings;

const REDACTED: &str = "[redacted]";

/// A request that a fake got. Where a credential was, it has `[redacted]`.
///
/// `Debug`, and what assertions show, hide what the API's description marks as secret or personal, too.
#[derive(Clone)]
pub struct Call {
    /// The HTTP method and the path, as the API has them; empty for a request of no operation.
    pub(super) operation: &'static str,
    access: String,
    method: Method,
    path: String,
    path_parameters: Values,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
    sensitive: &'static [&'static str],
}

impl Call {
    pub(super) fn new(
        service: &'static Service,
        received: Received,
        (operation, access): (&'static str, &str),
        path_parameters: Values,
        query: Vec<(String, String)>,
    ) -> Self {
        Self {
            operation,
            access: access.to_owned(),
            path_parameters,
            body: received.body,
            ..Self::unknown(service, &received.parts, query)
        }
    }

    /// One of no operation, whose body may be anything: of a request for a token, say.
    pub(super) fn unknown(
        service: &'static Service,
        parts: &http::request::Parts,
        mut query: Vec<(String, String)>,
    ) -> Self {
        let mut headers = parts.headers.clone();
        for (name, value) in &mut headers {
            if spellings::authenticates(name) {
                *value = HeaderValue::from_static(REDACTED);
            }
        }
        for scheme in schemes(service) {
            match scheme.placement {
                Placement::Header(name) => {
                    let name = name.parse::<HeaderName>();
                    name.iter().for_each(|name| redact(&mut headers, name));
                }
                Placement::Query(name) => {
                    let named = query.iter_mut().filter(|(own, _)| own == name);
                    named.for_each(|(_, value)| value.replace_range(.., REDACTED));
                }
                _ => {}
            }
        }
        Self {
            operation: "",
            access: String::new(),
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
            path_parameters: Values::new(),
            query,
            headers,
            body: Bytes::new(),
            sensitive: service.sensitive,
        }
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path as it was sent.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the placeholders of the path were filled with, decoded.
    pub fn path_parameters(&self) -> &[(&'static str, String)] {
        &self.path_parameters
    }

    /// The value of a placeholder of the path.
    pub fn path_parameter(&self, name: &str) -> Option<&str> {
        let mut parameters = self.path_parameters.iter();
        let found = parameters.find(|(own, _)| *own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The names and values of the query, decoded.
    pub fn query(&self) -> &[(String, String)] {
        &self.query
    }

    /// The first value of that name in the query.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value of a header, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as it was sent.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body, if it is JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// That the query has the value, or one of its values of that name is it.
    ///
    /// # Panics
    ///
    /// If that is not so.
    #[track_caller]
    pub fn assert_query(&self, name: &str, value: impl fmt::Display) -> &Self {
        let pairs = self.query.iter();
        let values = pairs.filter(|(own, _)| own == name);
        let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
        self.assert_text("query parameter", name, &values, value)
    }

    /// That a placeholder of the path was filled with the value.
    ///
    /// # Panics
    ///
    /// If that is not so.
    #[track_caller]
    pub fn assert_path_parameter(&self, name: &str, value: impl fmt::Display) -> &Self {
        let values = self.path_parameter(name);
        self.assert_text("path parameter", name, values.as_slice(), value)
    }

    /// That it has a header with the value.
    ///
    /// # Panics
    ///
    /// If that is not so.
    #[track_caller]
    pub fn assert_header(&self, name: &str, value: impl fmt::Display) -> &Self {
        let values = self.headers.get_all(name).iter();
        let values: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
        self.assert_text("header", name, &values, value)
    }

    /// That the body is this JSON.
    ///
    /// # Panics
    ///
    /// If it is not, with each place at which the two differ.
    #[track_caller]
    pub fn assert_body(&self, expected: Value) -> &Self {
        let Some(sent) = self.json() else {
            panic!("the body is no JSON, of {} bytes: {self}", self.body.len());
        };
        let lines = difference::lines(&expected, &sent, self.sensitive);
        assert!(
            lines.is_empty(),
            "another body was sent: {self}\n  {}",
            lines.join("\n  ")
        );
        self
    }

    #[track_caller]
    fn assert_text(
        &self,
        what: &str,
        name: &str,
        sent: &[&str],
        expected: impl fmt::Display,
    ) -> &Self {
        let expected = expected.to_string();
        if sent.contains(&expected.as_str()) {
            return self;
        }
        let is_hidden = sensitive::is_one_of(name, self.sensitive);
        let shown: Vec<String> = sent.iter().map(|value| format!("{value:?}")).collect();
        let difference = match shown.join(", ") {
            sent if sent.is_empty() => "it was not sent".to_owned(),
            _ if is_hidden => "another value was sent, which is hidden".to_owned(),
            sent => format!("expected {expected:?}, sent {sent}"),
        };
        panic!("{what} `{name}`: {difference}\n  of {self}");
    }

    fn shown<'c>(&self, name: &str, value: &'c str) -> &'c str {
        if sensitive::is_one_of(name, self.sensitive) {
            REDACTED
        } else {
            value
        }
    }

    fn shown_body(&self) -> String {
        let mut text = String::from_utf8_lossy(&self.body).into_owned();
        for value in sensitive::values(&text, self.sensitive).into_iter().rev() {
            text.replace_range(value, REDACTED);
        }
        text
    }
}

fn redact(headers: &mut HeaderMap, name: &HeaderName) {
    if headers.contains_key(name) {
        headers.insert(name, HeaderValue::from_static(REDACTED));
    }
}

fn schemes(service: &Service) -> impl Iterator<Item = &'static Scheme> {
    service.alternatives.iter().copied().flatten().copied()
}

/// The request in a line, as far as it can be shown.
impl fmt::Display for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_hidden = |(name, _): &(&str, String)| sensitive::is_one_of(name, self.sensitive);
        let path = if self.path_parameters.iter().any(is_hidden) {
            self.operation.split_once(' ').map_or("", |(_, path)| path)
        } else {
            &self.path
        };
        write!(formatter, "{} {path}", self.method)?;
        for (index, (name, value)) in self.query.iter().enumerate() {
            let mark = if index == 0 { '?' } else { '&' };
            write!(formatter, "{mark}{name}={}", self.shown(name, value))?;
        }
        match self.access.as_str() {
            "" => formatter.write_str(" (no operation of the API)"),
            access => write!(formatter, " (client.{access})"),
        }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = self.headers.iter().map(|(name, value)| {
            let value = value.to_str().unwrap_or("?");
            (name.as_str(), self.shown(name.as_str(), value))
        });
        formatter
            .debug_struct("Call")
            .field("request", &format_args!("{self}"))
            .field("headers", &headers.collect::<Vec<_>>())
            .field("body", &self.shown_body())
            .finish_non_exhaustive()
    }
}
