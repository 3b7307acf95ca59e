//! What the tests share.

pub mod billing;
pub mod schema;
pub mod server;
