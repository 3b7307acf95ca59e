//! What the tests share.

pub mod browser;
pub mod cases;
pub mod changes;
pub mod place;
pub mod workspace;
