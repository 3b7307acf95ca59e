//! How a client authenticates.

use quote::quote;

use super::super::tokens::ident;
use super::rust;
use crate::rust::{Constructor, Crate, Service};

pub(super) fn section(sdk: &Crate) -> String {
    let krate = ident(&sdk.package.lib_name);
    if sdk.credentials.is_empty() {
        return "## Credentials".to_owned();
    }
    let functions = sdk.credentials.iter().take(MOST_SHOWN).map(|one| {
        let function = match sdk.credentials.len() {
            1 => "client".to_owned(),
            _ => format!("by_{}", one.name.trim_start_matches("r#")),
        };
        let (function, name) = (ident(&function), ident(&one.name));
        let arguments: Vec<_> = one.arguments.iter().map(|name| ident(name)).collect();
        quote! {
            fn #function(#(#arguments: String),*) -> Result<Client, Error> {
                Client::new(Credentials::#name(#(#arguments),*))
            }
        }
    });
    let code = rust(quote! {
        use #krate::{Client, Credentials, Error};

        #(#functions)*
    });
    let lines: Vec<String> = sdk
        .credentials
        .iter()
        .map(|constructor| alternative(constructor, &sdk.service))
        .collect();
    let several = if sdk.credentials.len() > 1 {
        SEVERAL
    } else {
        ""
    };
    let tokens = tokens(sdk).unwrap_or_default();
    format!(
        "## Credentials\n\n`Client::from_env` takes each of these that is set:\n\n{}\n\n{several}\
         Credentials are kept out of `Debug` output, logs and error texts, and are not sent to \
         another origin when a redirect leads there. A `reqwest::Client` of your own follows redirects \
         by itself: build it with `redirect::Policy::none()`, so that this holds for it too.\n\n{code}\n\n{EXPIRING}{tokens}",
        lines.join("\n")
    )
}

/// How many ways to authenticate the example shows.
const MOST_SHOWN: usize = 4;

fn alternative(constructor: &Constructor, service: &Service) -> String {
    let schemes = &service.alternatives[constructor.alternative].schemes;
    let variables: Vec<String> = schemes
        .iter()
        .map(|s| format!("`{}`", s.variable))
        .collect();
    format!(
        "- {}: `Credentials::{}({})`",
        variables.join(" and "),
        constructor.name,
        constructor.arguments.join(", ")
    )
}

const SEVERAL: &str = "A client can hold several of them: each call of `credentials` on `Client::builder()` adds some. A request \
    carries the first that the document lists for its operation, and no others; where it requires some and the client has none of \
    them, nothing is sent and the call fails.\n\n";

const EXPIRING: &str = "A secret that expires is one that is fetched: `Secret::fetched_by(..)` takes the place of the text. The \
    client keeps what it gets until it expires or the API rejects it with 401, and sends the call once more with another.";

/// How tokens of OAuth 2.0 are had, shown with the first scheme that has an endpoint for an application.
fn tokens(sdk: &Crate) -> Option<String> {
    let alternatives = &sdk.service.alternatives;
    let alone = |one: &&Constructor| match alternatives[one.alternative].schemes.as_slice() {
        [scheme] => {
            let tokens = scheme.tokens.as_ref();
            tokens.is_some_and(|tokens| !tokens.client_credentials.is_empty())
        }
        _ => false,
    };
    let constructor = ident(&sdk.credentials.iter().find(alone)?.name);
    let krate = ident(&sdk.package.lib_name);
    let code = rust(quote! {
        use #krate::{Client, Credentials, Error, OAuth2};

        fn client(id: String, secret: String) -> Result<Client, Error> {
            Client::new(Credentials::#constructor(OAuth2::client_credentials(id, secret)))
        }
    });
    Some(format!(" Tokens of OAuth 2.0 are such secrets:\n\n{code}"))
}
