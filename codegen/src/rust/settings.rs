//! What clients are given once instead of each call, as data.

use super::{FixedWhere, Function};
use crate::location::Location;

/// The version of the API that every call states.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// A method of `ClientBuilder`.
    pub function: Function,
    pub at: FixedWhere,
    pub wire: String,
    /// What is sent unless it is set.
    pub value: String,
    /// Where it is declared; several times without a component.
    pub locations: Vec<Location>,
}
