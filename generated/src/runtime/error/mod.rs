//! The one error type of the SDK: each way in which a call can fail.

mod api;
mod call;
mod credentials;
mod decode;
mod local;
mod said;
mod transport;
mod wrapped;

use std::fmt;

use reqwest::StatusCode;

pub use self::api::ApiError;
pub use self::call::FailedCall;
pub(super) use self::call::host;
pub use self::credentials::CredentialsError;
pub use self::decode::DecodeError;
pub use self::local::{ConfigurationError, InvalidArgumentError};
pub use self::transport::{ConnectError, TimeoutError};

/// Why a call failed.
///
/// Each names the call by its method, path template and host, and how often it was tried.
/// No credential and no value that the schema calls sensitive is shown by any of them.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The client can't be built, or can't make a call, with what it was given.
    Configuration(ConfigurationError),
    /// An argument can't be sent. Nothing was, unless it is a stream that failed on its way.
    InvalidArgument(InvalidArgumentError),
    /// A secret that the call needs could not be fetched.
    Credentials(CredentialsError),
    /// The server could not be reached, or the connection broke.
    Connect(ConnectError),
    /// The response didn't arrive in time.
    Timeout(TimeoutError),
    /// The service rejected the call.
    Api(ApiError),
    /// The service accepted the call, and its response could not be read.
    Decode(DecodeError),
}

impl Error {
    /// Whether the same call may succeed later; the client has already retried as often as its limit allows.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Connect(_) | Self::Timeout(_) => true,
            Self::Api(error) => error.is_retryable(),
            Self::Credentials(error) => error.is_retryable(),
            Self::Configuration(_) | Self::InvalidArgument(_) | Self::Decode(_) => false,
        }
    }

    /// The call that failed; none if the client could not be built.
    pub fn call(&self) -> Option<&FailedCall> {
        match self {
            Self::Configuration(error) => error.call(),
            Self::InvalidArgument(error) => error.call(),
            Self::Credentials(error) => Some(error.call()),
            Self::Connect(error) => Some(error.call()),
            Self::Timeout(error) => Some(error.call()),
            Self::Api(error) => Some(error.call()),
            Self::Decode(error) => Some(error.call()),
        }
    }

    /// The status of the response, if one arrived.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            _ => None,
        }
    }

    /// Says which call failed, where that could not be known.
    pub(super) fn of_call(self, call: FailedCall) -> Self {
        match self {
            Self::Configuration(error) => error.of_call(call).into(),
            Self::InvalidArgument(error) => error.of_call(call).into(),
            error => error,
        }
    }

    /// The service's name for the request, if a response with one arrived.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Api(error) => error.request_id(),
            Self::Decode(error) => error.request_id(),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Configuration(error) => error.fmt(formatter),
            Self::InvalidArgument(error) => error.fmt(formatter),
            Self::Credentials(error) => error.fmt(formatter),
            Self::Connect(error) => error.fmt(formatter),
            Self::Timeout(error) => error.fmt(formatter),
            Self::Api(error) => error.fmt(formatter),
            Self::Decode(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for Error {
    // The text above is already the inner error's, so that its source is the next link.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Connect(error) => error.source(),
            Self::Credentials(error) => error.source(),
            _ => None,
        }
    }
}
