//! Why waiting ended without what was waited for.

use std::error::Error as StdError;
use std::fmt;

use crate::runtime::error::Error;

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
    /// The service says that it failed, in this state.
    Failed(Box<T>),
    /// It was not done by the deadline.
    Deadline {
        /// The last state that was seen, if there was one.
        last: Option<Box<T>>,
    },
}

impl<T> WaitError<T> {
    /// The last state that was seen.
    pub fn last(&self) -> Option<&T> {
        match self {
            Self::Call { last, .. } | Self::Deadline { last } => last.as_deref(),
            Self::Failed(state) => Some(state),
        }
    }
}

impl<T> fmt::Display for WaitError<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call { error, .. } => error.fmt(formatter),
            Self::Failed(_) => formatter.write_str("the service says that it failed"),
            Self::Deadline { .. } => formatter.write_str("it was not done by the deadline"),
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
