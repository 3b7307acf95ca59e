//! What responses say of how many requests are left, and until when.
//!
//! `X-RateLimit-Remaining` and `-Reset` are a convention (of GitHub, among others), `RateLimit-Remaining` and `-Reset` those of
//! draft-ietf-httpapi-ratelimit-headers-07, section 3, and `RateLimit` that of later ones, with an item for each policy.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use reqwest::header::HeaderMap;

use super::clock::{self, Instant};

/// Longer numbers are a time, and no number of seconds.
const LEAST_TIME: f64 = 1e9;

/// Still longer ones count milliseconds.
const LEAST_MILLISECONDS: f64 = 1e12;

/// Whether no request is left, and how long that lasts, if it is said.
pub(super) fn exhausted(headers: &HeaderMap) -> Option<Option<Duration>> {
    let number = |names: [&str; 2]| {
        let mut texts = names
            .iter()
            .filter_map(|name| headers.get(*name)?.to_str().ok());
        texts.next()?.trim().parse::<f64>().ok()
    };
    let Some(left) = number(["x-ratelimit-remaining", "ratelimit-remaining"]) else {
        return of_policies(headers.get("ratelimit")?.to_str().ok()?);
    };
    let reset = || number(["x-ratelimit-reset", "ratelimit-reset"]);
    (left <= 0.0).then(|| reset().and_then(until))
}

/// As in `"burst";r=0;t=30, "daily";r=812;t=3600`: all of those that are exhausted have to be reset.
fn of_policies(value: &str) -> Option<Option<Duration>> {
    let exhausted = value.split(',').filter_map(|policy| {
        let number = |name| {
            let mut parameters = policy
                .split(';')
                .filter_map(|one| one.trim().split_once('='));
            let (_, value) = parameters.find(|(known, _)| *known == name)?;
            value.trim().parse::<f64>().ok()
        };
        let left = number("r")?;
        (left <= 0.0).then(|| number("t").and_then(until))
    });
    exhausted.max()
}

fn until(reset: f64) -> Option<Duration> {
    let units = if reset < LEAST_MILLISECONDS {
        1.0
    } else {
        1000.0
    };
    let is_wait = reset < LEAST_TIME;
    let reset = Duration::try_from_secs_f64(reset / units).ok()?;
    if is_wait {
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
