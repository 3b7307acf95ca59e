//! What responses say of how many requests are left, and until when.
//!
//! `X-RateLimit-Remaining` and `-Reset` are a convention (of GitHub, among others), `RateLimit-Remaining` and `-Reset` those of
//! draft-ietf-httpapi-ratelimit-headers-07, section 3.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use reqwest::header::HeaderMap;

use super::clock::{self, Instant};

/// Longer numbers are a time, and no number of seconds.
const LEAST_TIME: u64 = 1_000_000_000;

/// Whether no request is left, and how long that lasts, if it is said.
pub(super) fn exhausted(headers: &HeaderMap) -> Option<Option<Duration>> {
    let number = |names: [&str; 2]| {
        let mut texts = names
            .iter()
            .filter_map(|name| headers.get(*name)?.to_str().ok());
        texts.next()?.trim().parse::<f64>().ok()
    };
    let left = number(["x-ratelimit-remaining", "ratelimit-remaining"])?;
    let reset = || number(["x-ratelimit-reset", "ratelimit-reset"]);
    (left <= 0.0).then(|| reset().and_then(until))
}

fn until(reset: f64) -> Option<Duration> {
    let reset = Duration::try_from_secs_f64(reset).ok()?;
    if reset.as_secs() < LEAST_TIME {
        return Some(reset);
    }
    let now = clock::now().duration_since(UNIX_EPOCH).ok()?;
    Some(reset.saturating_sub(now))
}

/// Holds requests back while none is left.
#[derive(Debug, Default)]
pub(super) struct Gate(Mutex<Option<Instant>>);

impl Gate {
    pub(super) fn learn(&self, headers: &HeaderMap) {
        if let Some(Some(wait)) = exhausted(headers) {
            let mut opens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            *opens = Instant::now().checked_add(wait);
        }
    }

    /// Waits until requests are left, where that is within the limit; otherwise the service may say no.
    pub(super) async fn pass(&self, limit: Duration) {
        let opens = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if let Some(opens) = opens.filter(|opens| opens.saturating_duration_since(now) < limit) {
            clock::sleep_until(opens).await;
        }
    }
}
