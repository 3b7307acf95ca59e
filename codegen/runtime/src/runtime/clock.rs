//! What time it is, and waiting: by Tokio, or by a host of JavaScript.

use std::time::SystemTime;

#[cfg(not(target_family = "wasm"))]
pub(super) use tokio::time::{Instant, Sleep, sleep, sleep_until, timeout, timeout_at};

#[cfg(target_family = "wasm")]
pub(super) use self::wasm::{Instant, Sleep, sleep, sleep_until, timeout, timeout_at};

#[cfg(target_family = "wasm")]
mod wasm;

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
