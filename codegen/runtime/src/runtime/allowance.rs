//! How many retries all calls of a client may make together, so that they do not multiply an outage.

use std::sync::atomic::{AtomicU32, Ordering};

use super::error::Error;

/// What there is at first, and at most: as in the SDKs of AWS.
pub(super) const TOKENS: u32 = 500;

/// What a retry takes, and what one takes after no response arrived in time.
const RETRY: u32 = 5;
const TIMEOUT: u32 = 10;

/// What a success at the first attempt gives back.
const SUCCESS: u32 = 1;

/// Tokens, of which each retry takes some and each success gives some back.
#[derive(Debug)]
pub(super) struct Allowance {
    most: u32,
    left: AtomicU32,
}

impl Allowance {
    pub(super) fn new(most: u32) -> Self {
        Self {
            most,
            left: AtomicU32::new(most),
        }
    }

    /// What the retry takes, if there is enough.
    pub(super) fn take(&self, error: &Error) -> Option<u32> {
        let cost = match error {
            Error::Timeout(_) => TIMEOUT,
            _ => RETRY,
        };
        let enough = |left: u32| left.checked_sub(cost);
        let taken = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, enough);
        taken.is_ok().then_some(cost)
    }

    /// After a success, whose last retry took so much.
    pub(super) fn give_back(&self, taken: Option<u32>) {
        let more = |left: u32| {
            let left = left.saturating_add(taken.unwrap_or(SUCCESS));
            Some(left.min(self.most))
        };
        let _always = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}
