//! The SDK over real sockets: what it sends, and how it reads each answer.

mod accounts;
mod connection;
mod environment;
mod headers;
mod promises;
mod usage;
