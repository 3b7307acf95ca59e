//! The servers that callers choose from.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;
use super::{attrs, functions};
use crate::rust::{Address, Function, Servers, Variable};

/// The table, the enumeration, and what the builder takes of them.
pub fn servers(servers: &Servers) -> TokenStream {
    if servers.addresses.is_empty() {
        return TokenStream::new();
    }
    let addresses = servers.addresses.iter().map(address);
    let arms = servers.arms.iter().map(|arm| {
        let (docs, name) = (attrs::docs(&arm.docs), ident(&arm.name));
        quote! { #docs #name }
    });
    let choice = servers.choice.as_ref().map(|function| {
        let given = quote! { self.choose_server(server as usize) };
        method(function, given)
    });
    let variable = servers.variable.as_ref().map(|function| {
        let given = quote! { self.set_server_variable(name.into(), value.into()) };
        method(function, given)
    });
    let enumeration = choice.is_some().then(|| {
        quote! {
            /// A server of the API, for [`ClientBuilder::server`].
            #[derive(Clone, Copy, Debug, PartialEq)]
            #[non_exhaustive]
            pub enum Server {
                #(#arms),*
            }
        }
    });
    quote! {
        static SERVERS: &[Address] = &[#(#addresses),*];
        #enumeration
        impl ClientBuilder {
            #choice
            #variable
        }
    }
}

/// `Address::at("https://example.com")`
pub fn address(address: &Address) -> TokenStream {
    let Address { url, replaces, .. } = address;
    let replaces = (!replaces.is_empty()).then(|| quote! { .replacing(#replaces) });
    let variables = address.variables.iter().map(variable);
    let variables = (!address.variables.is_empty()).then(|| quote! { .with(&[#(#variables),*]) });
    quote! { Address::at(#url) #replaces #variables }
}

fn variable(variable: &Variable) -> TokenStream {
    let (name, values) = (&variable.name, &variable.values);
    let default = match &variable.default {
        Some(default) => quote! { Some(#default) },
        None => quote! { None },
    };
    quote! { Variable { name: #name, default: #default, values: &[#(#values),*] } }
}

fn method(function: &Function, body: TokenStream) -> TokenStream {
    let docs = attrs::docs(&function.docs);
    let signature = functions::signature(&function.signature);
    quote! {
        #docs
        #signature {
            #body
        }
    }
}
