#![doc = include_str!("../README.md")]
//!
//! ## Resources
//!
//! - [`client.billing()`](resources::billing::Billing)
#![forbid(unsafe_code)]

#[macro_use]
mod runtime;
mod client;
pub mod models;
pub mod resources;
mod security;

pub use runtime::{
    AccessToken, Additional, ApiError, Attempt, ByteStream, Client, ClientBuilder,
    Conditional, ConfigurationError, ConnectError, Credentials, CredentialsError,
    DecodeError, Deviation, Download, Error, Extra, FailedCall, File,
    InvalidArgumentError, ItemStream, Items, Listed, Message, OptionalText, Page, Pages,
    Pagination, Part, Reconnecting, Request, Response, Secret, TimeoutError,
    UnknownVariant, Written,
};

#[cfg(not(target_family = "wasm"))]
pub use runtime::Saving;

/// ```no_run
/// use cloudflare_billing::testing::Fake;
///
/// # async fn example() {
/// let fake = Fake::start().await;
/// fake.billing().profiles().get().fails(404, "not found");
/// let client = fake.client();
/// let result = client
///     .billing()
///     .profiles()
///     .get("023e105f4ecef8ad9ca31a8372d0c353")
///     .await;
/// assert!(result.is_err());
/// fake.billing().profiles().get().assert_called_once();
/// # }
/// ```
#[cfg(feature = "testing")]
pub use runtime::testing;

/// The version of the library whose dates and timestamps are in models and arguments.
pub use jiff;

/// The version of the HTTP client that [`ClientBuilder::http_client`] takes, and whose
/// statuses, headers and methods this crate gives out.
pub use reqwest;

/// The version of the library whose decimals are in models.
pub use rust_decimal;
