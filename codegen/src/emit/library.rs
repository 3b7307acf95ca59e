//! `src/lib.rs`, whose docs are the README and the resources with links.

use quote::quote;

use super::samples::{self, At};
use super::tokens::ident;
use super::{attrs, fakes};
use crate::format;
use crate::rust::{ALL_FEATURE, Crate, WEBHOOKS_FEATURE};

pub fn library(sdk: &Crate) -> String {
    let headers = (!sdk.headers.headers.is_empty()).then(|| quote! { pub mod headers; });
    let models = (!sdk.models.is_empty()).then(|| quote! { pub mod models; });
    let resources = (!sdk.resources.is_empty()).then(|| quote! { pub mod resources; });
    let security = sdk.uses.authentication.then(|| quote! { mod security; });
    let webhooks = sdk.webhooks.as_ref().map(|_| {
        let feature = WEBHOOKS_FEATURE;
        quote! { #[cfg(feature = #feature)] pub mod webhooks; }
    });
    let own = sdk.own_modules.iter().map(|name| ident(name));
    let exports = sdk.exports.iter().map(|name| ident(name));
    let testing = attrs::docs(&test(sdk));
    let crates = sdk.exported_crates.iter().map(|exported| {
        let docs = attrs::docs(&exported.docs);
        let name = ident(&exported.name);
        quote! { #docs pub use #name; }
    });
    let server = (!sdk.servers.arms.is_empty()).then(|| quote! { pub use client::Server; });
    // The crate itself goes on using what it deprecates.
    let deprecated = sdk
        .uses
        .deprecated
        .then(|| quote! { #![allow(deprecated)] });
    let recursion_limit = attrs::recursion_limit(sdk);
    let in_docs = sdk.recursion_limit.map(|limit| {
        let limit = limit.to_string();
        quote! { #![doc(test(attr(recursion_limit = #limit)))] }
    });
    let index = attrs::file_docs(&index(sdk));
    // Docs of the whole link to what a feature may leave out.
    let all = (!sdk.features.is_empty()).then_some(ALL_FEATURE);
    let webhooks_feature = sdk.webhooks.as_ref().map(|_| WEBHOOKS_FEATURE);
    let links = [all, webhooks_feature].into_iter().flatten().map(|all| {
        quote! { #![cfg_attr(not(feature = #all), allow(rustdoc::broken_intra_doc_links))] }
    });
    format::file(quote! {
        #![doc = include_str!("../README.md")]
        #index
        #![forbid(unsafe_code)]
        #deprecated
        #(#links)*
        #recursion_limit
        #in_docs

        #[macro_use]
        mod runtime;
        mod client;
        #(pub mod #own;)*
        #headers
        #models
        #resources
        #security
        #webhooks

        #server
        pub use runtime::{#(#exports),*};
        #[cfg(not(target_family = "wasm"))]
        pub use runtime::Saving;

        #testing
        #[cfg(feature = "testing")]
        pub use runtime::testing;


        #(#crates)*
    })
}

/// A test with a fake. What it responds is an error, as every operation can.
fn test(sdk: &Crate) -> String {
    let mut shown = sdk.shown().into_iter();
    let Some(method) = shown.find(|method| !method.example.deprecated) else {
        return String::new();
    };
    let krate = &sdk.package.lib_name;
    let operation = fakes::access(sdk, method);
    let request = samples::request(method, At::Docs);
    let test = quote! {
        #operation.fails(404, "not found");
        let client = fake.client();
        let result = #request.await;
        assert!(result.is_err());
        #operation.assert_called_once();
    };
    let models = samples::uses_models(method).then(|| format!("use {krate}::models::*;\n"));
    format!(
        "```no_run\nuse {krate}::testing::Fake;\n{}\n# async fn example() {{\nlet fake = Fake::start().await;\n{}\n# }}\n```",
        models.unwrap_or_default(),
        format::statements(&test).join("\n"),
    )
}

/// The resources that a client leads to, each with a link.
fn index(sdk: &Crate) -> String {
    if sdk.resources.is_empty() {
        return String::new();
    }
    let items = sdk.resources.iter().map(|resource| {
        let access = format!("[`{}`]({})", resource.access, resource.path);
        match resource.summary().as_str() {
            "" => format!("- {access}"),
            summary => format!("- {access}: {summary}"),
        }
    });
    let items: Vec<String> = items.collect();
    format!("\n## Resources\n\n{}", items.join("\n"))
}
