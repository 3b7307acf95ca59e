//! Which call an error is about.

use std::fmt;
use std::sync::Arc;

use reqwest::{Method, Url};

/// The call that failed: what it was, and nothing that it was given.
#[derive(Debug, Clone)]
pub struct FailedCall {
    method: Method,
    path: &'static str,
    host: Arc<str>,
    attempts: u32,
}

impl FailedCall {
    pub(in crate::runtime) fn new(method: &Method, path: &'static str, base_url: &str) -> Self {
        Self::at(method, path, host(Url::parse(base_url).ok().as_ref()))
    }

    /// Of a call whose host is known.
    pub(in crate::runtime) fn at(method: &Method, path: &'static str, host: Arc<str>) -> Self {
        Self {
            method: method.clone(),
            path,
            host,
            attempts: 0,
        }
    }

    pub(in crate::runtime) fn after(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path with its parameters as in `/pets/{pet_id}`, relative to the base URL.
    ///
    /// It is `…` for a path that the application put together by itself, as that may hold values.
    pub fn path(&self) -> &str {
        self.path
    }

    /// The host of the base URL, with its port where that isn't the scheme's own.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// How often the request was sent; none if an argument was rejected.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Ends a message about the call.
    pub(super) fn end(
        &self,
        formatter: &mut fmt::Formatter<'_>,
        request_id: Option<&str>,
    ) -> fmt::Result {
        let id = request_id.map(|id| format!("request {id}, "));
        let id = id.unwrap_or_default();
        match self.attempts {
            0 => Ok(()),
            1 => write!(formatter, " [{id}1 attempt]"),
            attempts => write!(formatter, " [{id}{attempts} attempts]"),
        }
    }
}

/// As in `GET /pets/{pet_id} at api.example.com`.
impl fmt::Display for FailedCall {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            method, path, host, ..
        } = self;
        write!(formatter, "{method} {path} at {host}")
    }
}

/// The host of a URL, with its port where that isn't the scheme's own.
pub(in crate::runtime) fn host(url: Option<&Url>) -> Arc<str> {
    let host = url.and_then(Url::host_str).unwrap_or_default();
    match url.and_then(Url::port) {
        Some(port) => format!("{host}:{port}").into(),
        None => host.into(),
    }
}
