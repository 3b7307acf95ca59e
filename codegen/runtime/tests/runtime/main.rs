//! The runtime over real sockets: what is sent, and how each response is read.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod additional;
mod arbitrary;
mod arguments;
mod around;
mod authentication;
mod bodies;
mod calls;
mod cancelling;
mod charsets;
mod debug;
mod deviations;
mod downloads;
mod envelope;
mod errors;
mod event_fields;
mod fields;
mod forms;
mod left_out;
mod long_running;
mod media_types;
#[path = "../../src/runtime/members_macro.rs"]
mod members_macro;
mod multipart;
mod numbers;
mod oauth2;
mod outcomes;
mod page_deviations;
mod page_urls;
mod pages;
mod parameters;
mod paths;
mod reconnecting;
mod redaction;
mod redirects;
mod renewal;
mod responses;
mod retries;
mod saving;
mod scalars;
mod security;
mod sent;
mod servers;
mod streams;
mod support;
mod tls;
mod transport;
mod unions;
mod webhooks;
mod written;

/// Where the macro looks for what it names.
use ::runtime::runtime;
use members_macro::members;
