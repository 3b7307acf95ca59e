//! Errors that are found before anything is sent.

use std::fmt;

use super::Error;

/// The client can't be built from what it was given.
#[derive(Debug)]
pub struct ConfigurationError {
    message: Box<str>,
}

impl ConfigurationError {
    pub(in crate::runtime) fn new(message: impl Into<Box<str>>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for ConfigurationError {}

impl From<ConfigurationError> for Error {
    fn from(error: ConfigurationError) -> Self {
        Self::Configuration(error)
    }
}

/// An argument was refused before anything was sent.
///
/// It names the argument and never shows its value.
#[derive(Debug)]
pub struct InvalidArgumentError {
    name: Box<str>,
    reason: Box<str>,
}

impl InvalidArgumentError {
    pub(in crate::runtime) fn new(name: impl Into<Box<str>>, reason: impl Into<Box<str>>) -> Self {
        Self {
            name: name.into(),
            reason: reason.into(),
        }
    }

    /// The name of the argument.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Display for InvalidArgumentError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "invalid argument `{}`: {}",
            self.name, self.reason
        )
    }
}

impl std::error::Error for InvalidArgumentError {}

impl From<InvalidArgumentError> for Error {
    fn from(error: InvalidArgumentError) -> Self {
        Self::InvalidArgument(error)
    }
}
