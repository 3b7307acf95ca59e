//! The parts of the API, as they are reached from the client.

pub mod billing;
