//! Why waiting ended without what was waited for.

use std::error::Error as StdError;
use std::fmt;

use crate::runtime::error::{Error, FailedCall};

/// Why waiting ended without what was waited for. The service may go on with it.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError<T> {
    /// A call failed: the one that starts it, or one that asks for its state.
    Call {
        /// Why it did.
        error: Error,
        /// The state before, if there was one.
        last: Option<Box<T>>,
    },
    /// The service says that it failed.
    Failed {
        /// The call that started it.
        call: FailedCall,
        /// The state that says so.
        last: Box<T>,
    },
    /// It was not done by the deadline.
    Deadline {
        /// The call that started it.
        call: FailedCall,
        /// The last state that was seen, if there was one.
        last: Option<Box<T>>,
    },
}

impl<T> WaitError<T> {
    /// The call that failed, or that started what was waited for; none of an error that no call is about.
    pub fn call(&self) -> Option<&FailedCall> {
        match self {
            Self::Call { error, .. } => error.call(),
            Self::Failed { call, .. } | Self::Deadline { call, .. } => Some(call),
        }
    }

    /// The last state that was seen.
    pub fn last(&self) -> Option<&T> {
        match self {
            Self::Call { last, .. } | Self::Deadline { last, .. } => last.as_deref(),
            Self::Failed { last, .. } => Some(last),
        }
    }
}

impl<T> fmt::Display for WaitError<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call { error, .. } => error.fmt(formatter),
            Self::Failed { call, .. } => {
                write!(formatter, "{call}: the service says that it failed")
            }
            Self::Deadline { call, .. } => {
                write!(formatter, "{call}: it was not done by the deadline")
            }
        }
    }
}

impl<T: fmt::Debug> StdError for WaitError<T> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Call { error, .. } => error.source(),
            _ => None,
        }
    }
}
