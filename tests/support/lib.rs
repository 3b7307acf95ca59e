//! What the tests share.

pub mod browser;
pub mod cases;
pub mod changes;
pub mod compiled;
pub mod modules;
pub mod place;
pub mod sample;
pub mod shared;
pub mod workspace;
