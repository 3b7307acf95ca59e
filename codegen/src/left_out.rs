//! Operations that a crate is made without.

use crate::location::Location;

/// An operation that cannot be made.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// `METHOD /path`, or the path of several.
    pub operation: String,
    /// Why, without a final period.
    pub reason: String,
    /// Where the reason is.
    pub location: Location,
}
