//! `src/client.rs`: what the runtime must know of the service, and how a client is made.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::tokens::ident;
use super::{attrs, fakes, functions, imports, resources, servers};
use crate::format;
use crate::rust::{ALTERNATIVES, Constructor, Crate, FixedWhere, Function, Requirement, Service};

pub fn client(sdk: &Crate) -> String {
    let docs = attrs::file_docs("How a client of this API is made, and what it leads to.");
    let imports = imports::imports(&sdk.client.imports);
    let service = service(&sdk.service);
    let of_builder = servers::methods_of_builder(&sdk.servers, &sdk.settings);
    let servers = servers::servers(&sdk.servers);
    let constructors = constructors(sdk);
    let credentials = sdk
        .uses
        .authentication
        .then(|| credentials(&sdk.credentials));
    let accessors = sdk.resources.iter().map(resources::step);
    let fakes = fakes::of_client(sdk);
    // Without any feature there are no resources.
    let allow = (!sdk.features.is_empty()).then(|| quote! { #![allow(unused_imports)] });
    format::file(quote! {
        #docs
        #allow
        #imports
        #service
        #servers
        #of_builder
        impl Client {
            #constructors
            #(#accessors)*
        }
        #credentials
        #fakes
    })
}

fn service(service: &Service) -> TokenStream {
    let Service {
        user_agent,
        base_url,
        base_url_variable,
        credentials_required,
        request_id_headers,
        retry_count_header,
        accept,
        stream_end,
        sensitive,
        ..
    } = service;
    let named = |constant: &str| match constant {
        "" => quote! { &[] },
        constant => ident(constant).into_token_stream(),
    };
    let security = |requirement: &Requirement| named(&requirement.constant);
    let has_some = !service.alternatives.is_empty();
    let alternatives = named(if has_some { ALTERNATIVES } else { "" });
    let undocumented = security(&service.undocumented);
    let security = security(&service.security);
    let envelope = match &service.envelope {
        None => quote! { None },
        Some(envelope) => {
            let (success, data) = (&envelope.success, &envelope.data);
            let (errors, messages) = (&envelope.errors, &envelope.messages);
            quote! {
                Some(Envelope {
                    success: #success,
                    data: #data,
                    errors: #errors,
                    messages: #messages,
                })
            }
        }
    };
    quote! {
        static SERVICE: Service = Service {
            user_agent: #user_agent,
            base_url: #base_url,
            base_url_variable: #base_url_variable,
            alternatives: #alternatives,
            security: #security,
            undocumented: #undocumented,
            credentials_required: #credentials_required,
            envelope: #envelope,
            request_id_headers: &[#(#request_id_headers),*],
            retry_count_header: #retry_count_header,
            accept: #accept,
            stream_end: #stream_end,
            sensitive: &[#(#sensitive),*],
        };
    }
}

fn constructors(sdk: &Crate) -> TokenStream {
    let client = &sdk.client;
    let servers = (!sdk.servers.addresses.is_empty()).then(|| quote! { .servers(SERVERS) });
    let of_operations = (!sdk.servers.of_operations.is_empty())
        .then(|| quote! { .operation_servers(OPERATION_SERVERS) });
    let settings = sdk.settings.iter().map(|setting| {
        let (name, value) = (&setting.wire, &setting.value);
        match setting.at {
            FixedWhere::Header => quote! { .default_header(#name, #value) },
            _ => quote! { .default_query(#name, #value) },
        }
    });
    let given = client.new.signature.parameters.iter();
    let given = given.map(|parameter| {
        let name = ident(&parameter.name);
        quote! { .#name(#name) }
    });
    let from_env = function(
        &client.from_env,
        quote! { Self::builder().from_env()?.build() },
    );
    let new = function(&client.new, quote! { Self::builder() #(#given)* .build() });
    let builder = function(
        &client.builder,
        quote! { ClientBuilder::for_service(&SERVICE) #servers #of_operations #(#settings)* },
    );
    quote! { #from_env #new #builder }
}

fn function(function: &Function, body: TokenStream) -> TokenStream {
    let docs = attrs::docs_with_sections(&function.docs, &function.sections, Vec::new);
    let signature = functions::signature(&function.signature);
    quote! {
        #docs
        #signature {
            #body
        }
    }
}

fn credentials(constructors: &[Constructor]) -> TokenStream {
    let methods = constructors.iter().map(|constructor| {
        let docs = attrs::docs(&constructor.docs);
        let signature = functions::signature(&constructor.signature());
        let index = Literal::usize_unsuffixed(constructor.alternative);
        let values = constructor.arguments.iter().map(|name| ident(name));
        quote! {
            #docs
            #signature {
                Self::from_secrets(ALTERNATIVES[#index], [#(#values.into()),*])
            }
        }
    });
    quote! {
        impl Credentials {
            #(#methods)*
        }
    }
}
