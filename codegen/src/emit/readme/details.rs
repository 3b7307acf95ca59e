//! What is good to know, as far as the crate has it.

use super::super::manifest;
use crate::rust::signature::ParameterType;
use crate::rust::{Crate, Items, Method, Ty, docs};

pub(super) fn section(sdk: &Crate) -> String {
    let version = manifest::rust_version();
    let mut lines = vec!["## Good to know\n".to_owned()];
    if sdk.exposes("rust_decimal") {
        lines.push("- Decimal numbers (`format: decimal`) are `rust_decimal::Decimal`, read from the text of the response: exact to the last digit as JSON text (a `serde_json::Value` holds numbers as `f64`).".to_owned());
    }
    lines.extend(["jiff", "rust_decimal"].into_iter().filter(|name| sdk.exposes(name)).map(|name| {
        let requirement = manifest::requirement(name);
        let krate = &sdk.package.lib_name;
        format!("- Types of `{name}` {requirement} are in the public API: `cargo add {name}@{requirement}` gives the same ones, and so does `{krate}::{name}`.")
    }));
    if let Some(envelope) = &sdk.service.envelope {
        let (success, data) = (docs::code(&envelope.success), docs::code(&envelope.data));
        lines.push(if envelope.data.is_empty() {
            format!("- A response whose {success} is `false` is an error, whatever its status.")
        } else {
            format!("- Responses come in an envelope: methods return its {data}, and one whose {success} is `false` is an error, whatever its status. `with_response()` gives its messages.")
        });
    }
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
        WASM.to_owned(),
        format!("- Rust {version} or later is needed, and a Tokio runtime."),
    ]);
    lines.join("\n")
}

const WASM: &str = "- In a browser, Node or a worker (`wasm32-unknown-unknown`, with the features that are on by default) requests are the \
    host's `fetch`. It follows redirects by itself; one that ended at another origin is an error. Request bodies are sent whole, and \
    browsers send no `Cookie` that a program sets. Not there are files (`save_to`, `open`), `ClientBuilder::service` and the features \
    `blocking` and `testing`. No Tokio runtime is needed there.";

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
