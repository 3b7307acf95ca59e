//! `src/lib.rs`

use quote::quote;

use super::tokens::ident;
use crate::format;
use crate::rust::Crate;

pub fn library(sdk: &Crate) -> String {
    let models = (!sdk.models.is_empty()).then(|| quote! { pub mod models; });
    let resources = (!sdk.resources.is_empty()).then(|| quote! { pub mod resources; });
    let exports = sdk.exports.iter().map(|name| ident(name));
    let dates = sdk.exposes("jiff").then(|| {
        quote! {
            /// The version of the library whose dates and timestamps are in models and arguments.
            pub use jiff;
        }
    });
    let decimals = sdk.exposes("rust_decimal").then(|| {
        quote! {
            /// The version of the library whose decimals are in models.
            pub use rust_decimal;
        }
    });
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

        pub use runtime::{#(#exports),*};

        #dates
        /// The version of the HTTP client that [`ClientBuilder::http_client`] takes, and whose
        /// statuses, headers and methods this crate gives out.
        pub use reqwest;
        #decimals
    })
}
