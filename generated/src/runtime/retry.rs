//! When a call is tried again, and after how long.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Method, StatusCode};

use super::clock;
use super::error::Error;
use super::rate_limit;

/// The longest wait that a service can ask for. Where it asks for more, an earlier attempt would be
/// wasted and a later one is not worth the caller's time.
const LONGEST_REQUESTED_WAIT: Duration = Duration::from_secs(60);

/// How much of a wait is left to chance, so that many clients don't return at the same moment.
const JITTER: f64 = 0.25;

/// How often and for how long one call is tried.
#[derive(Debug, Clone, Copy)]
pub(super) struct Policy {
    pub(super) max_retries: u32,
    pub(super) budget: Duration,
    pub(super) initial_wait: Duration,
    pub(super) longest_wait: Duration,
    /// Whether it is waited at all; not in tests of applications.
    pub(super) waits: bool,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            max_retries: 2,
            budget: Duration::from_secs(5 * 60),
            initial_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(8),
            waits: true,
        }
    }
}

impl Policy {
    /// How long to wait before the next attempt, or `None` if there is none.
    pub(super) fn wait(&self, error: &Error, retries: u32) -> Option<Duration> {
        if retries >= self.max_retries || !error.is_retryable() {
            return None;
        }
        let requested = match error {
            Error::Api(error) => error.retry_after(),
            _ => None,
        };
        let wait = requested.unwrap_or_else(|| self.backoff(retries));
        let may_be = requested.is_none() || wait <= LONGEST_REQUESTED_WAIT;
        may_be.then_some(if self.waits { wait } else { Duration::ZERO })
    }

    pub(super) fn backoff(&self, retries: u32) -> Duration {
        let doubled = self
            .initial_wait
            .saturating_mul(2_u32.saturating_pow(retries));
        doubled
            .min(self.longest_wait)
            .mul_f64(1.0 - JITTER * fastrand::f64())
    }
}

/// Whether sending a request twice does the same as sending it once. `QUERY` is a `GET` with a body.
pub(super) fn is_idempotent(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::PUT | Method::DELETE | Method::OPTIONS
    ) || method.as_str() == "QUERY"
}

/// Whether the service may respond differently next time; it knows best, if it says so.
pub(super) fn is_retryable(status: StatusCode, headers: &HeaderMap) -> bool {
    match headers.get("x-should-retry").map(|value| value.as_bytes()) {
        Some(b"true") => true,
        Some(b"false") => false,
        // GitHub says so that too many requests were made.
        _ if status == StatusCode::FORBIDDEN => rate_limit::exhausted(headers).is_some(),
        _ => matches!(status.as_u16(), 408 | 409 | 429 | 500..),
    }
}

/// How long the service asks to wait.
pub(super) fn requested_wait(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    let milliseconds = text("retry-after-ms").and_then(|text| seconds(text, 1000.0));
    let after = || {
        let text = text(RETRY_AFTER.as_str())?;
        seconds(text, 1.0).or_else(|| until(text, Timestamp::try_from(clock::now()).ok()?))
    };
    let reset = || rate_limit::exhausted(headers).flatten();
    milliseconds.or_else(after).or_else(reset)
}

fn seconds(text: &str, units_per_second: f64) -> Option<Duration> {
    let number: f64 = text.trim().parse().ok()?;
    Duration::try_from_secs_f64(number / units_per_second).ok()
}

/// The time from `now` to an HTTP date; none at all if it has passed.
fn until(date: &str, now: Timestamp) -> Option<Duration> {
    let then = DateTimeParser::new()
        .relaxed_weekday(true)
        .parse_timestamp(date.trim())
        .ok()?;
    Some(Duration::try_from(then.duration_since(now)).unwrap_or_default())
}
