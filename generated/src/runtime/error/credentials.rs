//! The error of a call whose credentials could not be had.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use super::{Error, FailedCall};
use crate::runtime::renewal::Failure;

/// A secret that the call needs could not be fetched. Nothing was sent with this attempt.
///
/// What a token endpoint says of the reason is shown; tokens and other secrets are not.
#[derive(Debug)]
pub struct CredentialsError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    scheme: &'static str,
    reason: String,
    retryable: bool,
    source: Option<Arc<dyn StdError + Send + Sync>>,
    call: FailedCall,
}

impl CredentialsError {
    /// `reason` is that of the failure, masked.
    pub(in crate::runtime) fn new(
        scheme: &'static str,
        reason: String,
        failure: Failure,
        call: FailedCall,
    ) -> Self {
        Self(Box::new(Inner {
            scheme,
            reason,
            retryable: failure.retryable,
            source: failure.source,
            call,
        }))
    }

    /// The name of the security scheme that the secret is for.
    pub fn scheme(&self) -> &str {
        self.0.scheme
    }

    /// The call that failed.
    pub fn call(&self) -> &FailedCall {
        &self.0.call
    }

    /// Whether the secret may be had later.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            scheme,
            reason,
            call,
            ..
        } = &*self.0;
        write!(formatter, "{call}: no secret for `{scheme}`: {reason}")?;
        call.end(formatter, None)
    }
}

impl StdError for CredentialsError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0
            .source
            .as_deref()
            .map(|error| error as &(dyn StdError + 'static))
    }
}

impl From<CredentialsError> for Error {
    fn from(error: CredentialsError) -> Self {
        Self::Credentials(error)
    }
}
