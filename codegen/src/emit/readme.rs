//! `README.md`, which is also the front page of the crate's documentation.

use proc_macro2::TokenStream;
use quote::quote;

use super::samples::At;
use super::tokens::ident;
use super::wrap::wrapped;
use super::{examples, samples};
use crate::format;
use crate::left_out::LeftOut;
use crate::rust::signature::ParameterType;
use crate::rust::{Constructor, Crate, Items, Method, Resource, Service, Ty, Webhooks, docs};

pub fn readme(sdk: &Crate) -> String {
    let package = &sdk.package;
    let mut sections = vec![
        format!("# {}", package.name),
        docs::clean(&package.description),
    ];
    if !sdk.description.is_empty() {
        sections.push(wrapped(&sdk.description));
    }
    sections.push(usage(sdk));
    sections.push(operations(sdk));
    if !sdk.left_out.is_empty() {
        sections.push(left_out(sdk));
    }
    if sdk.uses.authentication {
        sections.push(credentials(sdk));
    }
    sections.extend(
        sdk.webhooks
            .as_ref()
            .map(|webhooks| self::webhooks(sdk, webhooks)),
    );
    sections.extend(features(sdk));
    sections.push(settings(sdk));
    sections.push(errors(sdk));
    sections.push(around(sdk));
    sections.push(details(sdk));
    if let Some(limit) = sdk.recursion_limit {
        sections.push(format!(
            "Models are nested so deeply here that the compiler has to be allowed more: a program that it rejects with an \
             overflow begins with `#![recursion_limit = \"{limit}\"]`, as the examples do."
        ));
    }
    if !package.license.is_empty() {
        sections.push(format!("## License\n\n{}", package.license));
    }
    let mut text = sections.join("\n\n");
    text.push('\n');
    text
}

fn usage(sdk: &Crate) -> String {
    let name = &sdk.package.name;
    let version = compatible(&sdk.package.version);
    let krate = ident(&sdk.package.lib_name);
    let methods = sdk.methods();
    let shown = methods.iter().filter(|m| !m.example.deprecated).take(2);
    let mut named = shown.clone();
    let models = named
        .any(|method| samples::uses_models(method))
        .then(|| quote! { use #krate::models::*; });
    let calls = shown.map(|method| {
        let binding = samples::binding(method, At::Docs);
        let result = ident(&method.example.result);
        match method.output {
            Ty::Unit | Ty::Items(_) => binding,
            _ => {
                let shown = examples::debug(&result);
                quote! { #binding #shown }
            }
        }
    });
    let code = rust(quote! {
        #models
        use #krate::{Client, Error};

        #[tokio::main]
        async fn main() -> Result<(), Error> {
            let client = Client::from_env()?;
            #(#calls)*
            Ok(())
        }
    });
    format!(
        "## Use\n\n```toml\n[dependencies]\n{name} = \"{version}\"\n{}tokio = {{ version = \"1\", \
         features = [\"macros\", \"rt-multi-thread\"] }}\n```\n\n{code}",
        companions(&code)
    )
}

/// The crates that the example names besides this one.
fn companions(code: &str) -> String {
    ["jiff", "rust_decimal", "serde_json"]
        .into_iter()
        .filter(|name| code.contains(&format!("{name}::")))
        .map(|name| format!("{name} = \"{}\"\n", super::manifest::requirement(name)))
        .collect()
}

/// As many operations are a list that is read.
const MOST_OPERATIONS: usize = 20;

/// One item for each operation, or for each resource where those are many.
fn operations(sdk: &Crate) -> String {
    let methods = sdk.methods();
    let is_set = methods.iter().any(|method| !method.options.is_empty());
    let (title, items): (&str, Vec<String>) = if methods.len() > MOST_OPERATIONS {
        ("Resources", sdk.resources.iter().map(resource).collect())
    } else {
        ("Operations", methods.into_iter().map(operation).collect())
    };
    let others = "Endpoints that are not in this list can be called by `client.get(\"/path\")` and its \
                  siblings, with the credentials that the API states of all calls, and the same retries and errors.";
    let mut text = format!("## {title}\n\n{}\n\n{}", items.join("\n"), wrapped(others));
    if is_set {
        text.push_str("\n\n");
        text.push_str(&wrapped(
            "What is optional is set on the request, before it is awaited. A setter takes an `Option` as well, and sets \
             nothing for `None`. Where it could not distinguish one from a value, as with dates, lists of lists and whole bodies, \
             another setter takes it, whose name begins with `maybe_`.",
        ));
    }
    text
}

/// One item for each operation that has no method, with the reason.
fn left_out(sdk: &Crate) -> String {
    let item = |left_out: &LeftOut| {
        let operation = docs::code(&left_out.operation);
        format!("- {operation}: {}", docs::clean(&left_out.reason))
    };
    let items: Vec<String> = sdk.left_out.iter().map(item).collect();
    let why = "The document has these operations, too. They have no method for the reason that is given, \
               and can be called as those that are not in the document.";
    format!(
        "## Operations without a method\n\n{}\n\n{}",
        wrapped(why),
        items.join("\n")
    )
}

/// What is sent to users: a list of a few, or how many there are.
fn webhooks(sdk: &Crate, webhooks: &Webhooks) -> String {
    let name = &sdk.package.name;
    let add = match webhooks.alone {
        true => String::new(),
        false => {
            format!(", behind the feature of that name: `cargo add {name} --features webhooks`")
        }
    };
    let mut sections = vec![
        "## Webhooks".to_owned(),
        wrapped(&format!(
            "What the API sends to its users has a type in the module `webhooks`{add}."
        )),
    ];
    let payloads = &webhooks.payloads;
    if payloads.len() > MOST_OPERATIONS {
        sections.push(format!("There are {} of them.", payloads.len()));
    } else if !payloads.is_empty() {
        let items = payloads.iter().map(|payload| {
            let wire = docs::code(&payload.wire);
            format!("- {wire}: `webhooks::{}`", payload.name)
        });
        sections.push(items.collect::<Vec<_>>().join("\n"));
    }
    if let Some(example) = super::webhooks::example(sdk, webhooks) {
        let text = "A `Verifier` tells them from those of others, by the secret that they are signed with, and rejects those of \
                    more than five minutes ago, where they say when they were signed. Its errors show neither the secret nor \
                    the body.";
        sections.push(wrapped(text));
        sections.push(format!("```rust,ignore\n{example}```"));
    }
    sections.join("\n\n")
}

fn resource(resource: &Resource) -> String {
    fn methods(resource: &Resource) -> usize {
        let below: usize = resource.children.iter().map(methods).sum();
        resource.methods.len() + below
    }
    let said = match resource.docs.lines().next() {
        Some(first) if !first.is_empty() => format!("{}, ", first.trim_end_matches('.')),
        _ => String::new(),
    };
    let count = match methods(resource) {
        1 => "1 method".to_owned(),
        count => format!("{count} methods"),
    };
    format!("- `{}`: {said}{count}", resource.access)
}

fn operation(method: &Method) -> String {
    let endpoint = docs::code(&format!("{} {}", method.http_method, method.path));
    // Without a title the endpoint is the summary.
    let summary = if method.summary.starts_with('`') {
        String::new()
    } else {
        format!(
            "{}, ",
            method.summary.replace('\n', " ").trim_end_matches('.')
        )
    };
    format!("- `{}`: {summary}{endpoint}", call(method))
}

fn call(method: &Method) -> String {
    let steps: Vec<String> = method
        .example
        .calls
        .iter()
        .map(|name| format!("{name}()"))
        .collect();
    let arguments: Vec<&str> = method.arguments.iter().map(|a| a.name.as_str()).collect();
    format!(
        "client.{}.{}({})",
        steps.join("."),
        method.name,
        arguments.join(", ")
    )
}

fn credentials(sdk: &Crate) -> String {
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

const SEVERAL: &str = "A client can hold several of them: each call of `credentials` on `Client::builder()` adds some. A request \
    carries the first that the document lists for its operation, and no others; where it requires some and the client has none of \
    them, nothing is sent and the call fails.\n\n";

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

fn settings(sdk: &Crate) -> String {
    let krate = ident(&sdk.package.lib_name);
    let environment = sdk.uses.authentication.then(|| quote! { .from_env()? });
    let code = rust(quote! {
        use std::time::Duration;

        use #krate::{Client, Error};

        fn client() -> Result<Client, Error> {
            Client::builder()
                #environment
                .timeout(Duration::from_secs(30))
                .max_retries(4)
                .default_header("x-team", "platform")
                .build()
        }
    });
    format!("## Timeouts and retries\n\n{}\n\n{code}", wrapped(RETRIES))
}

const RETRIES: &str = "An attempt may take 60 seconds. Connection failures, timeouts and the \
    statuses 408, 409, 429 and 5xx, and 403 where no request is left, are tried again, twice by default, if the method is idempotent \
    or the request has an idempotency key. `Retry-After` is kept to; if it asks for more than a \
    minute, the error is returned at once. How often and how long is set on the client, and for a call by \
    `.timeout()` and `.max_retries()`. A call that is dropped leaves nothing behind on this side, wherever it waits: no task, \
    no connection half used, no part of a file. What was sent by then, the service may have done.";

const DEVIATIONS: &str = "A response that contradicts the API's description is read by what it means: \
    a number where text is stated is its text, and a field that may be missing and does not fit is \
    `None`, with its value in `extra`. `with_response()` keeps what was bent, as \
    `Response::deviations()`, and the feature `tracing` makes an event of each: where, what is stated, what \
    came instead, and never a value. `ClientBuilder::strict()` makes all of this an error.";

fn errors(sdk: &Crate) -> String {
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

/// What an application puts around calls.
fn around(sdk: &Crate) -> String {
    let krate = ident(&sdk.package.lib_name);
    let environment = sdk.uses.authentication.then(|| quote! { .from_env()? });
    let code = rust(quote! {
        use #krate::{Client, Error};

        fn client() -> Result<Client, Error> {
            Client::builder()
                #environment
                .wait_for_rate_limits()
                .on_attempt(|attempt| {
                    println!("{} {:?} {:?}", attempt.path(), attempt.status(), attempt.elapsed());
                })
                .build()
        }
    });
    format!(
        "## Around calls\n\n{}\n\n{code}\n\n{}\n\n{}",
        wrapped(AROUND),
        wrapped(HTTP_CLIENT),
        http_client(sdk)
    )
}

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

const AROUND: &str = "The feature `tracing` makes a span of each call and an event of each attempt, by OpenTelemetry's names, and \
    `on_attempt` reports each to metrics; neither has a value that a call was given. All calls of a client have one allowance of \
    retries, so that they do not multiply an outage (`retry_allowance`), and `wait_for_rate_limits` keeps to what responses say of \
    the requests that are left. `ClientBuilder::service` sends requests through a `tower` service in place of an HTTP client: layers, \
    recorded responses, or a test without sockets. `if_none_match(etag)` on a request asks for what changed only: where nothing did, \
    its data is `None`, and `Response::not_modified` says so. The feature `blocking` gives each request, and what it gives item after \
    item or piece after piece, `.blocking()` for programs that are not async.";

fn tls(sdk: &Crate) -> String {
    let all = if sdk.features.is_empty() {
        ""
    } else {
        "\"all\", "
    };
    format!(
        "- TLS is rustls; for the system's, use `default-features = false, features = [{all}\"native-tls\"]`, and \
         `\"rustls-no-provider\"` for another cryptography than aws-lc, which the application installs \
         (`rustls::crypto::CryptoProvider::install_default`)."
    )
}

/// How a part of the crate is compiled alone.
fn features(sdk: &Crate) -> Option<String> {
    let first = sdk.features.first()?;
    let name = &sdk.package.name;
    let names = sdk.features.iter().map(|feature| docs::code(&feature.name));
    let names: Vec<String> = names.collect();
    let text = format!(
        "Each resource on the client is behind a feature of its name, with the models that it leads to. All are on by default; a \
         program that needs one compiles faster with it alone: `cargo add {name} --no-default-features --features rustls,{}`.",
        first.name
    );
    Some(format!(
        "## Features\n\n{}\n\n{}",
        wrapped(&text),
        wrapped(&format!("{}.", names.join(", ")))
    ))
}

fn details(sdk: &Crate) -> String {
    let version = super::manifest::rust_version();
    let mut lines = vec!["## Good to know\n".to_owned()];
    if sdk.exposes("rust_decimal") {
        lines.push("- Quantities and amounts of money are `rust_decimal::Decimal`, read from the text of the response: exact to the last digit as JSON text (a `serde_json::Value` holds numbers as `f64`).".to_owned());
    }
    lines.extend(["jiff", "rust_decimal"].into_iter().filter(|name| sdk.exposes(name)).map(|name| {
        let requirement = super::manifest::requirement(name);
        let krate = &sdk.package.lib_name;
        format!("- Types of `{name}` {requirement} are in the public API: `cargo add {name}@{requirement}` gives the same ones, and so does `{krate}::{name}`.")
    }));
    if sdk
        .methods()
        .iter()
        .any(|method| method.is_stream() || method.stream.is_some())
    {
        lines.push("- A response that is a stream of items is an `ItemStream`: `while let Some(item) = items.next().await`, each as it arrives. One that can't be read is an error, and the next one follows. `.stream()` asks for a stream where a method returns something else.".to_owned());
    }
    if sdk.methods().iter().any(|method| goes_on(method)) {
        lines.push("- Events go on where the connection ends, after the last one (`Last-Event-ID`) and the time that the service asks for (`retry`), by `.reconnecting()` on the request.".to_owned());
    }
    if sdk
        .methods()
        .iter()
        .any(|method| method.long_running.is_some())
    {
        lines.push("- What takes long can be waited for: `request.wait()` asks for its state until it is done, at most for ten minutes (`.deadline(..)`); a `WaitError` keeps the last state.".to_owned());
    }
    if sdk.methods().iter().any(|method| method.pages.is_some()) {
        lines.push("- A list that comes in pages is a stream: `let mut items = request.items()`, then `while let Some(item) = items.next().await`, or `items.collect(100).await?`. `.pages()` gives totals and headers as well; `cursor()` says where to go on after an error, with `start_at`, and `max_pages` ends it before. A list that would never end is an error, and a page at another origin gets no credentials.".to_owned());
    }
    if sdk.methods().iter().any(|method| sends_files(method)) {
        lines.push("- What is uploaded is bytes, a file that is opened when it is sent (`ByteStream::open(path)`, as a part `File::open(path)`), or whatever can be read (`ByteStream::new(reader)`, with its length where that is known).".to_owned());
    }
    lines.extend(in_tests(sdk));
    lines.extend([
        "- Models can grow: fields that this version does not know are kept in `extra`, and written back with the rest.".to_owned(),
        "- `.download()` on a request takes the body while it arrives: as a `Stream` of bytes, as an `AsyncRead`, into a writer, or with `.save_to(path)` as a file, which reports to `.progress(..)` and goes on where the connection broke. Nothing is fetched twice from the start.".to_owned(),
        "- Values that the document marks as secret or personal are hidden in `Debug` output, and in what errors show of a response.".to_owned(),
        tls(sdk),
        format!("- Rust {version} or later is needed, and a Tokio runtime."),
    ]);
    lines.join("\n")
}

/// Whether it has events that can be asked for again.
fn goes_on(method: &Method) -> bool {
    let events = [Items::Events, Items::TextEvents, Items::WholeEvents];
    let beside = method.stream.as_ref();
    let beside = beside.is_some_and(|stream| events.contains(&stream.items));
    method.reconnecting().is_some() || (beside && method.http_method == "GET")
}

fn sends_files(method: &Method) -> bool {
    let mut all = method.arguments.iter().chain(&method.options);
    all.any(|argument| {
        let files = [
            ParameterType::File,
            ParameterType::FileList,
            ParameterType::Stream,
        ];
        files.contains(&argument.ty)
    })
}

/// How a test of an application makes what a response is read as.
fn in_tests(sdk: &Crate) -> Option<String> {
    fn model(ty: &Ty) -> Option<&str> {
        match ty {
            Ty::Model(name) => Some(name),
            Ty::Vec(ty) | Ty::Option(ty) | Ty::Boxed(ty) => model(ty),
            _ => None,
        }
    }
    let methods = sdk.methods();
    let name = methods.iter().find_map(|method| model(&method.output))?;
    let krate = &sdk.package.lib_name;
    Some(format!(
        "- In tests a model is made of JSON in one line, `serde_json::from_value::<{krate}::models::{name}>(json!({{ .. }}))?`. The \
         feature `testing` is a fake of the API, by the names and types of the client, which says what it was called with; see \
         the docs of its module, `testing`. Without it `ClientBuilder::service` responds in place of the network."
    ))
}

fn rust(tokens: TokenStream) -> String {
    format!("```rust,no_run\n{}```", format::file(tokens))
}

/// The requirement that takes every compatible version.
fn compatible(version: &str) -> String {
    let mut parts = version.split('.');
    match (parts.next(), parts.next()) {
        (Some("0"), Some(minor)) => format!("0.{minor}"),
        (Some(major), _) => major.to_owned(),
        _ => version.to_owned(),
    }
}
