//! The settings of a client, what its calls fail with, and what an application puts around them.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::tokens::ident;
use super::super::wrap::wrapped;
use super::rust;
use crate::rust::{Crate, docs};

pub(super) fn timeouts(sdk: &Crate) -> String {
    let client = client(
        sdk,
        quote! {
            .timeout(Duration::from_secs(30))
            .max_retries(4)
            .default_header("x-team", "platform")
        },
    );
    let code = rust(quote! {
        use std::time::Duration;

        #client
    });
    format!("## Timeouts and retries\n\n{}\n\n{code}", wrapped(RETRIES))
}

/// What all calls state.
pub(super) fn versions(sdk: &Crate) -> Option<String> {
    let settings = sdk.settings.iter().map(|setting| {
        format!(
            "`{}: {}` unless `ClientBuilder::{}` sets another",
            docs::within_code(&setting.wire),
            docs::within_code(&setting.value),
            setting.function.signature.name
        )
    });
    let settings: Vec<String> = settings.collect();
    let text = format!(
        "Calls state the version of the API whose types these are: {}.",
        settings.join(", ")
    );
    (!settings.is_empty()).then(|| format!("## Version\n\n{}", wrapped(&text)))
}

const RETRIES: &str = "An attempt may take 60 seconds. Connection failures, timeouts and the \
    statuses 408, 409, 429 and 5xx, and 403 where no request is left, are tried again, twice by default, if the method is idempotent \
    or the request has an idempotency key. `Retry-After` is kept to; if it asks for more than a \
    minute, the error is returned at once. How often and how long is set on the client, and for a call by \
    `.timeout()` and `.max_retries()`. A call that is dropped leaves nothing behind on this side, wherever it waits: no task, \
    no connection half used, no part of a file. What was sent by then, the service may have done.";

pub(super) fn errors(sdk: &Crate) -> String {
    let krate = ident(&sdk.package.lib_name);
    // Only an envelope gives reasons that the runtime can read.
    let api = if sdk.service.envelope.is_some() {
        quote! { println!("{}: {:?}", error.status(), error.errors()) }
    } else {
        quote! { println!("{}: {}", error.status(), error.body()) }
    };
    let code = rust(quote! {
        use #krate::Error;

        fn report(error: &Error) {
            match error {
                Error::Api(error) if error.is_rate_limited() => println!("try again later"),
                Error::Api(error) => #api,
                Error::Decode(error) => println!("unexpected response at {}", error.path()),
                error => println!("{error}"),
            }
        }
    });
    format!(
        "## Errors\n\nEvery call fails with the one `Error`. It says which call failed (method, path template, host, attempts), why, and whether to try again.\n\n{code}\n\n{}",
        wrapped(DEVIATIONS)
    )
}

const DEVIATIONS: &str = "A response that contradicts the API's description is read by what it means: \
    a number where text is stated is its text, and a field that may be missing and does not fit is \
    `None`, with its value in `extra`, as an entry of a map is. `with_response()` keeps what was bent, as \
    `Response::deviations()`, and the feature `tracing` makes an event of each: where, what is stated, what \
    came instead, and never a value. `ClientBuilder::strict()` makes all of this an error.";

/// What an application puts around calls.
pub(super) fn around(sdk: &Crate) -> String {
    let code = rust(client(
        sdk,
        quote! {
            .wait_for_rate_limits()
            .on_attempt(|attempt| {
                println!("{} {:?} {:?}", attempt.path(), attempt.status(), attempt.elapsed());
            })
        },
    ));
    format!(
        "## Around calls\n\n{}\n\n{code}\n\n{}\n\n{}",
        wrapped(AROUND),
        wrapped(HTTP_CLIENT),
        http_client(sdk)
    )
}

/// A function that makes a client with these settings.
fn client(sdk: &Crate, settings: TokenStream) -> TokenStream {
    let krate = ident(&sdk.package.lib_name);
    let environment = sdk.uses.authentication.then(|| quote! { .from_env()? });
    quote! {
        use #krate::{Client, Error};

        fn client() -> Result<Client, Error> {
            Client::builder()
                #environment
                #settings
                .build()
        }
    }
}

const AROUND: &str = "The feature `tracing` makes a span of each call and an event of each attempt, by OpenTelemetry's names, and \
    `on_attempt` reports each to metrics; neither has a value that a call was given. All calls of a client have one allowance of \
    retries, so that they do not multiply an outage (`retry_allowance`), and `wait_for_rate_limits` keeps to what responses say of \
    the requests that are left. `ClientBuilder::service` sends requests through a `tower` service in place of an HTTP client: layers, \
    recorded responses, or a test without sockets. `if_none_match(etag)` on a request asks for what changed only: where nothing did, \
    its data is `None`, and `Response::not_modified` says so. The feature `blocking` gives each request, and what it gives item after \
    item or piece after piece, `.blocking()` for programs that are not async, and for what may block in those that are (`spawn_blocking`).";

const HTTP_CLIENT: &str = "Proxies, own roots, client certificates and HTTP/2 settings are those of a `reqwest::Client` that is given in \
    place of the crate's own. It follows no redirects: the crate does, and takes care that no credential reaches another origin.";

fn http_client(sdk: &Crate) -> String {
    let krate = ident(&sdk.package.lib_name);
    let environment = sdk.uses.authentication.then(|| quote! { .from_env()? });
    rust(quote! {
        use std::error::Error;
        use std::time::Duration;

        use #krate::Client;
        use #krate::reqwest::{self, Certificate, Identity, Proxy, redirect::Policy};

        fn client(root: &[u8], identity: &[u8]) -> Result<Client, Box<dyn Error>> {
            let http = reqwest::Client::builder()
                .redirect(Policy::none())
                .proxy(Proxy::all("http://proxy.example:3128")?)
                .tls_certs_merge([Certificate::from_pem(root)?])
                .identity(Identity::from_pem(identity)?)
                .http2_keep_alive_interval(Duration::from_secs(30))
                .build()?;
            Ok(Client::builder() #environment .http_client(http).build()?)
        }
    })
}
