//! The commands as a user has them: a process, a folder, what is printed, and the exit code.

mod check;
mod failures;
mod generate;
mod help;
mod standalone;
