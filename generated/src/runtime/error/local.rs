//! Errors that are found before anything is sent.

use std::fmt;

use super::{Error, FailedCall};

/// The client can't be built, or can't make a call, with what it was given.
#[derive(Debug)]
pub struct ConfigurationError {
    message: Box<str>,
    call: Option<Box<FailedCall>>,
}

impl ConfigurationError {
    pub(in crate::runtime) fn new(message: impl Into<Box<str>>) -> Self {
        Self {
            message: message.into(),
            call: None,
        }
    }

    /// The call that failed; none if the client could not be built.
    pub fn call(&self) -> Option<&FailedCall> {
        self.call.as_deref()
    }

    pub(super) fn of_call(self, call: FailedCall) -> Self {
        Self {
            call: Some(Box::new(call)),
            ..self
        }
    }
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.call {
            Some(call) => {
                write!(formatter, "{call}: {}", self.message)?;
                call.end(formatter, None)
            }
            None => formatter.write_str(&self.message),
        }
    }
}

impl std::error::Error for ConfigurationError {}

impl From<ConfigurationError> for Error {
    fn from(error: ConfigurationError) -> Self {
        Self::Configuration(error)
    }
}

/// An argument can't be sent. Nothing was, unless it is a stream that failed on its way.
///
/// It names the argument and never shows its value.
#[derive(Debug)]
pub struct InvalidArgumentError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    name: Box<str>,
    reason: Box<str>,
    call: Option<FailedCall>,
}

impl InvalidArgumentError {
    pub(in crate::runtime) fn new(name: impl Into<Box<str>>, reason: impl Into<Box<str>>) -> Self {
        Self(Box::new(Inner {
            name: name.into(),
            reason: reason.into(),
            call: None,
        }))
    }

    /// The name of the argument.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The call that failed.
    pub fn call(&self) -> Option<&FailedCall> {
        self.0.call.as_ref()
    }

    pub(super) fn of_call(mut self, call: FailedCall) -> Self {
        self.0.call = Some(call);
        self
    }
}

impl fmt::Display for InvalidArgumentError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { name, reason, call } = &*self.0;
        if let Some(call) = call {
            write!(formatter, "{call}: ")?;
        }
        write!(formatter, "invalid argument `{name}`: {reason}")
    }
}

impl std::error::Error for InvalidArgumentError {}

impl From<InvalidArgumentError> for Error {
    fn from(error: InvalidArgumentError) -> Self {
        Self::InvalidArgument(error)
    }
}
