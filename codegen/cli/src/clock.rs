//! How much time of the processor this process took.

use std::time::Duration;

/// Of all its threads, user and system together. None where the system does not say.
#[cfg(unix)]
pub fn cpu_time() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};

    let time = clock_gettime(ClockId::ProcessCPUTime);
    Some(Duration::new(
        time.tv_sec.try_into().ok()?,
        time.tv_nsec.try_into().ok()?,
    ))
}

/// Of all its threads, user and system together. None where the system does not say.
#[cfg(not(unix))]
pub fn cpu_time() -> Option<Duration> {
    None
}
