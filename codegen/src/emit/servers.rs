//! The servers that callers choose from.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;
use super::{attrs, functions};
use crate::rust::{Address, Function, Servers, Variable};

/// The table, the enumeration, and what the builder takes of them.
pub fn servers(servers: &Servers) -> TokenStream {
    let listed = table("SERVERS", &servers.addresses);
    let of_operations = table("OPERATION_SERVERS", &servers.of_operations);
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
    let methods = (choice.is_some() || variable.is_some())
        .then(|| quote! { impl ClientBuilder { #choice #variable } });
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
        #listed
        #of_operations
        #enumeration
        #methods
    }
}

fn table(name: &str, addresses: &[Address]) -> Option<TokenStream> {
    let name = ident(name);
    let listed = addresses.iter().map(address);
    (!addresses.is_empty()).then(|| quote! { static #name: &[Address] = &[#(#listed),*]; })
}

/// `Address::at("https://example.com")`
pub fn address(address: &Address) -> TokenStream {
    let url = &address.url;
    let variables = address.variables.iter().map(variable);
    let variables = (!address.variables.is_empty()).then(|| quote! { .with(&[#(#variables),*]) });
    quote! { Address::at(#url) #variables }
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
