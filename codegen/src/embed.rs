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
    "allowance.rs",
    "attempt.rs",
    "blocking.rs",
    "body.rs",
    "builder.rs",
    "byte_stream.rs",
    "byte_stream/file.rs",
    "byte_stream/whole.rs",
    "charset.rs",
    "client.rs",
    "clock.rs",
    "clock/wasm.rs",
    "conditional.rs",
    "constructor_macro.rs",
    "cookies.rs",
    "credentials.rs",
    "decimal.rs",
    "decode.rs",
    "deviations/hint.rs",
    "deviations/key.rs",
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
    "fakes_macro.rs",
    "fields.rs",
    "finite.rs",
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
    "long_running/error.rs",
    "long_running/macros.rs",
    "long_running/mod.rs",
    "long_running/state.rs",
    "long_running/waiting.rs",
    "mask.rs",
    "members.rs",
    "members_macro.rs",
    "message.rs",
    "mod.rs",
    "modules_macro.rs",
    "multipart.rs",
    "nested.rs",
    "number.rs",
    "open_enum.rs",
    "open_text.rs",
    "open_union.rs",
    "optional.rs",
    "options_macro.rs",
    "outcomes.rs",
    "oauth2.rs",
    "pages/link.rs",
    "pages/listed.rs",
    "pages/members.rs",
    "pages/mod.rs",
    "pages/page.rs",
    "pages/pages_macro.rs",
    "pages/pagination.rs",
    "pages/progress.rs",
    "pages/stream.rs",
    "pages/stubbed.rs",
    "parameter.rs",
    "parts.rs",
    "path.rs",
    "proof.rs",
    "query.rs",
    "rate_limit.rs",
    "raw_response.rs",
    "reason.rs",
    "redact.rs",
    "redirect.rs",
    "renewal.rs",
    "request.rs",
    "request/body.rs",
    "request/draft.rs",
    "request/following.rs",
    "request/parameters.rs",
    "request/preparing.rs",
    "request_macro.rs",
    "resource_macro.rs",
    "response.rs",
    "response_body.rs",
    "response_header.rs",
    "retry.rs",
    "secret.rs",
    "sending.rs",
    "sensitive.rs",
    "server.rs",
    "service.rs",
    "setters_macro.rs",
    "spellings.rs",
    "streams/download.rs",
    "streams/flow.rs",
    "streams/frames.rs",
    "streams/items.rs",
    "streams/mod.rs",
    "streams/open.rs",
    "streams/reading.rs",
    "streams/reconnecting.rs",
    "streams/saving.rs",
    "target.rs",
    "testing/call.rs",
    "testing/difference.rs",
    "testing/encoding.rs",
    "testing/fake.rs",
    "testing/memory.rs",
    "testing/mod.rs",
    "testing/operation.rs",
    "testing/reply.rs",
    "testing/route.rs",
    "testing/server.rs",
    "testing/shared.rs",
    "trace.rs",
    "transport.rs",
    "transport/fetch.rs",
    "transport/native.rs",
    "union.rs",
    "written.rs",
    "written_members.rs",
];

/// What a crate has of these in its module `webhooks`: as many as it needs.
const WEBHOOKS: &[(&str, &str)] = &[
    (
        "delivery.rs",
        include_str!("../runtime/src/webhooks/delivery.rs"),
    ),
    ("error.rs", include_str!("../runtime/src/webhooks/error.rs")),
    (
        "events_macro.rs",
        include_str!("../runtime/src/webhooks/events_macro.rs"),
    ),
    (
        "signature.rs",
        include_str!("../runtime/src/webhooks/signature.rs"),
    ),
    (
        "verifier.rs",
        include_str!("../runtime/src/webhooks/verifier.rs"),
    ),
];

/// The files of the module `webhooks` that its root names.
pub fn webhooks(root: &str) -> Files {
    let is_named = |path: &str| root.contains(&format!("mod {};", path.trim_end_matches(".rs")));
    let files = WEBHOOKS.iter().filter(|(path, _)| is_named(path));
    files
        .map(|(path, text)| (format!("src/webhooks/{path}"), (*text).to_owned()))
        .collect()
}

/// The files as they stand in a generated crate.
pub fn runtime() -> Files {
    RUNTIME
        .iter()
        .map(|(path, text)| (format!("src/runtime/{path}"), (*text).to_owned()))
        .collect()
}
