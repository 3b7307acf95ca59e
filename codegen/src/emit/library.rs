//! `src/lib.rs`

use quote::quote;

use crate::format;
use crate::rust::Crate;

pub fn library(sdk: &Crate) -> String {
    let models = (!sdk.models.is_empty()).then(|| quote! { pub mod models; });
    let resources = (!sdk.resources.is_empty()).then(|| quote! { pub mod resources; });
    let credentials = sdk.uses.authentication.then(|| quote! { Credentials, });
    // The crate itself goes on using what it deprecates.
    let deprecated = sdk
        .uses
        .deprecated
        .then(|| quote! { #![allow(deprecated)] });
    format::file(quote! {
        #![doc = include_str!("../README.md")]
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]
        #deprecated

        mod client;
        #models
        #resources
        mod runtime;

        pub use runtime::{
            ApiError, ByteStream, Client, ClientBuilder, ConfigurationError, ConnectError, #credentials
            DecodeError, Error, Extra, FailedCall, InvalidArgumentError, Message, Part, Request, Response,
            TimeoutError, UnknownVariant,
        };

        /// The version of the HTTP client that [`ClientBuilder::http_client`] takes.
        pub use reqwest;
    })
}
