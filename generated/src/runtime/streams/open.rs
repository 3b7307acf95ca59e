//! A response whose body is still to come.

use std::sync::{Mutex, PoisonError};

use super::{Broken, Flow};
use crate::runtime::decode::Failure;
use crate::runtime::error::{ApiError, ConnectError, DecodeError, Error, FailedCall, TimeoutError};
use crate::runtime::mask::Mask;
use crate::runtime::raw_response::RawResponse;
use crate::runtime::response_body;

/// What is left of a response that succeeded, and what errors on the way say.
pub struct Open {
    // Taken by whoever reads it; a response is shared between threads.
    flow: Mutex<Option<Flow>>,
    context: Context,
}

/// Which call it is.
#[derive(Clone)]
pub struct Context {
    pub call: FailedCall,
    mask: Mask,
    pub limit: u64,
}

impl Open {
    pub(in crate::runtime) fn new(flow: Flow, call: FailedCall, mask: Mask, limit: u64) -> Self {
        Self {
            flow: Mutex::new(Some(flow)),
            context: Context { call, mask, limit },
        }
    }

    pub fn take(&self) -> Option<(Flow, Context)> {
        let mut flow = self.flow.lock().unwrap_or_else(PoisonError::into_inner);
        Some((flow.take()?, self.context.clone()))
    }
}

impl Context {
    /// The connection broke.
    pub fn broken(&self, broken: Broken, response: &RawResponse) -> Error {
        match broken {
            Broken::Silent(limit) => TimeoutError::new(limit, self.call.clone()).into(),
            Broken::Transport(error) if response_body::is_garbled(&error) => {
                self.unreadable(response, ".", response_body::GARBLED)
            }
            Broken::Transport(error) => ConnectError::new(error, self.call.clone()).into(),
        }
    }

    pub fn unreadable(&self, response: &RawResponse, path: &str, reason: &str) -> Error {
        DecodeError::new(response, &self.mask, self.call.clone(), path, reason).into()
    }

    pub fn failed(&self, response: &RawResponse, failure: Failure) -> Error {
        match failure {
            Failure::Rejected => ApiError::new(response, &self.mask, self.call.clone()).into(),
            Failure::Unreadable { path, reason } => self.unreadable(response, &path, &reason),
        }
    }
}
