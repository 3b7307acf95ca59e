//! `src/security.rs`: the security schemes, and what calls take of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::attrs;
use super::tokens::ident;
use crate::format;
use crate::rust::{Crate, Placement, Requirement, Scheme, Service};

pub fn security(sdk: &Crate) -> String {
    let service = &sdk.service;
    let docs =
        attrs::file_docs("How clients of this API authenticate, and what calls take of that.");
    let schemes = service.schemes.iter().map(scheme);
    let alternatives = alternatives(service);
    let default = Some(&service.undocumented).filter(|one| one.constant != ALTERNATIVES);
    let default = default.map(|one| {
        let requirement = requirement(service, one);
        quote! {
            /// What calls take that state nothing else.
            #requirement
        }
    });
    let requirements = service.requirements.iter();
    let requirements = requirements.map(|one| requirement(service, one));
    // A feature may be off that takes one of them.
    let allow = (!sdk.features.is_empty()).then(|| quote! { #![allow(dead_code)] });
    format::file(quote! {
        #docs
        #allow
        use crate::runtime::{Placement, Scheme, Security};

        #(#schemes)*

        #alternatives

        #default

        #(#requirements)*
    })
}

const ALTERNATIVES: &str = crate::rust::ALTERNATIVES;

fn scheme(scheme: &Scheme) -> TokenStream {
    let constant = ident(&scheme.constant);
    let (name, variable) = (&scheme.name, &scheme.variable);
    let placement = match &scheme.placement {
        Placement::Bearer if scheme.tokens.is_some() => endpoints(scheme),
        Placement::Bearer => quote! { Placement::Bearer },
        Placement::Basic => quote! { Placement::Basic },
        Placement::BasicKey => quote! { Placement::BasicKey },
        Placement::Authorization(name) => quote! { Placement::Authorization(#name) },
        Placement::Header(name) => quote! { Placement::Header(#name) },
        Placement::Query(name) => quote! { Placement::Query(#name) },
        Placement::Cookie(name) => quote! { Placement::Cookie(#name) },
    };
    quote! {
        pub static #constant: Scheme = Scheme {
            name: #name,
            placement: #placement,
            variable: #variable,
        };
    }
}

fn endpoints(scheme: &Scheme) -> TokenStream {
    let tokens = scheme.tokens.clone().unwrap_or_default();
    let (token_url, refresh_url) = (tokens.client_credentials, tokens.refresh);
    quote! { Placement::OAuth2 { token_url: #token_url, refresh_url: #refresh_url } }
}

fn alternatives(service: &Service) -> TokenStream {
    let names = |schemes: &[Scheme]| schemes.iter().map(|s| s.name.clone()).collect();
    let alternatives = service.alternatives.iter();
    let all = Requirement {
        alternatives: alternatives.map(|one| names(&one.schemes)).collect(),
        constant: ALTERNATIVES.to_owned(),
    };
    let all = requirement(service, &all);
    quote! {
        /// The ways to authenticate, the preferred one first.
        #all
    }
}

fn requirement(service: &Service, requirement: &Requirement) -> TokenStream {
    let constant = ident(&requirement.constant);
    let alternatives = requirement.alternatives.iter().map(|names| {
        let schemes = names.iter().map(|name| {
            let scheme = service.schemes.iter().find(|scheme| scheme.name == *name);
            let scheme = ident(&scheme.expect("a scheme that is taken is there").constant);
            quote! { &#scheme }
        });
        quote! { &[#(#schemes),*] }
    });
    quote! { pub static #constant: Security = &[#(#alternatives),*]; }
}
