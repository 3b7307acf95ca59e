//! The HTTP core of every generated SDK, as an ordinary crate so that it can be tested by itself.
//!
//! The folder `src/runtime/` is copied byte for byte into each generated crate, where it is the
//! private module `crate::runtime`; nothing in it may name another path of this crate.

pub mod runtime;
