//! The commands of this workspace: those of `cargo sdk`, and its own.

mod corpus;
mod help;
mod old_code;
mod readme;

/// The command under test.
const XTASK: &str = env!("CARGO_BIN_EXE_xtask");
