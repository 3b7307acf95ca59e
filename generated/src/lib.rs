#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod client;
pub mod models;
pub mod resources;
mod runtime;

pub use runtime::{
    ApiError, ByteStream, Client, ClientBuilder, ConfigurationError, ConnectError,
    Credentials, DecodeError, Error, Extra, FailedCall, InvalidArgumentError, Message,
    Part, Request, Response, TimeoutError, UnknownVariant,
};
/// The version of the HTTP client that [`ClientBuilder::http_client`] takes.
pub use reqwest;
