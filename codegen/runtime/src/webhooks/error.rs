//! Why a webhook is rejected.

use std::fmt;
use std::time::Duration;

/// Why a webhook is rejected. It never shows the secret, a signature or the body.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// The secret isn't one of the service's.
    Secret,
    /// A header that the signature needs is missing, or can't be read.
    Header(&'static str),
    /// No signature is one of the body by the secret.
    Signature,
    /// It was signed longer ago, or later from now, than is tolerated.
    Timestamp {
        /// How far from now.
        away: Duration,
    },
    /// The body can't be read.
    Unreadable {
        /// The path of the value, such as `data[0].cost`; `.` is the whole.
        path: String,
        /// Why, without anything that was read.
        reason: String,
    },
}

impl fmt::Display for WebhookError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Secret => formatter.write_str("this is no secret of a webhook"),
            Self::Header(name) => write!(
                formatter,
                "the webhook has no header `{name}` that can be read"
            ),
            Self::Signature => formatter.write_str("the webhook's signature isn't right"),
            Self::Timestamp { away } => write!(
                formatter,
                "the webhook was signed {} seconds away from now",
                away.as_secs()
            ),
            Self::Unreadable { path, reason } => {
                write!(formatter, "the webhook can't be read at `{path}`: {reason}")
            }
        }
    }
}

impl std::error::Error for WebhookError {}
