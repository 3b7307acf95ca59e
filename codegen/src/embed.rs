//! The runtime's files, which every generated crate carries as they are.

use crate::files::Files;

macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../runtime/src/runtime/", $path)))),*]
    };
}

/// Path below the runtime's folder, and text. A test holds the list against the folder.
const RUNTIME: &[(&str, &str)] = embedded![
    "accept.rs",
    "additional.rs",
    "body.rs",
    "builder.rs",
    "byte_stream.rs",
    "charset.rs",
    "client.rs",
    "cookies.rs",
    "credentials.rs",
    "decimal.rs",
    "decode.rs",
    "deviations/hint.rs",
    "deviations/listing.rs",
    "deviations/mod.rs",
    "deviations/reader.rs",
    "deviations/session.rs",
    "deviations/tree.rs",
    "deviations/union.rs",
    "encode.rs",
    "encoding.rs",
    "error/api.rs",
    "error/call.rs",
    "error/credentials.rs",
    "error/decode.rs",
    "error/local.rs",
    "error/mod.rs",
    "error/said.rs",
    "error/transport.rs",
    "exact.rs",
    "execute.rs",
    "extra.rs",
    "file.rs",
    "flat.rs",
    "form.rs",
    "form_body.rs",
    "headers.rs",
    "integer.rs",
    "json_text.rs",
    "keyring.rs",
    "lending.rs",
    "lenient.rs",
    "mask.rs",
    "members.rs",
    "members_macro.rs",
    "message.rs",
    "mod.rs",
    "multipart.rs",
    "nested.rs",
    "number.rs",
    "open_text.rs",
    "optional.rs",
    "outcomes.rs",
    "oauth2.rs",
    "parameter.rs",
    "parts.rs",
    "path.rs",
    "proof.rs",
    "query.rs",
    "raw_response.rs",
    "reason.rs",
    "redact.rs",
    "redirect.rs",
    "renewal.rs",
    "request.rs",
    "request_macro.rs",
    "response.rs",
    "response_body.rs",
    "response_header.rs",
    "retry.rs",
    "secret.rs",
    "sending.rs",
    "sensitive.rs",
    "server.rs",
    "service.rs",
    "spellings.rs",
    "streams/download.rs",
    "streams/flow.rs",
    "streams/frames.rs",
    "streams/items.rs",
    "streams/mod.rs",
    "streams/open.rs",
    "streams/reading.rs",
    "target.rs",
    "trace.rs",
    "union.rs",
    "verbs.rs",
    "written.rs",
];

/// The files as they stand in a generated crate.
pub fn runtime() -> Files {
    RUNTIME
        .iter()
        .map(|(path, text)| (format!("src/runtime/{path}"), (*text).to_owned()))
        .collect()
}
