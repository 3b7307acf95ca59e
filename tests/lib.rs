//! What the tests share.

pub mod billing;
pub mod browser;
pub mod cases;
pub mod place;
pub mod schema;
pub mod server;
pub mod workspace;
