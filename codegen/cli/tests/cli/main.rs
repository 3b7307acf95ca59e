//! The command as a user has it: a process, a folder, what is printed, and the exit code.

mod check;
mod diff;
mod explain;
mod failures;
mod files;
mod generate;
mod help;
mod init;
mod mend;
mod parts;
mod readme;
mod review_comment;
mod standalone;
#[cfg(unix)]
mod workflow;

/// The command under test.
const SDK: &str = env!("CARGO_BIN_EXE_cargo-sdk");
