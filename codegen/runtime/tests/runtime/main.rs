//! The runtime over real sockets: what is sent, and how each answer is read.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod answers;
mod arguments;
mod authentication;
mod bodies;
mod calls;
mod debug;
mod numbers;
mod redaction;
mod redirects;
mod retries;
mod support;
mod tls;
mod transport;
mod unions;
