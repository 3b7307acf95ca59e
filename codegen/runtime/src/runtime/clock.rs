//! What time it is, and waiting: by Tokio, or by a host of JavaScript.

use std::time::{Duration, SystemTime};

#[cfg(not(target_family = "wasm"))]
pub(super) use tokio::time::{Instant, Sleep, sleep, sleep_until, timeout, timeout_at};

#[cfg(target_family = "wasm")]
pub(super) use self::wasm::{Instant, Sleep, sleep, sleep_until, timeout, timeout_at};

#[cfg(target_family = "wasm")]
mod wasm;

/// What is beyond the clock never comes.
const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// When so much time will have passed.
pub(super) fn after(begun: Instant, time: Duration) -> Instant {
    begun.checked_add(time).unwrap_or_else(|| begun + YEAR)
}

/// The time of day.
#[cfg(not(target_family = "wasm"))]
pub fn now() -> SystemTime {
    SystemTime::now()
}

/// The time of day.
#[cfg(target_family = "wasm")]
pub fn now() -> SystemTime {
    web_time::web::SystemTimeExt::to_std(web_time::SystemTime::now())
}
