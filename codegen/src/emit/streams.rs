//! What is read as it arrives: the methods of a request that ask for a stream, or for its events again.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;
use super::{attrs, functions};
use crate::rust::{Items, Method, Stream, docs};

/// What is read from this request alone as it arrives.
pub fn streams(method: &Method) -> Option<TokenStream> {
    let name = ident(&method.request);
    let stream = method.stream.as_ref();
    let stream = stream.map(|stream| stream_beside(method, stream));
    let reconnecting = reconnecting(method);
    let has_own = stream.is_some() || reconnecting.is_some();
    has_own.then(|| quote! { impl #name { #stream #reconnecting } })
}

/// The function of the runtime that reads them.
pub fn items(items: Items) -> &'static str {
    match items {
        Items::Lines => "lines",
        Items::TextLines => "text_lines",
        Items::Records => "records",
        Items::Events => "events",
        Items::TextEvents => "text_events",
        Items::WholeEvents => "whole_events",
    }
}

/// The method of the request whose events are asked for again where they end.
fn reconnecting(method: &Method) -> Option<TokenStream> {
    let signature = functions::signature(&method.reconnecting()?);
    Some(quote! {
        /// The events, which are asked for again, after the last one, where the connection ends.
        #signature {
            self.0.reconnecting()
        }
    })
}

/// The call that sets the property of the body that asks for a stream.
pub fn switch(method: &Method, name: &str) -> TokenStream {
    if method.multipart.is_some() {
        quote! { .part_switched_on(#name) }
    } else {
        quote! { .switched_on(#name) }
    }
}

/// The method of the request that asks for a stream.
fn stream_beside(method: &Method, stream: &Stream) -> TokenStream {
    let signature = method.stream().as_ref().map(functions::signature);
    let media_type = &stream.media_type;
    let items = ident(items(stream.items));
    let switch = stream.switch.as_ref();
    let with = switch.map(|name| format!(", and sets {}", docs::code(name)));
    let docs = attrs::docs(&format!(
        "Asks for {}{}: items that are read as they arrive.",
        docs::code(media_type),
        with.unwrap_or_default()
    ));
    let switch = switch.map(|name| self::switch(method, name));
    quote! {
        #docs
        #signature {
            self.0 #switch .accept(#media_type).open_as(decode::#items)
        }
    }
}
