//! `src/client.rs`: what the runtime must know of the service, and how a client is made.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::attrs;
use super::resources;
use super::tokens::ident;
use crate::format;
use crate::rust::{Alternative, Constructor, Crate, Placement, Scheme, Service};

pub fn client(sdk: &Crate) -> String {
    let docs = attrs::file_docs("How a client of this API is made, and what it leads to.");
    let imports = imports(sdk);
    let service = service(&sdk.service);
    let constructors = constructors(sdk);
    let credentials = sdk
        .uses
        .authentication
        .then(|| credentials(&sdk.credentials));
    let accessors = sdk
        .resources
        .iter()
        .map(|resource| resources::step(resource, quote! { self.clone() }, quote! { resources:: }));
    format::file(quote! {
        #docs
        #imports
        #service
        impl Client {
            #constructors
            #(#accessors)*
        }
        #credentials
    })
}

fn imports(sdk: &Crate) -> TokenStream {
    let resources = (!sdk.resources.is_empty()).then(|| quote! { use crate::resources; });
    let secrets = sdk
        .uses
        .authentication
        .then(|| quote! { use secrecy::SecretString; });
    let alternative = sdk.uses.authentication.then(|| quote! { Alternative, });
    let credentials = sdk.uses.authentication.then(|| quote! { Credentials, });
    let envelope = sdk.service.envelope.as_ref().map(|_| quote! { Envelope, });
    let placement = sdk
        .uses
        .authentication
        .then(|| quote! { Placement, Scheme, });
    quote! {
        #secrets
        #resources
        use crate::runtime::{#alternative Client, ClientBuilder, #credentials #envelope Error, #placement Service};
    }
}

fn service(service: &Service) -> TokenStream {
    let Service {
        user_agent,
        base_url,
        base_url_variable,
        credentials_required,
        request_id_headers,
        retry_count_header,
        sensitive,
        ..
    } = service;
    let alternatives = match service.alternatives.is_empty() {
        true => quote! { &[] },
        false => quote! { ALTERNATIVES },
    };
    let table = table(service);
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
            credentials_required: #credentials_required,
            envelope: #envelope,
            request_id_headers: &[#(#request_id_headers),*],
            retry_count_header: #retry_count_header,
            sensitive: &[#(#sensitive),*],
        };
        #table
    }
}

fn table(service: &Service) -> TokenStream {
    let alternatives = service.alternatives.iter().map(alternative);
    match service.alternatives.is_empty() {
        true => TokenStream::new(),
        false => quote! { static ALTERNATIVES: &[Alternative] = &[#(#alternatives),*]; },
    }
}

fn alternative(alternative: &Alternative) -> TokenStream {
    let schemes = alternative.schemes.iter().map(scheme);
    quote! { Alternative { schemes: &[#(#schemes),*] } }
}

fn scheme(scheme: &Scheme) -> TokenStream {
    let (name, variable) = (&scheme.name, &scheme.variable);
    let placement = match &scheme.placement {
        Placement::Bearer => quote! { Placement::Bearer },
        Placement::Basic => quote! { Placement::Basic },
        Placement::Header(name) => quote! { Placement::Header(#name) },
        Placement::Query(name) => quote! { Placement::Query(#name) },
        Placement::Cookie(name) => quote! { Placement::Cookie(#name) },
    };
    quote! { Scheme { name: #name, placement: #placement, variable: #variable } }
}

fn constructors(sdk: &Crate) -> TokenStream {
    let from_env = attrs::docs(&environment_docs(sdk));
    let new = match sdk.uses.authentication {
        true => quote! {
            /// A client with the given credentials and the defaults of [`Client::builder`].
            ///
            /// # Errors
            ///
            /// [`Error::Configuration`] if a credential cannot be sent.
            pub fn new(credentials: Credentials) -> Result<Self, Error> {
                Self::builder().credentials(credentials).build()
            }
        },
        false => quote! {
            /// A client with the defaults of [`Client::builder`].
            ///
            /// # Errors
            ///
            /// [`Error::Configuration`] if the HTTP client cannot be set up.
            pub fn new() -> Result<Self, Error> {
                Self::builder().build()
            }
        },
    };
    quote! {
        #from_env
        pub fn from_env() -> Result<Self, Error> {
            Self::builder().from_env()?.build()
        }

        #new

        /// Sets everything that can be set: credentials, base URL, timeouts, retries, headers.
        pub fn builder() -> ClientBuilder {
            ClientBuilder::for_service(&SERVICE)
        }
    }
}

fn environment_docs(sdk: &Crate) -> String {
    let service = &sdk.service;
    let mut lines = vec![
        "A client that is configured by environment variables.".to_owned(),
        String::new(),
    ];
    for (number, alternative) in service.alternatives.iter().enumerate() {
        let names: Vec<String> = alternative
            .schemes
            .iter()
            .map(|s| format!("`{}`", s.variable))
            .collect();
        let constructor = sdk.credentials.iter().find(|c| c.alternative == number);
        let name = constructor.map_or("", |c| c.name.as_str());
        lines.push(format!(
            "- {}: for [`Credentials::{name}`]",
            names.join(" and ")
        ));
    }
    let base = match service.base_url.is_empty() {
        true => "the base URL".to_owned(),
        false => format!("the base URL, if it is not <{}>", service.base_url),
    };
    lines.push(format!("- `{}`: {base}", service.base_url_variable));
    if service.alternatives.len() > 1 {
        lines.push(String::new());
        lines.push("Of several credentials the first in this list is taken.".to_owned());
    }
    lines.push("\n# Errors\n".to_owned());
    lines.push(
        "[`Error::Configuration`] names the variables that are missing or unusable.".to_owned(),
    );
    lines.join("\n")
}

fn credentials(constructors: &[Constructor]) -> TokenStream {
    let methods = constructors.iter().map(|constructor| {
        let name = ident(&constructor.name);
        let docs = attrs::docs(&constructor.docs);
        let index = Literal::usize_unsuffixed(constructor.alternative);
        let arguments = constructor.arguments.iter().map(|name| ident(name));
        let values = arguments.clone();
        quote! {
            #docs
            pub fn #name(#(#arguments: impl Into<SecretString>),*) -> Self {
                Self::from_secrets(&ALTERNATIVES[#index], [#(#values.into()),*])
            }
        }
    });
    quote! {
        impl Credentials {
            #(#methods)*
        }
    }
}
