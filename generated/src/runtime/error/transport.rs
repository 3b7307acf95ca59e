//! Errors of the connection: no whole response arrived.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::super::transport::{self, Cause};
use super::{Error, FailedCall};

/// The server could not be reached, or the connection broke before the whole response arrived.
#[derive(Debug)]
pub struct ConnectError {
    source: Cause,
    // Whether nothing was reached at all.
    unreached: bool,
    call: Box<FailedCall>,
}

impl ConnectError {
    pub(in crate::runtime) fn new(error: reqwest::Error, call: FailedCall) -> Self {
        Self {
            unreached: transport::is_unreached(&error),
            source: transport::cause(error),
            call: Box::new(call),
        }
    }

    pub(in crate::runtime) fn of_service(source: Cause, call: FailedCall) -> Self {
        Self {
            unreached: true,
            source,
            call: Box::new(call),
        }
    }

    /// The call that failed.
    pub fn call(&self) -> &FailedCall {
        &self.call
    }
}

impl fmt::Display for ConnectError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = if self.unreached {
            "the server could not be reached"
        } else {
            "the connection broke before the whole response arrived"
        };
        let cause = root_cause(&*self.source);
        write!(formatter, "{}: {what}: {cause}", self.call)?;
        self.call.end(formatter, None)
    }
}

impl StdError for ConnectError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

impl From<ConnectError> for Error {
    fn from(error: ConnectError) -> Self {
        Self::Connect(error)
    }
}

/// The response didn't arrive in time, or stopped on its way.
#[derive(Debug)]
pub struct TimeoutError {
    limit: Duration,
    call: Box<FailedCall>,
}

impl TimeoutError {
    pub(in crate::runtime) fn new(limit: Duration, call: FailedCall) -> Self {
        Self {
            limit,
            call: Box::new(call),
        }
    }

    /// The call that failed.
    pub fn call(&self) -> &FailedCall {
        &self.call
    }

    /// How long the last attempt was allowed to take, or the service to be silent.
    pub fn limit(&self) -> Duration {
        self.limit
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { limit, call } = self;
        write!(formatter, "{call}: no whole response within {limit:?}")?;
        call.end(formatter, None)
    }
}

impl StdError for TimeoutError {}

impl From<TimeoutError> for Error {
    fn from(error: TimeoutError) -> Self {
        Self::Timeout(error)
    }
}

/// The last link of the chain, which says most and repeats least.
fn root_cause<'a>(error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    let mut cause = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause
}
