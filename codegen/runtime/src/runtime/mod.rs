//! The HTTP core of the SDK: how a call is built, sent, retried and read.
//!
//! It knows nothing about any API: what differs from one to the next is in the [`Service`] value.

// One crate rarely uses all of it: an API without lists has no use for list styles.
#![allow(dead_code, unused_imports, unused_macros)]

mod accept;
pub mod additional;
mod allowance;
mod attempt;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod builder;
mod byte_stream;
mod charset;
mod client;
pub mod clock;
mod conditional;
#[macro_use]
mod constructor_macro;
mod cookies;
mod credentials;
mod decimal;
pub mod decode;
mod deviations;
mod encode;
mod encoding;
mod enveloped;
mod error;
pub mod exact;
mod execute;
mod extra;
#[macro_use]
mod fakes_macro;
mod fields;
mod file;
mod finite;
mod flat;
mod form;
mod form_body;
mod headers;
mod integer;
mod json_text;
mod keyring;
mod lending;
mod lenient;
#[macro_use]
mod long_running;
mod mask;
pub mod members;
#[macro_use]
mod members_macro;
mod message;
#[macro_use]
mod modules_macro;
mod multipart;
mod nested;
mod number;
mod oauth2;
#[macro_use]
mod open_enum;
mod open_text;
#[macro_use]
mod open_union;
mod optional;
#[macro_use]
mod options_macro;
#[macro_use]
pub mod outcomes;
#[macro_use]
mod pages;
mod parameter;
mod parts;
mod path;
mod proof;
mod query;
mod rate_limit;
mod raw_response;
mod reason;
pub mod redact;
mod redirect;
mod renewal;
mod request;
#[macro_use]
mod request_macro;
#[macro_use]
mod resource_macro;
mod response;
mod response_body;
mod response_header;
mod retry;
mod secret;
mod sending;
mod sensitive;
mod server;
mod service;
#[macro_use]
mod setters_macro;
mod spellings;
mod streams;
mod target;
#[cfg(feature = "testing")]
pub mod testing;
mod trace;
mod transport;
mod union;
mod written;
pub mod written_members;

pub use self::additional::Additional;
pub use self::attempt::Attempt;
pub use self::builder::ClientBuilder;
pub use self::byte_stream::ByteStream;
pub use self::client::Client;
pub use self::conditional::Conditional;
pub(crate) use self::constructor_macro::constructor;
pub use self::credentials::Credentials;
pub use self::decode::{Decode, Decoded, Failure};
pub use self::deviations::Deviation;
pub use self::encoding::Encoding;
pub use self::error::{
    ApiError, ConfigurationError, ConnectError, CredentialsError, DecodeError, Error, FailedCall,
    InvalidArgumentError, TimeoutError,
};
pub use self::extra::Extra;
#[cfg(feature = "testing")]
pub(crate) use self::fakes_macro::encoded;
pub(crate) use self::fakes_macro::fakes;
pub use self::file::File;
pub use self::long_running::{LongRunning, WaitError, Waiting};
pub use self::message::Message;
pub(crate) use self::modules_macro::modules;
pub use self::multipart::Part;
pub use self::oauth2::OAuth2;
pub use self::open_text::open_text;
pub(crate) use self::open_union::open_union;
pub use self::optional::{
    Nullable, OptionalEntries, OptionalInto, OptionalItems, OptionalList, OptionalMap,
    OptionalNumber, OptionalText, OptionalTexts, set,
};
pub(crate) use self::options_macro::options;
pub(crate) use self::outcomes::outcomes;
pub use self::pages::{Items, Listed, Page, Pages, Pagination};
pub use self::parameter::Parameter;
pub use self::query::{ListStyle, ObjectStyle};
pub use self::raw_response::RawResponse;
pub use self::redact::Redacted;
pub(crate) use self::request::Pending;
pub use self::request::Request;
pub(crate) use self::request_macro::{request, requests};
pub use self::response::Response;
pub use self::response_header::{FromHeader, Header};
pub use self::secret::{AccessToken, Secret};
pub use self::server::{Address, Variable};
pub use self::service::{Envelope, Placement, Scheme, Security, Service};
pub(crate) use self::setters_macro::setters;
#[cfg(not(target_family = "wasm"))]
pub use self::streams::Saving;
pub use self::streams::{Download, ItemStream, Reconnecting};
pub use self::union::{RawVariant, UnknownVariant, write_tagged};
pub use self::written::Written;
pub use reqwest::header::HeaderMap;
pub use reqwest::{Method, StatusCode};
