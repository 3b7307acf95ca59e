//! The SDK over real sockets: what it sends, and how it reads each response.

mod accounts;
mod billing;
mod blocking;
mod documented;
mod envelope;
mod environment;
mod fakes;
mod growth;
mod headers;
mod load;
mod numbers;
mod promises;
mod properties;
mod refusals;
mod samples;
mod schema;
mod secrets;
mod server;
mod traced;
mod unreadable;
mod usage;
