//! The generator.
pub mod diagnostic;
pub mod document;
pub mod api;
pub mod rust;
pub mod policy;
