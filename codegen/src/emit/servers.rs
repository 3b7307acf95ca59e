//! The servers that callers choose from.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;
use super::{attrs, functions};
use crate::rust::{Address, FixedWhere, Function, Servers, Setting, Variable};

/// The table and the enumeration of the servers.
pub fn servers(servers: &Servers) -> TokenStream {
    let listed = table("SERVERS", &servers.addresses);
    let of_operations = table("OPERATION_SERVERS", &servers.of_operations);
    let arms = servers.arms.iter().map(|arm| {
        let (docs, name) = (attrs::docs(&arm.docs), ident(&arm.name));
        quote! { #docs #name }
    });
    let enumeration = servers.choice.is_some().then(|| {
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
    }
}

/// What the builder takes of them, and of what all calls state.
pub fn methods_of_builder(servers: &Servers, settings: &[Setting]) -> Option<TokenStream> {
    let choice = servers.choice.as_ref().map(|function| {
        let given = quote! { self.choose_server(server as usize) };
        method(function, given)
    });
    let variable = servers.variable.as_ref().map(|function| {
        let given = quote! { self.set_server_variable(name.into(), value.into()) };
        method(function, given)
    });
    let settings = settings.iter().map(|setting| {
        let name = &setting.wire;
        let given = match setting.at {
            FixedWhere::Header => quote! { self.default_header(#name, version) },
            _ => quote! { self.default_query(#name, version) },
        };
        method(&setting.function, given)
    });
    let methods: Vec<TokenStream> = choice.into_iter().chain(variable).chain(settings).collect();
    (!methods.is_empty()).then(|| quote! { impl ClientBuilder { #(#methods)* } })
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
