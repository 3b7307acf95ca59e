//! `cargo sdk diff` as a user has it: repositories of git, what is printed, and the exit code.

mod changelog;
mod failures;
mod files;
mod moved;
mod needed;
mod operands;
mod outcomes;
pub mod repository;
mod scope;

mod writing;
