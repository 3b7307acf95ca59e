//! The HTTP core of every generated SDK, as an ordinary crate so that it can be tested by itself.
//!
//! The folder `src/runtime/` is copied byte for byte into each generated crate, where it is the
//! private module `crate::runtime`; nothing in it may name another path of this crate. What is in `src/webhooks/` is copied to crates
//! of APIs that call their users, and compiled by the tests alone, once for each way to sign.

pub mod runtime;
