//! What is known of an attempt, for metrics.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Method, StatusCode};

use super::error::Error;

/// One attempt of a call, when it is over. It holds no value that the call was given.
#[derive(Debug, Clone)]
pub struct Attempt<'a> {
    pub(super) method: &'a Method,
    pub(super) path: &'a str,
    pub(super) host: &'a str,
    pub(super) number: u32,
    pub(super) status: Option<StatusCode>,
    pub(super) error: Option<&'a Error>,
    pub(super) elapsed: Duration,
}

/// The observer of attempts.
pub(super) type Observer = Arc<dyn Fn(&Attempt<'_>) + Send + Sync>;

impl Attempt<'_> {
    /// The method.
    pub fn method(&self) -> &Method {
        self.method
    }

    /// The path with its parameters as in `/pets/{pet_id}`; `…` for one that the application put together.
    pub fn path(&self) -> &str {
        self.path
    }

    /// The host of the base URL.
    pub fn host(&self) -> &str {
        self.host
    }

    /// The first is 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The status of the response, if one arrived.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// Why it failed, if it did.
    pub fn error(&self) -> Option<&Error> {
        self.error
    }

    /// How long it took, until the response was read; of what is read while it arrives, until that begins.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}
