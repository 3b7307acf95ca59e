//! The runtime over real sockets: what is sent, and how each answer is read.

mod answers;
mod arguments;
mod authentication;
mod debug;
mod numbers;
mod redaction;
mod redirects;
mod retries;
mod support;
mod transport;
